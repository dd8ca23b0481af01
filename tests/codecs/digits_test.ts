import { assert, assertEquals, assertThrows } from "@std/assert";
import { BitReader, BitWriter } from "../../src/codecs/bits.ts";
import { digitPacking } from "../../src/codecs/digits.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

const BASES = [2, 3, 5, 6, 7, 8, 25, 161, 1024, 4096, 65536];

Deno.test("digits come back, in the bits that are promised", () => {
  for (const base of BASES) {
    for (const count of [1, 12, 48]) {
      const packing = digitPacking(count, base), random = new RandomStream(base, "digits", count);
      const most = new Uint16Array(count).fill(base - 1);
      for (const digits of [most, most.map(() => random.integer(base))]) {
        const bytes = new Uint8Array(Math.ceil(packing.bits / 8)), writer = new BitWriter(bytes);
        packing.write(digits, writer);
        assertEquals(writer.position, packing.bits);
        const again = new Uint16Array(count), reader = new BitReader(bytes);
        packing.read(reader, again);
        assertEquals([again.join(), reader.position], [digits.join(), packing.bits]);
      }
    }
  }
});

Deno.test("no packing is below the entropy, and it is within a bit for what codecs use", () => {
  for (const base of BASES) {
    const { bits } = digitPacking(48, base), entropy = 48 * Math.log2(base);
    assert(bits >= entropy - 1e-9 && bits <= 48 * Math.ceil(Math.log2(base)), `base ${base}`);
  }
  for (const [count, base] of [[48, 2], [48, 3], [48, 5], [48, 8], [12, 4], [12, 25], [12, 161]]) {
    const entropy = count * Math.log2(base);
    assert(digitPacking(count, base).bits < entropy + 1, `base ${base}`);
  }
});

Deno.test("more levels never take fewer bits", () => {
  for (const count of [12, 48]) {
    let before = 0;
    for (let base = 2; base <= 4096; base += base < 300 ? 1 : 97) {
      const { bits } = digitPacking(count, base);
      assert(bits >= before, `${count} digits of base ${base}`);
      before = bits;
    }
  }
});

Deno.test("bits that no digits have are refused", () => {
  const packing = digitPacking(5, 3), digits = new Uint16Array(5);
  packing.read(new BitReader(Uint8Array.of(242)), digits);
  assertEquals([...digits], [2, 2, 2, 2, 2]);
  assertThrows(
    () => packing.read(new BitReader(Uint8Array.of(243)), digits),
    RangeError,
    "5 digits of base 3 must be below 243, current value is 243",
  );
});
