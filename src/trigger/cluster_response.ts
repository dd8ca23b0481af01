/** Mean of measured over true transverse momentum, and how much it fluctuates. */
export interface ClusterResponse {
  /** How many values there are. */
  readonly count: number;
  /** Their mean; 0 where there is none. */
  readonly mean: number;
  /** Their standard deviation over the mean; 0 where there is none. */
  readonly relativeRms: number;
}

/**
 * The response of clusters: mean and relative RMS of pT / pT_gen.
 *
 * @param ratios pT / pT_gen of each event; NaN where there is no cluster.
 * @returns The response.
 *
 * @example
 * ```ts
 * import { clusterResponse } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(clusterResponse([0.5, NaN, 1.5]), { count: 2, mean: 1, relativeRms: 0.5 });
 * ```
 */
export function clusterResponse(ratios: ArrayLike<number>): ClusterResponse {
  const found = Array.from(ratios).filter((ratio) => !Number.isNaN(ratio));
  const count = found.length;
  if (count === 0) return { count, mean: 0, relativeRms: 0 };
  const mean = found.reduce((sum, ratio) => sum + ratio, 0) / count;
  const squares = found.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  return { count, mean, relativeRms: Math.sqrt(squares / count) / mean };
}
