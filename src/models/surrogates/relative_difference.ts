/** How far estimates are from what is true, relative to it. */
export interface RelativeDifference {
  /** (estimate - exact) / exact of each pair that has an exact value above zero, in their order. */
  readonly differences: Float64Array;
  /** Their mean. */
  readonly bias: number;
  /** Their standard deviation, sqrt(mean((d - bias)^2)). */
  readonly sigma: number;
}

/**
 * The measure of the paper for estimates of an EMD: mean and standard deviation of the relative
 * difference. Pairs of equal wafers have none, and are left out.
 *
 * @param estimate Estimates, one a pair.
 * @param exact Exact EMDs, >= 0, as many.
 * @returns Differences, bias and sigma.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If no exact value is above zero.
 *
 * Source: arXiv 2306.04712, Fig. 5.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { relativeDifference } from "./relative_difference.ts";
 *
 * const { bias, sigma } = relativeDifference([1.5, 1.5, 0.1], [1, 2, 0]);
 * assertEquals([bias, sigma], [0.125, 0.375]);
 * ```
 */
export function relativeDifference(
  estimate: ArrayLike<number>,
  exact: ArrayLike<number>,
): RelativeDifference {
  if (estimate.length !== exact.length) {
    throw new TypeError(
      `Cannot compare estimates: there must be as many as exact values, current numbers are ` +
        `${estimate.length} and ${exact.length}`,
    );
  }
  const differences = Float64Array.from(exact, (value, pair) => estimate[pair] / value - 1)
    .filter((_, pair) => exact[pair] > 0);
  const { length } = differences;
  if (length === 0) throw new RangeError("Cannot compare estimates: no exact value is above zero");
  const bias = differences.reduce((sum, d) => sum + d, 0) / length;
  const variance = differences.reduce((sum, d) => sum + (d - bias) ** 2, 0) / length;
  return { differences, bias, sigma: Math.sqrt(variance) };
}
