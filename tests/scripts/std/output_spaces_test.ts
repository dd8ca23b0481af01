import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  meanDistance,
  outputSpaces,
  peakedHistogram,
  softmax,
} from "../../../scripts/std/output_spaces.ts";
import { emd2 } from "../../../src/transport/mod.ts";

Deno.test("outputSpaces() have closed forms of their own distances", () => {
  const [chain, tree] = outputSpaces(2);
  assertEquals([...tree.distances.subarray(0, 6)], [0, 1, 1, 1, 3, 3]);
  assertEquals([...chain.distances.subarray(0, 6)], [0, 1, 2, 3, 4, 5]);
  assertAlmostEquals(meanDistance(chain), (16 ** 2 - 1) / (3 * 16), 1e-12);
  const p = peakedHistogram(16, 1, "p"), q = peakedHistogram(16, 1, "q");
  for (const space of [chain, tree]) {
    assertAlmostEquals(space.closedForm(p, q, 1).value, emd2(p, q, space.distances), 1e-12);
  }
});

Deno.test("peakedHistogram() and softmax() give fractions", () => {
  const p = peakedHistogram(64, 2, "p");
  assertAlmostEquals(p.reduce((sum, x) => sum + x, 0), 1, 1e-12);
  softmax(p.map((x) => 1000 + Math.log(x))).forEach((x, k) => assertAlmostEquals(x, p[k], 1e-12));
});
