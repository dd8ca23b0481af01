/**
 * Numbers rounded to a few levels.
 *
 * @module
 */

/** Rounds after which levels are taken as they are; some tens suffice. */
const MOST_ROUNDS = 1000;

/**
 * Levels for numbers of some distribution, by Lloyd's method: each number goes to its nearest level,
 * each level to the mean of its numbers, until nothing moves. The mean squared error
 *
 *     mean over v of min_l (v - level_l)^2
 *
 * never grows on the way. The start is levels in equal steps from the least to the greatest number;
 * a level that nothing is near stays where it is.
 *
 * @param values The numbers, finite, at least one; not changed.
 * @param count How many levels, at least 1.
 * @param last Where the last level shall stay, not below any number. Default: it moves as the others.
 * @returns The levels, ascending.
 *
 * Source: Lloyd, Least squares quantization in PCM, IEEE Trans. Inf. Theory 28 (1982) 129.
 *
 * @example
 * ```ts
 * import { lloydLevels } from "./levels.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...lloydLevels([0, 0, 0.5, 3, 4, 5], 2)], [1 / 6, 4]);
 * ```
 */
export function lloydLevels(
  values: ArrayLike<number>,
  count: number,
  last?: number,
): Float64Array<ArrayBuffer> {
  const sorted = Float64Array.from(values).sort();
  const sums = new Float64Array(sorted.length + 1);
  for (let i = 0; i < sorted.length; i++) sums[i + 1] = sums[i] + sorted[i];
  const least = sorted[0], span = (last ?? sorted[sorted.length - 1]) - least;
  const moving = last === undefined ? count : count - 1;
  const levels = Float64Array.from(
    { length: count },
    (_, l) => least + span * (count === 1 ? 0 : l / (count - 1)),
  );
  for (let round = 0, moved = true; moved && round < MOST_ROUNDS; round++) {
    moved = false;
    const borders = levels.map((level, l) =>
      l === count - 1 ? Infinity : (level + levels[l + 1]) / 2
    );
    for (let l = 0, first = 0; l < moving; l++) {
      const end = _countBelow(sorted, borders[l]);
      const mean = end > first ? (sums[end] - sums[first]) / (end - first) : levels[l];
      moved ||= mean !== levels[l];
      levels[l] = mean;
      first = end;
    }
  }
  return levels;
}

/**
 * The level nearest to a number.
 *
 * @param levels Levels, ascending, at least one.
 * @param value The number.
 * @returns Its place among the levels; the lower one of two that are as near.
 *
 * @example
 * ```ts
 * import { nearestLevel } from "./levels.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([-1, 0.5, 0.6, 9].map((value) => nearestLevel([0, 1, 2], value)), [0, 0, 1, 2]);
 * ```
 */
export function nearestLevel(levels: ArrayLike<number>, value: number): number {
  let low = 0, high = levels.length - 1;
  while (low < high) {
    const middle = low + high >>> 1;
    if (value <= (levels[middle] + levels[middle + 1]) / 2) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many numbers of an ascending list are below a border. */
function _countBelow(sorted: Float64Array, border: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (sorted[middle] < border) low = middle + 1;
    else high = middle;
  }
  return low;
}
