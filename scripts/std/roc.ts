/**
 * How well a number tells two samples apart.
 *
 * @module
 */

/** A curve of what is kept of both samples as a cut on the number goes down. */
export interface RocCurve {
  /** The part of the background above the cut, rising from 0 to 1. */
  readonly background: readonly number[];
  /** The part of the signal above the cut. */
  readonly signal: readonly number[];
}

/**
 * The area under the ROC curve: the chance that a random one of the signal has a larger number than a
 * random one of the background, equal numbers counting one half (Mann and Whitney).
 *
 * @param signal Numbers of the signal, at least one.
 * @param background Numbers of the background, at least one.
 * @returns From 0 to 1; 0.5 where the number tells nothing.
 * @throws {RangeError} If a sample is empty, or a number is NaN.
 */
export function rocArea(signal: ArrayLike<number>, background: ArrayLike<number>): number {
  const s = _sorted(signal, "signal"), b = _sorted(background, "background");
  let below = 0, upTo = 0, sum = 0;
  for (const value of s) {
    while (below < b.length && b[below] < value) below++;
    upTo = Math.max(upTo, below);
    while (upTo < b.length && b[upTo] <= value) upTo++;
    sum += (below + upTo) / 2;
  }
  return sum / (s.length * b.length);
}

/**
 * The ROC curve at some cuts.
 *
 * @param signal Numbers of the signal, at least one.
 * @param background Numbers of the background, at least one.
 * @param points Number of cuts, at quantiles of the background. Default 100.
 * @returns The curve, from (0, 0) to (1, 1).
 * @throws {RangeError} If a sample is empty, or a number is NaN.
 */
export function rocCurve(
  signal: ArrayLike<number>,
  background: ArrayLike<number>,
  points = 100,
): RocCurve {
  const s = _sorted(signal, "signal"), b = _sorted(background, "background");
  const cuts = Array.from(
    { length: points },
    (_, k) => b[Math.floor((1 - (k + 0.5) / points) * b.length)],
  );
  const above = (sorted: Float64Array, cut: number) => 1 - _countUpTo(sorted, cut) / sorted.length;
  return {
    background: [0, ...cuts.map((cut) => above(b, cut)), 1],
    signal: [0, ...cuts.map((cut) => above(s, cut)), 1],
  };
}

function _sorted(values: ArrayLike<number>, name: string): Float64Array {
  const sorted = Float64Array.from(values).sort();
  // NaN is sorted to the end.
  if (sorted.length > 0 && !Number.isNaN(sorted[sorted.length - 1])) return sorted;
  throw new RangeError(
    `Cannot compare samples: ${name} must hold numbers, ` +
      `current value is ${sorted.length === 0 ? "none" : "NaN"}`,
  );
}

/** How many are not above a cut. */
function _countUpTo(sorted: Float64Array, cut: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= cut) low = middle + 1;
    else high = middle;
  }
  return low;
}
