import { assert, assertAlmostEquals } from "@std/assert";
import { rocArea } from "../../../scripts/std/roc.ts";
import {
  leadingFraction,
  meanShape,
  RINGS,
  shapeEmd,
  tuneShape,
} from "../../../scripts/std/tuned_shape.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("the EMD from a shape has the slopes of its finite differences", () => {
  const { charges } = toyWafers("shower", 5, 1), random = new RandomStream(1, "shape");
  const shape = Float64Array.from({ length: RINGS }, (_, ring) => -ring + 0.3 * random.normal());
  const { slopes } = shapeEmd(charges, shape, true);
  for (let ring = 0; ring < RINGS; ring++) {
    const at = (step: number) =>
      shapeEmd(charges, shape.map((w, k) => w + (k === ring ? step : 0))).values;
    const [above, below] = [at(1e-6), at(-1e-6)];
    above.forEach((value, row) =>
      assertAlmostEquals((value - below[row]) / 2e-6, slopes[row * RINGS + ring], 1e-5)
    );
  }
});

Deno.test("a wafer that is even in each ring has no EMD from its own mean shape", () => {
  // All but the leading cell alike: so in each ring, wherever the rings lie.
  const wafer = new Float64Array(48).fill(1).with(20, 9);
  assertAlmostEquals(shapeEmd(wafer, meanShape(wafer)).values[0], 0, 1e-9);
  assert(shapeEmd(wafer, meanShape(new Float64Array(48).with(0, 1))).values[0] > 1);
});

Deno.test("tuning a shape tells two kinds of wafers better than their mean shape does", () => {
  const random = new RandomStream(1, "wafers");
  // Both have a leading cell; charge lies next to it or far from it, with noise everywhere.
  const draw = (isNear: boolean) =>
    Float64Array.from(
      Array.from({ length: 150 }, () => {
        const wafer = new Float64Array(48).map(() => random.uniform());
        wafer[5] += 6;
        wafer[isNear ? 6 : 40] += 2 + 3 * random.uniform();
        return [...wafer];
      }).flat(),
    );
  const [near, far] = [draw(true), draw(false)];
  const area = (shape: Float64Array) =>
    rocArea(
      shapeEmd(near, shape).values.map((emd) => -emd),
      shapeEmd(far, shape).values.map((emd) => -emd),
    );
  const tuned = area(tuneShape(near, far, { steps: 60, seed: 1 }));
  assert(tuned > 0.95 && tuned >= area(meanShape(near)), `${tuned}`);
});

Deno.test("the leading cells' part of the charge", () => {
  const wafer = new Float64Array(48);
  wafer.set([1, 5, 2, 2]);
  assertAlmostEquals(leadingFraction(wafer, 1)[0], 0.5);
  assertAlmostEquals(leadingFraction(wafer, 2)[0], 0.7);
});
