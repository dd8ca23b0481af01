import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type NearKind, nearPairs } from "../../../src/datasets/pairs/near_pairs.ts";
import { pairedWafers, randomPairs } from "../../../src/datasets/pairs/pairs.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { selectWafers, waferTable } from "../../../src/datasets/wafer_table.ts";
import { quantiles } from "../../../src/numerics/quantile.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { cellPositions } from "../../../src/wafer/cells.ts";
import { waferEmdBatch } from "../../../src/wafer/emd_batch.ts";

const SHOWERS = toyWafers("shower", 500, 1);
const KINDS: readonly NearKind[] = ["smeared", "shifted", "thinned"];
const stream = (seed = 1) => new RandomStream(seed, "near pairs");
const sum = (charges: ArrayLike<number>) => Array.from(charges).reduce((sum, c) => sum + c, 0);
const oneCell = (cell: number, charge = 10) => waferTable(new Float64Array(48).with(cell, charge));

for (const kind of KINDS) {
  Deno.test(`nearPairs() of ${kind} wafers are near: their EMDs are small beside random ones`, () => {
    const near = nearPairs(SHOWERS, 1000, stream(), { kinds: [kind] });
    const emds = waferEmdBatch(near.x, near.y).values;
    const random = pairedWafers(SHOWERS, randomPairs(500, 1000, stream()));
    const randomEmds = waferEmdBatch(random.x, random.y).values;
    const [median, high] = quantiles(emds, [0.5, 0.84]);
    assert(median > 0.02 && high < 2.3, `median ${median}, 84 % quantile ${high}`);
    assert(quantiles(randomEmds, [0.5])[0] > 2 * median);
  });

  Deno.test(`nearPairs() gives ${kind} copies with charge in cells of the wafer alone`, () => {
    // One count in one cell is the easiest to lose, and cell 3 lies at the wafer's edge.
    for (const table of [oneCell(0, 1), oneCell(3, 1), oneCell(20, 1e-9), oneCell(40, 1e6)]) {
      const { y } = nearPairs(table, 200, stream(), { kinds: [kind] });
      for (let pair = 0; pair < 200; pair++) {
        const copy = y.subarray(pair * 48, (pair + 1) * 48);
        assert(copy.every((charge) => charge >= 0 && charge < Infinity) && sum(copy) > 0);
      }
    }
  });
}

Deno.test("nearPairs() bounds the EMD of smeared and shifted copies", () => {
  for (const [kind, bound] of [["smeared", 1], ["shifted", 2.2914]] as const) {
    const { x, y } = nearPairs(SHOWERS, 1000, stream(), { kinds: [kind] });
    const emds = waferEmdBatch(x, y).values;
    assert(emds.every((emd) => emd > 0 && emd <= bound), `largest is ${Math.max(...emds)}`);
  }
});

Deno.test("nearPairs() keeps the charge of smeared and shifted wafers", () => {
  const { x, y } = nearPairs(SHOWERS, 200, stream(), { kinds: ["smeared", "shifted"] });
  for (let row = 0; row < x.length; row += 48) {
    const before = sum(x.subarray(row, row + 48));
    assertAlmostEquals(sum(y.subarray(row, row + 48)), before, 1e-12 * before);
  }
});

Deno.test("nearPairs() shifts all charge by one vector of the lattice", () => {
  // Cells 5 and 10 lie inside one rhombus, with all their neighbours there.
  const positions = cellPositions({ geometry: "low_density", unit: "pitch" });
  const wafer = waferTable(new Float64Array(48).with(5, 1).with(10, 2));
  const { y } = nearPairs(wafer, 300, stream(), { kinds: ["shifted"] });
  const angles = new Set<number>();
  for (let row = 0; row < y.length; row += 48) {
    const copy = y.subarray(row, row + 48);
    const steps = [[5, 1], [10, 2]].map(([from, charge]) => {
      const to = copy.indexOf(charge);
      return [0, 1].map((axis) => positions[2 * to + axis] - positions[2 * from + axis]);
    });
    assertAlmostEquals(steps[0][0], steps[1][0], 1e-9);
    assertAlmostEquals(steps[0][1], steps[1][1], 1e-9);
    assertAlmostEquals(Math.hypot(...steps[0]), 1, 1e-9);
    angles.add(Math.round(Math.atan2(steps[0][1], steps[0][0]) * 180 / Math.PI));
  }
  const directions = [...angles].sort((one, other) => one - other);
  assertEquals(directions, [-150, -90, -30, 30, 90, 150]);
});

