import { layerWeights, weightedPt } from "./layer_weights.ts";
import {
  pileUpBins,
  type PileUpCorrection,
  type PileUpForm,
  pileUpLine,
} from "./pile_up_correction.ts";
import type { TriggerSample } from "./trigger_sample.ts";

/** Options of {@linkcode calibrateClusters}. */
export interface CalibrateClustersOptions {
  /**
   * How pile-up is taken out.
   *
   * @default {"line"}
   */
  readonly pileUp?: PileUpForm;
  /**
   * Edges of bins in |eta|, for the form `bins`.
   *
   * @default 1.6, 1.7, ..., 2.9
   */
  readonly edges?: readonly number[];
}

/** Bins of |eta| as published: 13 of width 0.1 from 1.6 to 2.9. */
export const ETA_EDGES: readonly number[] = Object.freeze(
  Array.from({ length: 14 }, (_, edge) => (16 + edge) / 10),
);

/** A calibration of a codec. */
export interface Calibration {
  /** Weights of the 14 trigger layers. */
  readonly weights: Float64Array;
  /** What is done about pile-up. */
  readonly pileUp: PileUpCorrection;
  /**
   * Calibrates a sample.
   *
   * @param sample A sample of the same codec.
   * @returns Calibrated transverse momentum of each event, GeV; NaN where there is no cluster.
   */
  apply(sample: TriggerSample): Float64Array;
}

/**
 * Calibrates the clusters of a codec: weights of layers from photons without pile-up, then what pile-up
 * adds from electrons with pile-up.
 *
 *     pT = sum_l w_l pT_l + c0 + c1 |eta|          (form `line`)
 *
 * Every codec is calibrated by itself, since each loses and moves charge in its own way.
 *
 * @param photons Photons without pile-up.
 * @param electrons Electrons with pile-up.
 * @param options How pile-up is taken out.
 * @returns The calibration.
 * @throws {RangeError} If the samples have too few clusters.
 *
 * Source: paper, Section 5, and the code published with it.
 *
 * @example
 * ```ts
 * import { simulate } from "@hexmover/hexmover/datasets";
 * import { calibrateClusters, runTrigger, uncompressedCodec } from "@hexmover/hexmover/trigger";
 * import { assert } from "@std/assert";
 *
 * const beam = { seed: 1, events: 40, pT: [20, 60], eta: [1.7, 2.8], pileUp: 0 } as const;
 * const [photons] = await runTrigger(simulate({ ...beam, particle: "photon" }), [uncompressedCodec()]);
 * const [electrons] = await runTrigger(simulate(beam), [uncompressedCodec()]);
 * const pT = calibrateClusters(photons, electrons).apply(electrons);
 * const rests = electrons.genPt.map((genPt, event) => genPt - pT[event]);
 * assert(Math.abs(rests.reduce((sum, rest) => sum + rest, 0)) < 1e-6);
 * ```
 */
export function calibrateClusters(
  photons: TriggerSample,
  electrons: TriggerSample,
  options: CalibrateClustersOptions = {},
): Calibration {
  const weights = layerWeights(photons);
  const clusters = (sample: TriggerSample) => ({
    genPt: sample.genPt,
    eta: sample.eta,
    pT: weightedPt(sample, weights),
  });
  const pileUp = options.pileUp === "bins"
    ? pileUpBins(clusters(electrons), clusters(photons), options.edges ?? ETA_EDGES)
    : pileUpLine(clusters(electrons));
  return {
    weights,
    pileUp,
    apply: (sample) =>
      weightedPt(sample, weights).map((pT, event) => pileUp.correct(pT, sample.eta[event])),
  };
}
