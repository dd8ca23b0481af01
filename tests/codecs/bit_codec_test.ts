import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bitCodec } from "../../src/codecs/bit_codec.ts";
import { CELLS } from "../../src/wafer/mod.ts";

/** Tells cell 0's charge fraction in `bits` bits, in steps of 1/15; claims to take `claimed` bits. */
function firstCell(bits: number, claimed = bits) {
  return bitCodec({
    name: "first_cell",
    bits: claimed,
    write: (fractions, writer) => writer.write(Math.round(fractions[0] * 15), bits),
    read: (reader, charges) => {
      charges[0] = reader.read(bits);
      charges[1] = 15 - charges[0];
    },
  });
}

Deno.test("a wafer starts at a byte, and charges of any scale become fractions", () => {
  const codec = firstCell(12), wafers = new Float64Array(2 * CELLS);
  wafers.set([2, 13], 0);
  wafers.set([9e300, 6e300], CELLS);
  assertEquals([codec.bits, codec.bytes], [12, 2]);
  const codes = codec.encode(wafers);
  assertEquals([...codes], [0, 2 << 4, 0, 9 << 4]);
  const decoded = codec.decode(codes);
  [2 / 15, 13 / 15, 0].forEach((x, k) => assertAlmostEquals(decoded[k], x, 1e-15));
  [9 / 15, 6 / 15].forEach((x, k) => assertAlmostEquals(decoded[CELLS + k], x, 1e-15));
  assertEquals(codec.reconstruct(wafers).join(), decoded.join());
});

Deno.test("a code without charge means charge everywhere alike", () => {
  const codec = bitCodec({
    name: "none",
    bits: 1,
    write: (_, writer) => writer.write(0, 1),
    read: (reader) => void reader.read(1),
  });
  assertEquals(new Set(codec.decode(Uint8Array.of(0))), new Set([1 / CELLS]));
});

Deno.test("nothing in, nothing out", () => {
  assertEquals(firstCell(8).encode([]).length, 0);
  assertEquals(firstCell(8).decode(new Uint8Array(0)).length, 0);
});

Deno.test("a codec that miscounts its bits is found out", () => {
  const wafer = new Float64Array(CELLS).fill(1);
  assertThrows(() => firstCell(9, 8).encode(wafer), Error, "must have written 8 bits, it has 9");
  assertThrows(() => firstCell(7, 8).decode(Uint8Array.of(0)), Error, "read 8 bits, it has 7");
});

Deno.test("wafers that have no fractions, and broken codes, are refused", () => {
  const codec = firstCell(12), wafers = new Float64Array(2 * CELLS).fill(1);
  assertThrows(() => codec.encode(wafers.subarray(1)), TypeError, "multiple of 48");
  assertThrows(() => codec.encode(wafers.fill(0, CELLS)), RangeError, "wafer 1");
  wafers[CELLS + 5] = -1;
  assertThrows(() => codec.encode(wafers), RangeError, "charge of cell 5");
  wafers[CELLS + 5] = NaN;
  assertThrows(() => codec.encode(wafers), RangeError, "charge of cell 5");
  assertThrows(
    () => codec.decode(new Uint8Array(3)),
    TypeError,
    "number of bytes must be a multiple of 2, current value is 3",
  );
});
