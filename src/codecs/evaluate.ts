import { type BinSummary, summarise, summariseByBin, type Summary } from "../numerics/mod.ts";
import { CELLS, occupancies, waferEmdBatch } from "../wafer/mod.ts";

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

/** How far reconstructed wafers are from the true ones. */
export interface ReconstructionEvaluation {
  /** The EMD of each wafer. */
  readonly emds: Float64Array;
  /** All EMDs, summed up. */
  readonly all: Summary;
  /** EMDs by the occupancy of their wafers. */
  readonly byOccupancy: readonly BinSummary[];
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
  const { values: emds, notOptimal } = waferEmdBatch(charges, reconstructed);
  if (notOptimal > 0) throw new Error(`Cannot evaluate wafers: ${notOptimal} EMDs are not exact`);
  const byOccupancy = summariseByBin(emds, occupancies(charges, occupiedAbove), edges);
  return { emds, all: summarise(emds), byOccupancy };
}
