import { checkHistogramPair } from "./histogram_pair.ts";
import type { SinkhornOptions, SinkhornStatus } from "./sinkhorn_options.ts";
import { SinkhornSolver } from "./sinkhorn_solver.ts";
import type { DualPotentials } from "./types.ts";

/** An entropic transport between two histograms. */
export interface SinkhornResult {
  /** The regularised cost, OT_epsilon. */
  readonly value: number;
  /** What the plan costs without the entropy: at least the exact EMD, if the marginals are right. */
  readonly transportCost: number;
  /** Mass moved from bin i to bin j, row-major, length n * m. Each row is right to rounding. */
  readonly plan: Float64Array;
  /** Potentials on all bins, empty ones included; the gradients of the value in the masses. */
  readonly potentials: DualPotentials;
  /** Iterations: products with the kernel and its transpose. */
  readonly iterations: number;
  /** What the marginals lack, sum_j |column j of the plan - b_j|, for masses of total one. */
  readonly marginalError: number;
  /** Whether that is within the tolerance. */
  readonly status: SinkhornStatus;
}

/**
 * Entropic optimal transport: the least cost of transport, regularised by the entropy of the plan
 * relative to that of independent marginals,
 *
 *     OT_epsilon(a, b) = min over P of <P, M> + epsilon sum_ij P_ij log(P_ij / (a_i b_j))
 *                      = max over f, g of a . f + b . g,  f_i = -epsilon log sum_j b_j e^((g_j - M_ij) / epsilon)
 *
 * with P of marginals a and b. As epsilon falls it comes down to the exact EMD; OT_epsilon(a, a) is not
 * zero, which {@linkcode sinkhornDivergence} mends. By the envelope theorem the gradient in a is f, up
 * to a constant, and that in b is g. Where a mass is zero the potential is extended by the same
 * equation: the slope of a mass that tends to zero.
 *
 * "The Sinkhorn distance" means three things: this value; `transportCost`, which is what POT's
 * `sinkhorn2` returns; and the divergence.
 *
 * It is computed in the log domain, so that nothing underflows however small epsilon is; each iteration
 * takes O(n m), and their number grows as epsilon falls. `status`, `iterations` and `marginalError` say
 * how it went: where `maxIterations` was reached the value is a lower bound.
 *
 * @param a Masses of the first histogram, length n; not negative, any scale.
 * @param b Masses of the second histogram, length m, of the same total to 1e-5 of its size.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * m.
 * @param options Regularisation, accuracy and method.
 * @returns Value, plan, potentials and convergence. Ten times the masses is ten times the value: the
 * entropy is that of fractions.
 * @throws {TypeError} If `M` has another length.
 * @throws {RangeError} If a mass or a cost is negative, NaN or infinite, there is no mass, totals differ,
 * or an option is out of range: epsilon below what double precision resolves, too.
 *
 * Sources: Cuturi, arXiv 1306.0895; Peyré and Cuturi, arXiv 1803.00567, section 4.
 *
 * @example
 * ```ts
 * import { sinkhorn } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const distances = [0, 1, 3, 1, 0, 2, 3, 2, 0]; // of positions 0, 1, 3
 * const result = sinkhorn([0.2, 0.5, 0.3], [0.4, 0.1, 0.5], distances, { epsilon: 1 });
 * assertAlmostEquals(result.value, 0.9735781, 1e-7);
 * assertAlmostEquals(result.transportCost, 0.69281141, 1e-7); // the exact EMD is 0.6
 * assertEquals(result.status, "converged");
 * ```
 */
export function sinkhorn(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: SinkhornOptions,
): SinkhornResult {
  const { totalP: total } = checkHistogramPair("Sinkhorn", a, b, ["a", "b"]);
  const cost = M instanceof Float64Array ? M : Float64Array.from(M);
  const solver = new SinkhornSolver(cost, a.length, b.length, options);
  const value = solver.solve(a, 0, b, 0);
  const potentials = { a: new Float64Array(a.length), b: new Float64Array(b.length) };
  solver.potentials(potentials.a, 0, potentials.b, 0);
  const plan = solver.plan();
  let transportCost = 0;
  for (let k = 0; k < plan.length; k++) transportCost += (plan[k] *= total) * cost[k];
  return {
    value: total * value,
    transportCost,
    plan,
    potentials,
    iterations: solver.iterations,
    marginalError: solver.marginalError,
    status: solver.status,
  };
}
