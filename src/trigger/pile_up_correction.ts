import { binIndex } from "./bin_index.ts";

/**
 * How pile-up is taken out of calibrated transverse momenta.
 *
 * - `line`: one line in |eta| is added, as in the published code;
 * - `bins`: in each bin of |eta| a factor and an offset, as in the paper's text.
 */
export type PileUpForm = "line" | "bins";

/** Clusters of particles with known transverse momentum. */
export interface CalibrationClusters {
  /** Transverse momentum of each particle, GeV. */
  readonly genPt: ArrayLike<number>;
  /** |eta| of its cluster. */
  readonly eta: ArrayLike<number>;
  /** Transverse momentum of its cluster with weighted layers, GeV; NaN where there is none. */
  readonly pT: ArrayLike<number>;
}

/** A correction for pile-up, in |eta|. */
export interface PileUpCorrection {
  /**
   * Corrects a transverse momentum.
   *
   * @param pT With weighted layers, GeV.
   * @param eta |eta| of the cluster.
   * @returns The corrected one, GeV.
   */
  correct(pT: number, eta: number): number;
  /**
   * What is added at an |eta|, GeV.
   *
   * @param eta |eta|.
   * @returns The offset.
   */
  offset(eta: number): number;
}

/**
 * One line in |eta|, as in the published code: least squares of
 *
 *     pT_gen - pT = c0 + c1 |eta|
 *
 * over electrons with pile-up; the line is added to pT.
 *
 * @param electrons Electrons with pile-up.
 * @returns The correction.
 * @throws {RangeError} If fewer than two have a cluster, or all are at one |eta|.
 *
 * @example
 * ```ts
 * import { pileUpLine } from "@hexmover/hexmover/trigger";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const line = pileUpLine({ genPt: [20, 20, 20], eta: [1.5, 2, 3], pT: [15, 18, 24] });
 * assertAlmostEquals(line.offset(1.5), 5);
 * assertAlmostEquals(line.correct(24, 3), 20);
 * ```
 */
export function pileUpLine({ genPt, eta, pT }: CalibrationClusters): PileUpCorrection {
  let n = 0, meanEta = 0, meanRest = 0;
  for (let k = 0; k < pT.length; k++) {
    if (Number.isNaN(pT[k])) continue;
    n++;
    meanEta += (eta[k] - meanEta) / n;
    meanRest += (genPt[k] - pT[k] - meanRest) / n;
  }
  let covariance = 0, variance = 0;
  for (let k = 0; k < pT.length; k++) {
    if (Number.isNaN(pT[k])) continue;
    covariance += (eta[k] - meanEta) * (genPt[k] - pT[k] - meanRest);
    variance += (eta[k] - meanEta) ** 2;
  }
  if (!(variance > 0)) {
    throw new RangeError(
      `Cannot fit a line for pile-up: there must be clusters at two eta or more, ` +
        `current number of clusters is ${n}`,
    );
  }
  const slope = covariance / variance;
  const offset = (at: number) => meanRest + slope * (at - meanEta);
  return { offset, correct: (pT, at) => pT + offset(at) };
}

/**
 * A factor and an offset in each bin of |eta|, as in the paper's text: corrected = f pT + a with
 *
 *     f = mean of pT_gen / pT over photons without pile-up,
 *     a = mean of pT_gen - f pT over electrons with pile-up.
 *
 * Bins without photons have f = 1, those without electrons a = 0. Clusters outside of all bins take
 * the nearest.
 *
 * @param electrons Electrons with pile-up.
 * @param photons Photons without pile-up.
 * @param edges Edges of the bins, increasing.
 * @returns The correction.
 * @throws {RangeError} If there are not two edges at least, or they do not increase.
 *
 * @example
 * ```ts
 * import { pileUpBins } from "@hexmover/hexmover/trigger";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const photons = { genPt: [30, 33], eta: [2, 2], pT: [20, 22] };
 * const electrons = { genPt: [30, 30], eta: [2, 2], pT: [21, 23] };
 * const bins = pileUpBins(electrons, photons, [1.6, 2.9]);
 * assertAlmostEquals(bins.offset(2), -3);
 * assertAlmostEquals(bins.correct(22, 2), 30);
 * ```
 */
export function pileUpBins(
  electrons: CalibrationClusters,
  photons: CalibrationClusters,
  edges: readonly number[],
): PileUpCorrection {
  const nearest = (eta: number) => binIndex(edges, eta, "nearest");
  const factors = _means(photons, edges.length - 1, nearest, (genPt, pT) => genPt / pT)
    .map((mean) => mean ?? 1);
  const offsets = _means(
    electrons,
    edges.length - 1,
    nearest,
    (genPt, pT, bin) => genPt - factors[bin] * pT,
  ).map((mean) => mean ?? 0);
  return {
    offset: (eta) => offsets[nearest(eta)],
    correct: (pT, eta) => factors[nearest(eta)] * pT + offsets[nearest(eta)],
  };
}

/** Means of a quantity in bins; `undefined` for a bin without any. */
function _means(
  { genPt, eta, pT }: CalibrationClusters,
  bins: number,
  binOf: (eta: number) => number,
  quantity: (genPt: number, pT: number, bin: number) => number,
): (number | undefined)[] {
  const sums = new Float64Array(bins), counts = new Float64Array(bins);
  for (let k = 0; k < pT.length; k++) {
    if (!(pT[k] > 0)) continue;
    const bin = binOf(eta[k]);
    sums[bin] += quantity(genPt[k], pT[k], bin);
    counts[bin]++;
  }
  return Array.from(sums, (sum, bin) => counts[bin] > 0 ? sum / counts[bin] : undefined);
}
