import { lineCost } from "./line_transport.ts";
import { sortedOrder } from "./sorted_order.ts";

/** Options of {@linkcode wasserstein1d}. */
export interface Wasserstein1dOptions {
  /**
   * The power of the distance, at least 1.
   *
   * @default 1
   */
  readonly p?: number;
}

/** Largest difference of the totals, relative to the larger one. */
const TOTALS_TOLERANCE = 1e-9;

/**
 * The least cost of transport between masses on a line, where a unit of mass that moves from x to y
 * costs `|x - y|^p`:
 *
 *     W_p^p = integral over q of |F^-1(q) - G^-1(q)|^p
 *
 * with F^-1 and G^-1 the positions below which the mass q lies. This is the p-th power of the
 * Wasserstein distance, not its root, as in POT's `wasserstein_1d` and `emd2_1d`. For p = 1 it is the
 * area between the cumulative distributions. Takes O(n log n).
 *
 * @param x Positions of the first masses, length n; any order, finite.
 * @param y Positions of the second masses, length m.
 * @param a First masses, not negative, not normalised; without them 1 / n each.
 * @param b Second masses, of the same total; without them 1 / m each.
 * @param options The power p.
 * @returns W_p^p, times the total mass.
 * @throws {TypeError} If positions and masses differ in length.
 * @throws {RangeError} If p is below 1, a position or mass is NaN or infinite, a mass is negative,
 * there is no mass, or the totals differ by more than 1e-9 of the larger one.
 *
 * @example
 * ```ts
 * import { wasserstein1d } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(wasserstein1d([0, 1, 3], [0, 1, 3], [0.2, 0.5, 0.3], [0.4, 0.1, 0.5]), 0.6);
 * assertAlmostEquals(wasserstein1d([0, 1], [5, 4], undefined, undefined, { p: 2 }), 16);
 * ```
 */
export function wasserstein1d(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  a?: ArrayLike<number>,
  b?: ArrayLike<number>,
  options: Wasserstein1dOptions = {},
): number {
  const { p = 1 } = options;
  if (!(p >= 1 && p < Infinity)) {
    throw new RangeError(
      `Cannot compute a Wasserstein distance: p must be finite and >= 1, current value is ${p}`,
    );
  }
  const first = _sorted(x, a, "x", "a"), second = _sorted(y, b, "y", "b");
  const totalA = _total(first.masses), totalB = _total(second.masses);
  if (!(Math.abs(totalA - totalB) <= TOTALS_TOLERANCE * Math.max(totalA, totalB))) {
    throw new RangeError(
      `Cannot compute a Wasserstein distance: the totals of a and b must be equal, current values are ${totalA} and ${totalB}`,
    );
  }
  if (totalA === 0) {
    throw new RangeError("Cannot compute a Wasserstein distance: the total mass is 0");
  }
  const n = first.masses.length, m = second.masses.length;
  let i = 0, j = 0, left = first.masses[0], missing = second.masses[0], cost = 0;
  // Mass moves in order of position, which is optimal for convex costs. What rounding leaves over at
  // the end of one side stays.
  while (i < n && j < m) {
    const moved = Math.min(left, missing);
    if (moved > 0) cost += moved * lineCost(first.positions[i] - second.positions[j], p);
    left -= moved;
    missing -= moved;
    if (left === 0) left = first.masses[++i];
    if (missing === 0) missing = second.masses[++j];
  }
  return cost;
}

function _sorted(
  positions: ArrayLike<number>,
  masses: ArrayLike<number> | undefined,
  name: string,
  massName: string,
): { positions: ArrayLike<number>; masses: ArrayLike<number> } {
  const count = positions.length;
  if (masses !== undefined && masses.length !== count) {
    throw new TypeError(
      `Cannot compute a Wasserstein distance: ${massName} must have the length of ${name}, ${count}, current length is ${masses.length}`,
    );
  }
  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(positions[k])) {
      throw new RangeError(
        `Cannot compute a Wasserstein distance: ${name}[${k}] must be finite, current value is ${
          positions[k]
        }`,
      );
    }
    if (masses !== undefined && !(masses[k] >= 0 && masses[k] < Infinity)) {
      throw new RangeError(
        `Cannot compute a Wasserstein distance: ${massName}[${k}] must be finite and >= 0, current value is ${
          masses[k]
        }`,
      );
    }
  }
  const each = masses ?? new Float64Array(count).fill(1 / count);
  // As the bins of histograms are.
  if (_isAscending(positions)) return { positions, masses: each };
  const order = _ascendingOrder(positions);
  const sorted = new Float64Array(count), sortedMasses = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    sorted[k] = positions[order[k]];
    sortedMasses[k] = each[order[k]];
  }
  return { positions: sorted, masses: sortedMasses };
}

function _isAscending(positions: ArrayLike<number>): boolean {
  for (let k = 1; k < positions.length; k++) if (positions[k] < positions[k - 1]) return false;
  return true;
}

function _ascendingOrder(positions: ArrayLike<number>): Uint32Array {
  const count = positions.length, shifted = new Float64Array(count);
  let least = Infinity;
  for (let k = 0; k < count; k++) least = Math.min(least, positions[k]);
  for (let k = 0; k < count; k++) shifted[k] = positions[k] - least;
  return sortedOrder(shifted);
}

function _total(masses: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < masses.length; k++) total += masses[k];
  return total;
}
