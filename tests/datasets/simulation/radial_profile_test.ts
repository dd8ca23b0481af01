import { assert, assertAlmostEquals } from "@std/assert";
import { RadialProfile } from "../../../src/datasets/simulation/radial_profile.ts";

Deno.test("RadialProfile is the published formula", () => {
  // Written out at E = 10 GeV and tau = 1: Z = 27.6, 1/F_S = 1.06, e/mip = 0.85, R_M = 2.1 cm.
  const profile = new RadialProfile(10), lnE = Math.log(10);
  profile.moveTo(1);
  const core = 0.0251 + 0.00319 * lnE + (0.1162 - 0.0105156) - 0.0203 * 0.15 +
    0.0397 * 1.06 * 0.36787944;
  const tail = (0.659 - 0.085284) * (Math.exp(-2.59 * 0.355) +
        Math.exp((0.3585 + 0.0421 * lnE) * 0.355)) - 0.14 * 0.15 - 0.495 * 1.06 * 0.36787944;
  const x = (0.401 + 0.051612 - 1) / (1.313 - 0.0686 * lnE);
  const share = (2.632 - 0.025944) * Math.exp(x - Math.exp(x)) + 0.15 * (0.348 - 0.642 * 1.06);
  assertAlmostEquals(profile.core, 2.1 * core, 1e-7);
  assertAlmostEquals(profile.tail, 2.1 * tail, 1e-7);
  assertAlmostEquals(profile.coreShare, share, 1e-7);
});

Deno.test("RadialProfile stays a mixture of a core and a wider tail at all depths", () => {
  for (const energy of [0.01, 1, 300]) {
    const profile = new RadialProfile(energy);
    for (let tau = 0; tau < 8; tau += 0.05) {
      profile.moveTo(tau);
      const { core, tail, coreShare } = profile;
      assert(core > 0 && tail >= 2 * core && tail <= 12.6 + 1e-9, `${energy} ${tau}`);
      assert(coreShare >= 0 && coreShare <= 1);
    }
  }
});
