import { assert, assertEquals, assertThrows } from "@std/assert";
import { BitReader, BitWriter } from "../../src/codecs/bits.ts";
import { cellAddress, type CellAddressKind } from "../../src/codecs/cell_address.ts";
import { binomial } from "../../src/codecs/subsets.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

for (const kind of ["bitmap", "combinatorial"] as const) {
  Deno.test(`${kind}: cells come back, in the bits that are promised`, () => {
    for (let count = 1; count <= 48; count++) {
      const address = cellAddress(kind, count), random = new RandomStream(count, "cells");
      const all = random.shuffle(Array.from({ length: 48 }, (_, cell) => cell));
      const cells = Uint8Array.from(all.slice(0, count)).sort(), again = new Uint8Array(count);
      const bytes = new Uint8Array(6), writer = new BitWriter(bytes);
      address.write(cells, writer);
      assertEquals(writer.position, address.bits);
      address.read(new BitReader(bytes), again);
      assertEquals(again.join(), cells.join());
    }
  });
}

Deno.test("the combinatorial address is the binomial bound, a bitmap above it", () => {
  for (let count = 1; count <= 48; count++) {
    const { bits } = cellAddress("combinatorial", count), bound = Math.log2(binomial(48, count));
    assert(bits >= bound && bits < bound + 1 && bits < cellAddress("bitmap", count).bits);
  }
});

Deno.test("addresses that nobody wrote are refused", () => {
  const ones = new BitReader(new Uint8Array(6).fill(255)), cells = new Uint8Array(17);
  assertThrows(
    () => cellAddress("combinatorial", 17).read(ones, cells),
    RangeError,
    "a set of 17 cells must be below 4244421484512, current value is 4398046511103",
  );
  ones.position = 0;
  assertThrows(
    () => cellAddress("bitmap", 17).read(ones, cells),
    RangeError,
    "a bitmap must have 17 cells, current number is 48",
  );
  assertThrows(
    () => cellAddress("list" as CellAddressKind, 3),
    RangeError,
    "current value is list",
  );
});
