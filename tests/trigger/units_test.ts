import { assertAlmostEquals } from "@std/assert";
import { COUNTS_PER_MIP_T, GEV_PER_MIP_T } from "../../src/trigger/units.ts";

Deno.test("units are those of the published trigger", () => {
  // 3.43 fC at 100 fC in 1024 counts; the published code rounds it to 35.
  assertAlmostEquals(COUNTS_PER_MIP_T, 35.12, 0.005);
  // 10.94 MeV lost in each of two layers, at a response of 0.77.
  assertAlmostEquals(GEV_PER_MIP_T, 2 * 0.01094 / 0.77, 1e-4);
});
