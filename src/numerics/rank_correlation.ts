/**
 * Spearman's rank correlation: Pearson's correlation of the ranks. Equal numbers share the mean of
 * their ranks.
 *
 * @param a One number of each of n things.
 * @param b Another number of each, in the same order.
 * @returns From -1, b falls wherever a rises, to 1; NaN where all of one are equal or n < 2.
 * @throws {TypeError} If there are not as many numbers of both.
 * @throws {RangeError} If one is NaN.
 *
 * Source: C. Spearman, The proof and measurement of association between two things, 1904.
 *
 * @example Only the order counts
 * ```ts
 * import { rankCorrelation } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000]), 1);
 * assertAlmostEquals(rankCorrelation([1, 2, 3, 4], [1, 10, 1000, 100]), 0.8);
 * ```
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new TypeError(
      `Cannot correlate ranks: both lists must have the same length, ` +
        `current lengths are ${a.length} and ${b.length}`,
    );
  }
  const x = _centredRanks(a), y = _centredRanks(b);
  const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, r, k) => sum + r * v[k], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

/** Ranks from 1 to n, of equal numbers their mean, less (n + 1) / 2, the mean of all. */
function _centredRanks(values: ArrayLike<number>): Float64Array {
  const n = values.length, ranks = new Float64Array(n);
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => values[i] - values[j]);
  for (let from = 0, to = 0; from < n; from = to) {
    const value = values[order[from]];
    if (Number.isNaN(value)) throw new RangeError("Cannot correlate ranks: a number is NaN");
    while (to < n && values[order[to]] === value) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2 - (n + 1) / 2;
  }
  return ranks;
}
