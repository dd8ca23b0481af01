/**
 * Quantiles by linear interpolation between order statistics (numpy's default, type 7 of Hyndman
 * and Fan 1996).
 *
 * @param values The sample, in any order; not changed.
 * @param probabilities The wanted probabilities, each in [0, 1].
 * @returns One quantile for each probability.
 * @throws {RangeError} If the sample is empty or holds NaN, or a probability lies outside [0, 1].
 *
 * @example The median and the central 68 %
 * ```ts
 * import { quantiles } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quantiles([4, 1, 3, 2], [0, 0.5, 1]), [1, 2.5, 4]);
 * ```
 */
export function quantiles(values: ArrayLike<number>, probabilities: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError("Cannot take quantiles: the sample is empty");
  const sorted = Float64Array.from(values).sort();
  // NaN sorts last, so that one look at the end finds any.
  if (Number.isNaN(sorted[sorted.length - 1])) {
    throw new RangeError("Cannot take quantiles: the sample holds NaN");
  }
  return probabilities.map((probability) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(
        `Cannot take a quantile: probability must be in [0, 1], current value is ${probability}`,
      );
    }
    const position = probability * (sorted.length - 1);
    const below = Math.floor(position), rest = position - below;
    // Without the shortcut an infinite neighbour would give NaN.
    if (rest === 0) return sorted[below];
    return sorted[below] + rest * (sorted[below + 1] - sorted[below]);
  });
}
