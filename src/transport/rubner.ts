import { networkSimplex, type NetworkSimplexOptions } from "./network_simplex/solver.ts";
import { transportProblem } from "./problem.ts";
import { totalMass } from "./totals.ts";
import type { TransportProblem } from "./types.ts";

/**
 * The Earth mover's distance between histograms of any totals, as Rubner et al. define it: the
 * smaller mass is moved, into whatever part of the larger one is cheapest, and the cost is divided by
 * the mass that moved.
 *
 *     EMD(a, b) = sum_ij f_ij M_ij / sum_ij f_ij   with the f >= 0 of least cost that obey
 *     sum_j f_ij <= a_i,  sum_i f_ij <= b_j,  sum_ij f_ij = min(sum a, sum b)
 *
 * It has the unit of M, whatever the scale of the masses. With equal totals it is
 * {@linkcode emd2} divided by the total. With unequal totals it is not a metric, even where M is one:
 * a histogram and a part of it are at distance zero.
 *
 * @param a Masses of the first histogram, length n; finite, not negative.
 * @param b Masses of the second histogram, length m.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * m; finite, not
 * negative.
 * @param options A cap on the pivots of the network simplex.
 * @returns The mean cost of the mass that moves.
 * @throws {TypeError} If an argument is not a flat array of numbers, or `M` has another length.
 * @throws {RangeError} If a mass or a cost is negative, NaN or infinite, or a histogram is empty.
 * @throws {Error} If the optimum was not reached within the cap on pivots.
 * @see Eq. (1) of Shenoy, Duarte et al., arXiv 2306.04712; Rubner, Tomasi and Guibas, Int. J. Comput.
 * Vision 40 (2000) 99
 *
 * @example One unit moves, to the nearer of two places
 * ```ts
 * import { rubnerEmd } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(rubnerEmd([2], [3, 4], [1, 5]), 1);
 * ```
 */
export function rubnerEmd(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: NetworkSimplexOptions = {},
): number {
  const problem = transportProblem(a, b, M, { equalTotals: false });
  const totalA = totalMass(problem.a), totalB = totalMass(problem.b);
  const moved = Math.min(totalA, totalB);
  if (moved === 0) {
    throw new RangeError(
      `Cannot compute EMD: both histograms must hold mass, current totals are ${totalA} and ${totalB}`,
    );
  }
  const extended = _withDummyBin(problem, totalA - totalB);
  const { value, status, pivots } = networkSimplex(extended, options);
  if (status !== "optimal") {
    throw new Error(
      `Cannot compute EMD: no optimum after ${pivots} pivots, the least cost found is ${value}`,
    );
  }
  return value / moved;
}

/** Gives the lighter histogram a bin for the mass that stays, at no cost. */
function _withDummyBin({ a, b, cost }: TransportProblem, surplus: number): TransportProblem {
  const m = b.length;
  if (surplus < 0) {
    const taller = new Float64Array(cost.length + m);
    taller.set(cost);
    return { a: _append(a, -surplus), b, cost: taller };
  }
  const wider = new Float64Array(cost.length + a.length);
  for (let i = 0; i < a.length; i++) {
    wider.set(cost.subarray(i * m, (i + 1) * m), i * (m + 1));
  }
  return { a, b: _append(b, surplus), cost: wider };
}

/** A copy with one more number. */
function _append(values: Float64Array, last: number): Float64Array {
  const longer = new Float64Array(values.length + 1);
  longer.set(values);
  longer[values.length] = last;
  return longer;
}
