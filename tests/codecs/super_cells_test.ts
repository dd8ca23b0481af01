import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fitSuperCells, superCells, type SuperCellsOptions } from "../../src/codecs/super_cells.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS, TRIGGER_CELLS, waferEmdBatch } from "../../src/wafer/mod.ts";
import { EDGE_WAFERS } from "../_support/edge_wafers.ts";

/** The super trigger cell of each cell: 2 x 2 rows and columns of a rhombus. */
const groupOf = TRIGGER_CELLS.map(({ rhombus, row, column }) =>
  `${rhombus} ${row >> 1} ${column >> 1}`
);

function randomWafers(count: number): Float64Array {
  const random = new RandomStream(count, "super cells");
  return Float64Array.from({ length: count * CELLS }, () => random.uniform() ** 6);
}

Deno.test("bits are those of the sums and of the places", () => {
  assertEquals(superCells().bits, 12 * 10 + 24);
  assertEquals(superCells({ levels: 4 }).bits, 48);
  assertEquals(superCells({ levels: 25 }).bits, 56 + 24);
  assertEquals(superCells({ levels: 4096, place: false }).bits, 144);
});

Deno.test("sums come through, and the largest cell of each is where it was", () => {
  const charges = randomWafers(1), total = charges.reduce((a, b) => a + b);
  const decoded = superCells({ levels: 4096, largestPart: 1 }).reconstruct(charges);
  for (const group of new Set(groupOf)) {
    const cells = groupOf.flatMap((name, cell) => name === group ? [cell] : []);
    assertEquals(cells.length, 4);
    const largest = cells.reduce((a, b) => charges[b] > charges[a] ? b : a);
    const sum = cells.reduce((sum, cell) => sum + charges[cell], 0);
    assertAlmostEquals(decoded[largest], sum / total, 2e-4);
    for (const cell of cells) if (cell !== largest) assertEquals(decoded[cell], 0);
  }
});

Deno.test("without places each cell gets a quarter", () => {
  const decoded = superCells({ levels: 16, place: false }).reconstruct(randomWafers(5));
  decoded.forEach((x, i) => {
    const first = groupOf.indexOf(groupOf[i % CELLS]);
    assertAlmostEquals(x, decoded[i - i % CELLS + first], 1e-15);
  });
});

Deno.test("what was decoded is encoded to the same bits", () => {
  for (const options of [{}, { levels: 4 }, { largestPart: 1 }, { place: false, levels: 9 }]) {
    const codec = superCells(options);
    for (const charges of [...Object.values(EDGE_WAFERS), randomWafers(50)]) {
      const codes = codec.encode(charges);
      assertEquals(codec.encode(codec.decode(codes)).join(), codes.join());
    }
  }
});

Deno.test("the fitted part is the best in the EMD, whatever the levels", () => {
  const one = new Float64Array(CELLS);
  one[0] = 1;
  assertEquals(fitSuperCells(one), 1);
  const wafers = randomWafers(100), best = fitSuperCells(wafers);
  const mean = (largestPart: number) => {
    const decoded = superCells({ levels: 161, largestPart }).reconstruct(wafers);
    return waferEmdBatch(wafers, decoded).values.reduce((a, b) => a + b) / 100;
  };
  assert(best > 0.5 && best < 1);
  for (const other of [best - 0.1, best + 0.1]) assert(mean(best) < mean(other));
  assertThrows(() => fitSuperCells([]), RangeError, "no wafers");
});

Deno.test("options that cannot be are refused", () => {
  const cases: [SuperCellsOptions, string][] = [
    [{ levels: 1 }, "levels must be an integer in [2, 4096], current value is 1"],
    [{ largestPart: 0.2 }, "largestPart must be in [1/4, 1], current value is 0.2"],
    [{ place: false, largestPart: 0.5 }, "without places there must be no largestPart"],
  ];
  for (const [options, message] of cases) {
    assertThrows(() => superCells(options), RangeError, message);
  }
});
