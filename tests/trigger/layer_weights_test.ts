import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { layerWeights, weightedPt } from "../../src/trigger/layer_weights.ts";
import { sampleOf } from "./_samples.ts";

const random = new RandomStream(1, "layer weights");

Deno.test("layerWeights() finds the weights with which layers were made", () => {
  const made = [0, 1.5, 0.9, 1, 1.1, 0.7, 1.3, 0, 2, 1, 0.5, 1.7, 0.2, 1];
  const sample = sampleOf(Array.from({ length: 60 }, (_, k) => {
    // Layer 1 holds anything: it is not to be used.
    const layerPt = made.map(() => random.exponential());
    const pT = layerPt.reduce((sum, x, layer) => sum + made[layer] * x, 0);
    return k % 6 === 5 ? { pT: 1000, eta: 2 } : { pT, eta: 2, layerPt };
  }));
  const weights = layerWeights(sample);
  made.forEach((weight, layer) => assertAlmostEquals(weights[layer], weight, 1e-8));
  weightedPt(sample, weights).forEach((pT, event) => {
    if (event % 6 === 5) assert(Number.isNaN(pT));
    else assertAlmostEquals(pT, sample.genPt[event], 1e-7);
  });
});

Deno.test("layerWeights() stay between 0 and 2", () => {
  const events = Array.from({ length: 40 }, () => {
    const layerPt = Array.from({ length: 14 }, () => random.exponential());
    return { pT: 5 * layerPt[1] - 3 * layerPt[2] + layerPt[3], eta: 2, layerPt };
  });
  const weights = layerWeights(sampleOf(events));
  assert(weights.every((weight) => weight >= 0 && weight <= 2));
  assertEquals([weights[0], weights[1], weights[2]], [0, 2, 0]);
});

Deno.test("layerWeights() need a photon", () => {
  assertThrows(
    () => layerWeights(sampleOf([{ pT: 9, eta: 2 }])),
    RangeError,
    "Cannot fit layer weights of by hand: no photon of 1 has a cluster",
  );
});