Deno.test("nearPairs() keeps charge at the edge that a shift would carry out", () => {
  // Every cell holds charge: what leaves cells is what others take.
  const { x, y } = nearPairs(waferTable(new Float64Array(48).fill(1)), 60, stream(), {
    kinds: ["shifted"],
  });
  for (let row = 0; row < x.length; row += 48) {
    const copy = y.subarray(row, row + 48);
    // In all six directions 8 cells look out of the wafer, and 8 on the other side are emptied.
    assertEquals(copy.filter((charge) => charge === 2).length, 8);
    assertEquals(copy.filter((charge) => charge === 0).length, 8);
  }
});

Deno.test("nearPairs() thins counts to between 0.7 and 1 of them, with binomial spread", () => {
  // Both ways of drawing: each count below 64, a normal number above.
  for (const counts of [50, 400]) {
    const wafer = waferTable(new Float64Array(48).fill(counts));
    const { y } = nearPairs(wafer, 2000, stream(), { kinds: ["thinned"] });
    assert(y.every((charge) => Number.isInteger(charge) && charge <= counts));
    let meanShare = 0, meanVariance = 0, expectedVariance = 0;
    for (let row = 0; row < y.length; row += 48) {
      const copy = y.subarray(row, row + 48);
      const mean = sum(copy) / 48, share = mean / counts;
      meanShare += share / 2000;
      meanVariance += sum(copy.map((charge) => (charge - mean) ** 2)) / 47 / 2000;
      expectedVariance += counts * share * (1 - share) / 2000;
    }
    assertAlmostEquals(meanShare, 0.85, 0.01);
    assertAlmostEquals(meanVariance / expectedVariance, 1, 0.05);
  }
});

Deno.test("nearPairs() draws all wafers and kinds equally often, by the stream alone", () => {
  const near = nearPairs(selectWafers(SHOWERS, [0, 1, 2, 3]), 6000, stream());
  for (let wafer = 0; wafer < 4; wafer++) {
    for (const kind of KINDS) {
      const times = near.kinds.filter((other, k) => other === kind && near.first[k] === wafer);
      assertAlmostEquals(times.length, 500, 100); // 4.7 standard deviations
    }
  }
  assertEquals(near.x, selectWafers(SHOWERS, near.first).charges);

  const whole = nearPairs(SHOWERS, 30, stream());
  assertEquals(nearPairs(SHOWERS, 30, stream()), whole);
  assert(nearPairs(SHOWERS, 30, stream(2)).y.join() !== whole.y.join());
  const shared = stream();
  const parts = [nearPairs(SHOWERS, 12, shared), nearPairs(SHOWERS, 18, shared)];
  assertEquals(parts.flatMap(({ y }) => [...y]), [...whole.y]);
});

Deno.test("nearPairs() refuses empty wafers and impossible wishes", () => {
  const empty = waferTable(new Float64Array(48));
  assertThrows(() => nearPairs(empty, 1, stream()), RangeError, "wafer 0: it has no charge");
  assertThrows(() => nearPairs(waferTable(new Float64Array(0)), 1, stream()), RangeError);
  for (const count of [-1, 1.5, NaN]) {
    assertThrows(() => nearPairs(SHOWERS, count, stream()), RangeError, `value is ${count}`);
  }
  assertThrows(() => nearPairs(SHOWERS, 1, stream(), { kinds: [] }), RangeError, "an empty list");
  assertThrows(
    () => nearPairs(SHOWERS, 1, stream(), { kinds: ["turned" as NearKind] }),
    RangeError,
    "current value is turned",
  );
});
