import { quantiles } from "../numerics/mod.ts";
import { CELLS, waferEmdBatch } from "../wafer/mod.ts";

/** Options of {@linkcode evaluateReconstruction}. */
export interface ReconstructionOptions {
  /**
   * First occupancies of the bins, ascending, and the first one beyond the last bin.
   *
   * @default {[0, 10, 15, 20, 25, 30, 49]}
   */
  readonly occupancyEdges?: readonly number[];
  /**
   * A cell counts as occupied when its charge is above this, in the unit of the charges.
   *
   * @default {0}
   */
  readonly occupiedAbove?: number;
}

/** Exact EMDs of some wafers from what was made of them, in half pitches. */
export interface ReconstructionSummary {
  /** How many wafers. */
  readonly wafers: number;
  /** Median, NaN without wafers. */
  readonly median: number;
  /** 16 % quantile, NaN without wafers. */
  readonly low: number;
  /** 84 % quantile, NaN without wafers. */
  readonly high: number;
  /** Mean, NaN without wafers. */
  readonly mean: number;
}

/** How far reconstructed wafers are from the true ones. */
export interface ReconstructionEvaluation {
  /** The EMD of each wafer. */
  readonly emds: Float64Array;
  /** All wafers. */
  readonly all: ReconstructionSummary;
  /** Wafers by occupancy, those of a bin with from <= occupancy < to. */
  readonly byOccupancy:
    readonly (ReconstructionSummary & { readonly from: number; readonly to: number })[];
}

/**
 * How far reconstructed wafers are from the true ones: the exact EMD, over all wafers and by the number
 * of occupied cells. It does not ask what reconstructed them, a codec or a network.
 *
 * @param charges B wafers of 48 charges in train order, any positive scale.
 * @param reconstructed What was made of them, likewise.
 * @param options Bins of occupancy, and what counts as occupied.
 * @returns EMDs, and their median, central 68 % and mean.
 * @throws {TypeError} If the lengths differ or are no multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a wafer has no charge, or fewer than
 * two edges are given or they do not ascend.
 *
 * @example Eight levels against three
 * ```ts
 * import { codec, evaluateReconstruction } from "@hexmover/hexmover/codecs";
 * import { assert } from "@std/assert";
 *
 * const wafers = Float64Array.from({ length: 480 }, (_, i) => (i * i * i) % 101);
 * const medians = [8, 3].map((count) => {
 *   const { reconstruct } = codec("sqrt_levels", { count });
 *   return evaluateReconstruction(wafers, reconstruct(wafers)).all.median;
 * });
 * assert(medians[0] < medians[1]);
 * ```
 */
export function evaluateReconstruction(
  charges: ArrayLike<number>,
  reconstructed: ArrayLike<number>,
  options: ReconstructionOptions = {},
): ReconstructionEvaluation {
  const { occupancyEdges: edges = [0, 10, 15, 20, 25, 30, CELLS + 1], occupiedAbove = 0 } = options;
  _checkEdges(edges);
  const { values: emds, notOptimal } = waferEmdBatch(charges, reconstructed);
  if (notOptimal > 0) throw new Error(`Cannot evaluate wafers: ${notOptimal} EMDs are not exact`);
  const occupancies = Float64Array.from(emds, (_, wafer) => {
    let occupied = 0;
    for (let k = 0; k < CELLS; k++) if (charges[wafer * CELLS + k] > occupiedAbove) occupied++;
    return occupied;
  });
  const byOccupancy = edges.slice(1).map((to, bin) => {
    const from = edges[bin];
    const isInBin = (_: number, wafer: number) =>
      occupancies[wafer] >= from && occupancies[wafer] < to;
    return { from, to, ..._summary(emds.filter(isInBin)) };
  });
  return { emds, all: _summary(emds), byOccupancy };
}

function _summary(emds: Float64Array): ReconstructionSummary {
  const wafers = emds.length;
  if (wafers === 0) return { wafers, median: NaN, low: NaN, high: NaN, mean: NaN };
  const [low, median, high] = quantiles(emds, [0.16, 0.5, 0.84]);
  return { wafers, median, low, high, mean: emds.reduce((sum, emd) => sum + emd, 0) / wafers };
}

function _checkEdges(edges: readonly number[]): void {
  const ascends = edges.every((edge, k) => k === 0 ? !Number.isNaN(edge) : edge > edges[k - 1]);
  if (edges.length >= 2 && ascends) return;
  throw new RangeError(
    `Cannot evaluate wafers: edges of occupancy must be two or more and ascend, ` +
      `current ones are [${edges}]`,
  );
}
