import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ImpactMeasure } from "../../../scripts/std/impact_scores.ts";

const DISTANCES = Float64Array.of(0, 1, 4, 1, 0, 2, 4, 2, 0);

Deno.test("ImpactMeasure scores a right and a wrong row as by hand", () => {
  const measure = new ImpactMeasure(DISTANCES);
  measure.add(Float32Array.of(0.5, 0.25, 0.25), Uint16Array.of(0));
  measure.add(Float32Array.of(0, 0, 1), Uint16Array.of(1));
  const scores = measure.scores();
  assertEquals([scores.top1, scores.distance, scores.distanceOfErrors], [0.5, 1, 2]);
  assertAlmostEquals(scores.emd, (0.25 + 1 + 2) / 2);
  // Of the first row's other half, a half is 1 away and a half 4; the second row has no rest.
  assertAlmostEquals(scores.spreadOfRest, 2.5 / 2);
  assertAlmostEquals(scores.classesInUse, (Math.exp(1.5 * Math.log(2)) + 1) / 2);
});

Deno.test("ImpactMeasure has no distance of errors where there is none", () => {
  const measure = new ImpactMeasure(DISTANCES);
  measure.add(Float32Array.of(1, 0, 0), Uint16Array.of(0));
  assertEquals(measure.scores().distanceOfErrors, 0);
});
