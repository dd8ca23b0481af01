import { assertEquals } from "@std/assert";
import { BitReader, BitWriter } from "../../src/codecs/bits.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

Deno.test("numbers of any width come back, and lie as their binary digits say", () => {
  const random = new RandomStream(1, "bits");
  const numbers = Array.from({ length: 500 }, () => {
    const bits = random.integer(54);
    return { bits, value: Math.floor(random.uniform() * 2 ** bits) };
  });
  const count = numbers.reduce((sum, { bits }) => sum + bits, 0);
  const bytes = new Uint8Array(Math.ceil(count / 8)), writer = new BitWriter(bytes);
  for (const { value, bits } of numbers) writer.write(value, bits);
  assertEquals(writer.position, count);

  const reader = new BitReader(bytes);
  assertEquals(
    numbers.map(({ bits }) => reader.read(bits)).join(),
    numbers.map(({ value }) => value).join(),
  );
  const digits = numbers
    .map(({ value, bits }) => bits === 0 ? "" : value.toString(2).padStart(bits, "0"));
  const binary = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  assertEquals(binary.slice(0, count), digits.join(""));
});

Deno.test("writing goes on where the position says", () => {
  const bytes = new Uint8Array(2), writer = new BitWriter(bytes);
  writer.position = 8;
  writer.write(5, 3);
  assertEquals([...bytes], [0, 0b10100000]);
});
