import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { calibrateClusters, ETA_EDGES } from "../../src/trigger/calibration.ts";
import { sampleOf } from "./_samples.ts";

const random = new RandomStream(1, "calibration");

/** Electrons or photons in two layers; pile-up adds to layer 1 and layer 9. */
function particles(pileUp: number) {
  return sampleOf(Array.from({ length: 500 }, (_, k) => {
    const pT = 10 + 90 * random.uniform(), eta = 1.6 + 1.3 * random.uniform();
    const layerPt = new Float64Array(14);
    layerPt[2] = pT * random.uniform();
    layerPt[4] = 2 * (pT - layerPt[2]) + 2 * pileUp * eta;
    layerPt[0] = pileUp * 100;
    return k % 50 === 0 ? { pT, eta } : { pT, eta, layerPt };
  }));
}

Deno.test("calibrateClusters() undoes what was done to layers and by pile-up", () => {
  const photons = particles(0), electrons = particles(3);
  const { weights, pileUp, apply } = calibrateClusters(photons, electrons);
  assertEquals(weights[0], 0);
  assertAlmostEquals(weights[2], 1, 1e-8);
  assertAlmostEquals(weights[4], 0.5, 1e-8);
  assertAlmostEquals(pileUp.offset(2), -6, 1e-6);
  apply(electrons).forEach((pT, event) => {
    if (event % 50 === 0) assert(Number.isNaN(pT));
    else assertAlmostEquals(pT, electrons.genPt[event], 1e-6);
  });
});

Deno.test("calibrateClusters() in bins is right on average in each", () => {
  const photons = particles(0), electrons = particles(3);
  const pT = calibrateClusters(photons, electrons, { pileUp: "bins" }).apply(electrons);
  for (let bin = 0; bin + 1 < ETA_EDGES.length; bin++) {
    let rest = 0;
    for (let event = 0; event < electrons.count; event++) {
      const eta = electrons.eta[event];
      if (electrons.outcome[event] !== 0) continue;
      if (eta >= ETA_EDGES[bin] && eta < ETA_EDGES[bin + 1]) {
        rest += electrons.genPt[event] - pT[event];
      }
    }
    assertAlmostEquals(rest, 0, 1e-6);
  }
});

Deno.test("the published bins of eta are 13 of width 0.1", () => {
  assertEquals([ETA_EDGES.length, ETA_EDGES[0], ETA_EDGES[4], ETA_EDGES[13]], [14, 1.6, 2, 2.9]);
});
