import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { PUBLISHED_TRIGGER } from "../../src/trigger/published_resolution.ts";
import { ETA_EDGES } from "../../src/trigger/calibration.ts";

Deno.test("the published tables have a number for each of their bins", () => {
  const { resolutionByEta, ratioToWeightedMse, resolutionByPt, layerWeights } = PUBLISHED_TRIGGER;
  for (const row of [resolutionByEta, ...Object.values(ratioToWeightedMse)]) {
    assertEquals(row.length, ETA_EDGES.length - 1);
  }
  assertEquals(resolutionByPt.centres.length, resolutionByPt.values.length);
  assertEquals(layerWeights.length, 13);
});

Deno.test("two published readings of one ratio agree as well as figures can be read", () => {
  const { resolutionOfLosses, ratioToWeightedMse } = PUBLISHED_TRIGGER;
  for (const name of ["telescope_mse", "emd_cnn"] as const) {
    resolutionOfLosses.centres.forEach((eta, k) => {
      const bin = Math.floor(10 * (eta - 1.6) + 1e-9);
      const ratio = resolutionOfLosses[name][k] / resolutionOfLosses.weighted_mse[k];
      assertAlmostEquals(ratio, ratioToWeightedMse[name][bin], 0.05);
    });
  }
  // The paper's 13 % at eta = 2.0.
  const { telescope_mse, emd_cnn } = ratioToWeightedMse;
  assertAlmostEquals(emd_cnn[4] / telescope_mse[4], 0.87, 0.005);
  assert(emd_cnn.every((ratio, bin) => ratio < telescope_mse[bin]));
});
