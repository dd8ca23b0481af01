import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cancelCommonMass } from "../../../src/transport/metric_simplex/cancel.ts";
import { Workspace } from "../../../src/transport/metric_simplex/workspace.ts";
import { lineMetric } from "../../_support/histograms.ts";

Deno.test("cancelCommonMass() keeps the differences alone", () => {
  const work = new Workspace(lineMetric(5), 5);
  const x = Float64Array.of(9, 0.5, 0.2, 0, 0.3), y = Float64Array.of(0.1, 0.2, 0.6, 0.1, 9);
  // The rows begin at 1 of x and 0 of y: surplus in cell 0 and 3, deficit in cell 2.
  assertEquals(cancelCommonMass(new Workspace(lineMetric(4), 4), x, 1, y, 0), true);
  assertEquals(cancelCommonMass(work, x, 0, y, 0), true);
  assertEquals([work.n, work.m], [2, 3]);
  assertEquals([...work.cell.subarray(0, 5)], [0, 1, 2, 3, 4]);
  const expected = [8.9, 0.3, 0.4, 0.1, 8.7];
  expected.forEach((mass, k) => assertAlmostEquals(work.mass[k], mass, 1e-14));
  assertAlmostEquals(work.total, 9.2, 1e-14);
});

Deno.test("cancelCommonMass() takes rounding for equality, and a perturbation of 1e-12 not", () => {
  const work = new Workspace(lineMetric(3), 3);
  const x = Float64Array.of(0.1, 0.2, 0.7);
  const rounded = x.map((mass) => mass * (1 + 2 * Number.EPSILON));
  assertEquals(cancelCommonMass(work, x, 0, rounded, 0), false);
  assertEquals([work.n, work.m], [0, 0]);
  const moved = Float64Array.of(0.1 + 1e-13, 0.2 - 1e-13, 0.7);
  assertEquals(cancelCommonMass(work, x, 0, moved, 0), true);
  assertEquals([work.n, work.m], [1, 1]);
});
