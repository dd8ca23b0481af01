import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  measureContainment,
  measureLayerProfile,
  measurePileUpEnergy,
  measureResolution,
} from "../../../src/datasets/simulation/measure_showers.ts";
import { PUBLISHED } from "../../../src/datasets/simulation/published_values.ts";

Deno.test("measureLayerProfile() agrees with the published profile of electrons", () => {
  const { shares, peakLayer, meanLayer } = measureLayerProfile(2, 600);
  assertAlmostEquals(shares.reduce((sum, share) => sum + share, 0), 1, 1e-12);
  assertEquals(peakLayer, PUBLISHED.peakLayer);
  assertAlmostEquals(meanLayer, PUBLISHED.meanLayer, 0.25);
  shares.forEach((share, layer) =>
    assertAlmostEquals(share, PUBLISHED.layerShares[layer], 0.012, `${layer}`)
  );
});

Deno.test("measureResolution() agrees with 0.30 over the root of the energy", () => {
  const measured = measureResolution(2, [15, 40, 100], 120);
  const terms = measured.map(({ energy, resolution }) => resolution * Math.sqrt(energy));
  assertAlmostEquals((terms[0] + terms[1] + terms[2]) / 3, PUBLISHED.stochasticTerm, 0.04);
  for (const { response } of measured) assertAlmostEquals(response, 1, 0.03);
});

Deno.test("measureContainment() agrees with the Molière radius of the design report", () => {
  const { all, layer9 } = measureContainment(2, 40);
  assertAlmostEquals(all.r90, PUBLISHED.radius90, 0.2);
  assert(all.r68 < 0.5 * all.r90 && layer9.r68 < layer9.r90);
});

Deno.test("measurePileUpEnergy() grows towards the beam as the area in (eta, phi) does", () => {
  const [low, high] = measurePileUpEnergy(2, [1.8, 2.6], 60);
  // The area of a disc of fixed slope is proportional to 1 / (rho^2 sqrt(1 + rho^2)).
  const density = (eta: number) => Math.sinh(eta) ** 2 * Math.tanh(eta);
  assertAlmostEquals(high.mean / low.mean, density(2.6) / density(1.8), 1.2);
  assert(low.spread > 0.2 * low.mean && high.spread < high.mean);
});
