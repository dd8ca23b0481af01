import { TRIGGER_LAYERS } from "../datasets/simulation/layers.ts";
import { boundedLeastSquares } from "../numerics/bounded_least_squares.ts";
import type { TriggerSample } from "./trigger_sample.ts";

const LAYERS = TRIGGER_LAYERS.length;

/** Weights lie in [0, 2]. */
const LARGEST_WEIGHT = 2;

/**
 * Weights of the trigger layers, from photons without pile-up: those between 0 and 2 that minimise
 *
 *     sum over photons of (pT_gen - sum_l w_l pT_l)^2,   l = 3, 5, ..., 27.
 *
 * Layer 1, in which there is little but pile-up, gets weight 0.
 *
 * @param photons Photons without pile-up; those with a cluster are used.
 * @returns 14 weights.
 * @throws {RangeError} If no photon has a cluster.
 *
 * Source: the code published with the paper.
 *
 * @example Photons that leave half of their energy in layer 3, half in layer 5
 * ```ts
 * import { layerWeights, TriggerSampleBuilder } from "@hexmover/hexmover/trigger";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const photons = new TriggerSampleBuilder("half");
 * for (const [pT, a, b] of [[10, 4, 5], [20, 8.4, 9.5]]) {
 *   const layerPt = new Float64Array(14);
 *   layerPt[1] = a, layerPt[2] = b;
 *   const particle = { pT, eta: 2, phi: 0 }, cluster = { pT: a + b, eta: 2, phi: 0, layerPt };
 *   photons.add({ event: 0, first: 0, end: 1, particle }, { outcome: "found", cluster });
 * }
 * const weights = layerWeights(photons.sample());
 * assertAlmostEquals(4 * weights[1] + 5 * weights[2], 10);
 * ```
 */
export function layerWeights(photons: TriggerSample): Float64Array {
  const rows: number[] = [], target: number[] = [];
  for (let event = 0; event < photons.count; event++) {
    if (photons.outcome[event] !== 0) continue;
    rows.push(...photons.layerPt.subarray(event * LAYERS + 1, (event + 1) * LAYERS));
    target.push(photons.genPt[event]);
  }
  if (target.length === 0) {
    throw new RangeError(
      `Cannot fit layer weights of ${photons.codec}: no photon of ${photons.count} has a cluster`,
    );
  }
  const { solution } = boundedLeastSquares(rows, target, { lower: 0, upper: LARGEST_WEIGHT });
  return Float64Array.of(0, ...solution);
}

/**
 * Transverse momenta of clusters with weighted layers.
 *
 * @param sample The sample.
 * @param weights 14 weights.
 * @returns sum_l w_l pT_l of each event, GeV; NaN where there is no cluster.
 */
export function weightedPt(sample: TriggerSample, weights: ArrayLike<number>): Float64Array {
  const pT = new Float64Array(sample.count).fill(NaN);
  for (let event = 0; event < sample.count; event++) {
    if (sample.outcome[event] !== 0) continue;
    pT[event] = 0;
    for (let layer = 0; layer < LAYERS; layer++) {
      pT[event] += weights[layer] * sample.layerPt[event * LAYERS + layer];
    }
  }
  return pT;
}
