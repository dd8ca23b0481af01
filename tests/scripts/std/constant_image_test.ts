import { assert, assertAlmostEquals } from "@std/assert";
import { bestConstantImage, emdToImage, meanImage } from "../../../scripts/std/constant_image.ts";
import { toyWafers, waferTable } from "../../../src/datasets/mod.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferDistances } from "../../../src/wafer/mod.ts";

/** Wafers with all charge in one cell each. */
function points(cells: readonly number[]) {
  const charges = new Float64Array(cells.length * CELLS);
  cells.forEach((cell, wafer) => charges[wafer * CELLS + cell] = 7);
  return waferTable(charges);
}

Deno.test("the best image for wafers of one cell each is their median cell", () => {
  // EMD(point, q) = sum_k q_k d(k, point) is linear in q: the least is in a corner.
  const distances = waferDistances();
  const random = new RandomStream(1, "constant image");
  for (let round = 0; round < 3; round++) {
    const cells = Array.from({ length: 9 }, () => random.integer(CELLS));
    const means = Array.from(
      { length: CELLS },
      (_, k) => cells.reduce((sum, cell) => sum + distances[k * CELLS + cell] / cells.length, 0),
    );
    const least = Math.min(...means);
    const { fractions, mean, bound } = bestConstantImage(points(cells), { steps: 1000 });
    assertAlmostEquals(mean, least, 0.03 * least);
    assertAlmostEquals(bound, least, 1e-9);
    assertAlmostEquals(
      means.reduce((sum, value, k) => sum + value * fractions[k], 0),
      mean,
      1e-9,
    );
  }
});

Deno.test("the best image of equal wafers is this wafer", () => {
  const one = toyWafers("shower", 1, 3).charges;
  const wafers = waferTable(Float64Array.from([...one, ...one, ...one]));
  const { fractions, mean } = bestConstantImage(wafers, { steps: 2 });
  assertAlmostEquals(mean, 0, 1e-9);
  assertAlmostEquals(emdToImage(wafers, fractions)[2], 0, 1e-9);
});

Deno.test("no other image is better than the bound, and the best one is near it", () => {
  const wafers = toyWafers("shower", 40, 2);
  const { fractions, mean, bound } = bestConstantImage(wafers, { steps: 100 });
  const score = (image: Float64Array) =>
    emdToImage(wafers, image).reduce((a, b) => a + b) / wafers.count;
  assertAlmostEquals(score(fractions), mean, 1e-9);
  assert(bound <= mean && mean < 1.03 * bound, `${bound} and ${mean}`);
  assert(mean < score(meanImage(wafers)));
  const random = new RandomStream(4, "other images");
  for (let k = 0; k < 20; k++) {
    const near = fractions.map((fraction) => fraction * Math.exp(0.5 * random.normal()));
    assert(score(near) >= bound);
    assert(score(near) > mean - 1e-3);
  }
});
