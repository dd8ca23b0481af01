import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { evaluateReconstruction } from "../../src/codecs/evaluate.ts";
import { quantiles } from "../../src/numerics/mod.ts";
import { CELLS, waferEmd } from "../../src/wafer/mod.ts";

/** Wafer b has b + 1 cells of charge 2; reconstructed, all charge is in cell 0. */
const COUNT = 48;
const wafers = Float64Array.from(
  { length: COUNT * CELLS },
  (_, i) => i % CELLS <= Math.floor(i / CELLS) ? 2 : 0,
);
const reconstructed = wafers.map((_, i) => i % CELLS === 0 ? 5 : 0);
const emds = Array.from({ length: COUNT }, (_, wafer) => {
  const row = (batch: Float64Array) => batch.subarray(wafer * CELLS, (wafer + 1) * CELLS);
  return waferEmd(row(wafers), row(reconstructed)).value;
});

Deno.test("EMDs are those of each wafer and its reconstruction, summed up", () => {
  const { all, emds: found } = evaluateReconstruction(wafers, reconstructed);
  emds.forEach((emd, wafer) => assertAlmostEquals(found[wafer], emd, 1e-12));
  const [low, median, high] = quantiles(emds, [0.16, 0.5, 0.84]);
  assertEquals(all.count, COUNT);
  assertAlmostEquals(all.low, low, 1e-12);
  assertAlmostEquals(all.median, median, 1e-12);
  assertAlmostEquals(all.high, high, 1e-12);
  assertAlmostEquals(all.mean, emds.reduce((a, b) => a + b) / COUNT, 1e-12);
});

Deno.test("bins hold the wafers of their occupancy", () => {
  const { byOccupancy } = evaluateReconstruction(wafers, reconstructed);
  assertEquals(byOccupancy.map(({ count }) => count), [9, 5, 5, 5, 5, 19]);
  const { from, to, median } = byOccupancy[1];
  assertEquals([from, to], [10, 15]);
  assertAlmostEquals(median, quantiles(emds.slice(9, 14), [0.5])[0], 1e-12);
});

Deno.test("edges and the threshold are the caller's", () => {
  const options = { occupancyEdges: [0, 1, 49], occupiedAbove: 2 };
  const { byOccupancy } = evaluateReconstruction(wafers, reconstructed, options);
  assertEquals(byOccupancy.map(({ count }) => count), [COUNT, 0]);
  assertEquals(byOccupancy[1].median, NaN);
  for (const occupancyEdges of [[3], [3, 3], [NaN, 1]]) {
    assertThrows(
      () => evaluateReconstruction(wafers, reconstructed, { occupancyEdges }),
      RangeError,
      "edges must be two or more and ascend",
    );
  }
});
