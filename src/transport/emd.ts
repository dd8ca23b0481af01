import { rememberedMetric } from "./metric.ts";
import { MAX_CELLS } from "./metric_simplex/workspace.ts";
import { solveMetricTransport } from "./metric_transport.ts";
import { networkSimplex, type NetworkSimplexOptions } from "./network_simplex/solver.ts";
import { transportProblem } from "./problem.ts";
import { totalMass } from "./totals.ts";
import type {
  TransportMethod,
  TransportProblem,
  TransportResult,
  TransportSolution,
} from "./types.ts";
import { uniqueness } from "./uniqueness.ts";

/**
 * The optimal transport between two histograms: value, plan and dual potentials.
 *
 *     value = min over f >= 0 of sum_ij f_ij M_ij   with  sum_j f_ij = a_i,  sum_i f_ij = b_j
 *           = max of sum_i a_i u_i + sum_j b_j v_j  with  u_i + v_j <= M_ij
 *
 * Masses are taken as given, not normalised: ten times the masses is ten times the value. For a
 * `Float64Array` that was checked to be a metric ({@linkcode isMetric}) between up to 62 bins the
 * {@linkcode MetricSimplex} solves the problem, in microseconds; anything else goes to a general
 * network simplex. `method` says which one it was.
 *
 * @param a Masses of the first histogram, length n; finite, not negative, any scale.
 * @param b Masses of the second histogram, length m, of the same total to 1e-9 of its size.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * m; finite, not
 * negative. The result refers to it: do not change it afterwards.
 * @param options A cap on the pivots of the network simplex; `status` says whether it was reached.
 * @returns Value, plan, potentials, and whether they are the only ones.
 * @throws {TypeError} If an argument is not a flat array of numbers, or `M` has another length.
 * @throws {RangeError} If a mass or a cost is negative, NaN or infinite, both histograms are empty,
 * their totals differ, or the value overflows.
 *
 * @example Three bins on a line
 * ```ts
 * import { emd } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const distances = Float64Array.of(0, 1, 3, 1, 0, 2, 3, 2, 0); // of positions 0, 1, 3
 * const { value, plan, method } = emd([0.2, 0.5, 0.3], [0.4, 0.1, 0.5], distances);
 * assertAlmostEquals(value, 0.6);
 * assertAlmostEquals(plan[3], 0.2); // from bin 1 to bin 0
 * assertEquals(method, "metric_simplex");
 * ```
 */
export function emd(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: NetworkSimplexOptions = {},
): TransportResult {
  const problem = transportProblem(a, b, M);
  const { method, solution } = _solve(problem, options);
  const plan = solution.plan(), potentials = solution.potentials();
  const isOptimal = solution.status === "optimal";
  const only = uniqueness(problem, plan, potentials);
  return {
    problem,
    value: _finite(solution.value),
    plan,
    potentials,
    status: solution.status,
    method,
    unique: isOptimal && only.plan && only.potentials,
    uniquePlan: isOptimal && only.plan,
    uniquePotentials: isOptimal && only.potentials,
    pivots: solution.pivots,
  };
}

/**
 * The least cost of transport between two histograms: the value of {@linkcode emd} alone, without
 * the memory that a plan takes.
 *
 * @param a Masses of the first histogram, length n; finite, not negative, any scale.
 * @param b Masses of the second histogram, length m, of the same total to 1e-9 of its size.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * m; finite, not
 * negative.
 * @param options A cap on the pivots of the network simplex.
 * @returns The least cost, in units of cost times mass.
 * @throws {TypeError} If an argument is not a flat array of numbers, or `M` has another length.
 * @throws {RangeError} If a mass or a cost is negative, NaN or infinite, both histograms are empty,
 * their totals differ, or the value overflows.
 * @throws {Error} If the optimum was not reached within the cap on pivots.
 *
 * @example
 * ```ts
 * import { emd2 } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(emd2([1, 2], [3], [4, 5]), 1 * 4 + 2 * 5);
 * ```
 */
export function emd2(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: NetworkSimplexOptions = {},
): number {
  const { solution } = _solve(transportProblem(a, b, M), options);
  if (solution.status !== "optimal") {
    throw new Error(
      `Cannot compute EMD: no optimum after ${solution.pivots} pivots, the least cost found is ${solution.value}`,
    );
  }
  return _finite(solution.value);
}

function _solve(
  problem: TransportProblem,
  options: NetworkSimplexOptions,
): { method: TransportMethod; solution: TransportSolution } {
  const { a, b, cost } = problem;
  const balanced = { a, b: _balanced(a, b), cost };
  const isSmall = a.length === b.length && a.length <= MAX_CELLS;
  const metric = isSmall ? rememberedMetric(cost, a.length) : undefined;
  return metric === undefined
    ? { method: "network_simplex", solution: networkSimplex(balanced, options) }
    : { method: "metric_simplex", solution: solveMetricTransport(balanced.a, balanced.b, metric) };
}

/**
 * The second histogram with the total of the first. Totals that differ by no more than the rounding
 * of the sums are left alone, so that ties between masses stay ties.
 */
function _balanced(a: Float64Array, b: Float64Array): Float64Array {
  const totalA = totalMass(a), totalB = totalMass(b);
  const rounding = Number.EPSILON * (a.length + b.length) * totalA;
  return Math.abs(totalA - totalB) <= rounding ? b : b.map((mass) => mass * (totalA / totalB));
}

function _finite(value: number): number {
  if (value < Infinity) return value;
  throw new RangeError("Cannot compute EMD: the value overflows, masses times costs are too large");
}
