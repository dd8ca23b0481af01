import { quantiles } from "./quantile.ts";

/** How numbers are spread. */
export interface Summary {
  /** How many there are. */
  readonly count: number;
  /** Quantile 0.16: with `high` the interval that holds 68 %. */
  readonly low: number;
  /** Quantile 0.5. */
  readonly median: number;
  /** Quantile 0.84. */
  readonly high: number;
  /** Mean. */
  readonly mean: number;
}

/** The numbers of a bin. */
export interface BinSummary extends Summary {
  /** Edge below, which belongs to the bin. */
  readonly from: number;
  /** Edge above, which does not. */
  readonly to: number;
}

/**
 * Median, the interval that holds the middle 68 %, and mean.
 *
 * @param values Finite numbers.
 * @returns Their summary; all but `count` are NaN where there are none.
 *
 * @example
 * ```ts
 * import { summarise } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const percents = Float64Array.from({ length: 101 }, (_, k) => k);
 * assertEquals(summarise(percents), { count: 101, low: 16, median: 50, high: 84, mean: 50 });
 * ```
 */
export function summarise(values: ArrayLike<number>): Summary {
  const count = values.length;
  if (count === 0) return { count, low: NaN, median: NaN, high: NaN, mean: NaN };
  const [low, median, high] = quantiles(values, [0.16, 0.5, 0.84]);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += values[k];
  return { count, low, median, high, mean: sum / count };
}

/**
 * Summaries of numbers in bins of something else: a number belongs to the bin with
 * from <= key < to.
 *
 * @param values The numbers.
 * @param keys For each number what decides its bin.
 * @param edges Edges of the bins, two or more, ascending.
 * @returns A summary for each bin, also for empty ones; numbers outside of all bins are left out.
 * @throws {TypeError} If there are not as many keys as numbers.
 * @throws {RangeError} If there are fewer than two edges, or they do not ascend.
 *
 * @example Which of three numbers lie below 10, and which from 10 to 20
 * ```ts
 * import { summariseByBin } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const bins = summariseByBin([0.5, 0.7, 0.9], [3, 10, 19], [0, 10, 20]);
 * assertEquals(bins.map(({ from, to, count, median }) => [from, to, count, median]), [
 *   [0, 10, 1, 0.5],
 *   [10, 20, 2, 0.8],
 * ]);
 * ```
 */
export function summariseByBin(
  values: ArrayLike<number>,
  keys: ArrayLike<number>,
  edges: readonly number[],
): BinSummary[] {
  if (keys.length !== values.length) {
    throw new TypeError(
      `Cannot summarise by bin: there must be a key for each of ${values.length} numbers, ` +
        `current number of keys is ${keys.length}`,
    );
  }
  const ascends = edges.every((edge, k) => k === 0 ? !Number.isNaN(edge) : edge > edges[k - 1]);
  if (edges.length < 2 || !ascends) {
    throw new RangeError(
      `Cannot summarise by bin: edges must be two or more and ascend, current ones are [${edges}]`,
    );
  }
  const bins = edges.slice(1).map((): number[] => []);
  for (let k = 0; k < values.length; k++) {
    const bin = edges.findLastIndex((edge) => keys[k] >= edge);
    bins[bin]?.push(values[k]);
  }
  return bins.map((found, bin) => ({
    from: edges[bin],
    to: edges[bin + 1],
    ...summarise(found),
  }));
}
