import { emd } from "./emd.ts";
import { transportProblem } from "./problem.ts";
import { totalMass } from "./totals.ts";
import { quadraticTransport } from "./transport_layer_quadratic.ts";
import { solveOnSupport, type Support } from "./transport_layer_support.ts";
import type { TransportProblem } from "./types.ts";

/** Options of {@linkcode transportLayer}. */
export interface TransportLayerOptions {
  /**
   * Weight epsilon of the quadratic term `epsilon / 2 sum P_ij^2`, in units of cost per mass, not
   * negative. With 0 the plan is that of {@linkcode emd}: a corner of the polytope of plans, which
   * stays where it is when costs change a little, so that its slopes in the costs are zero.
   *
   * @default 0
   */
  readonly regularisation?: number;
}

/** Slopes of a function of the plan in what the plan depends on. */
export interface TransportLayerGradients {
  /** In the masses of the first histogram, length n, of mean zero. */
  readonly a: Float64Array;
  /** In the masses of the second histogram, length m, of mean zero. */
  readonly b: Float64Array;
  /** In the costs, row-major, length n * m. */
  readonly cost: Float64Array;
}

/** An optimal plan that can be differentiated. */
export interface TransportLayer {
  /** The plan P, row-major, length n * m. */
  readonly plan: Float64Array;
  /** Its cost, `sum P_ij C_ij`, without the quadratic term. */
  readonly value: number;
  /**
   * Carries slopes of any function of the plan back to masses and costs.
   *
   * @param slopes d f / d P, row-major, length n * m.
   * @returns d f / d a, d f / d b and d f / d C.
   * @throws {TypeError} If there is another number of slopes.
   */
  readonly pullback: (slopes: ArrayLike<number>) => TransportLayerGradients;
  /**
   * Whether the plan is known to be differentiable here: no pair of bins is about to begin or cease
   * to carry mass. Where not, the slopes are those on one side of a kink.
   */
  readonly differentiable: boolean;
}

/** Entries of the plan up to this part of the total count as none. */
const ROUNDING = 1e-11;

/**
 * An optimal transport plan as a layer of a network: forward the plan, backward the derivatives of
 * whatever is made of it. Not only the cost is differentiated (for which potentials do,
 * {@linkcode massGradients}), but the plan itself, by the implicit function theorem.
 *
 * The plan minimises `sum P_ij C_ij + epsilon / 2 sum P_ij^2` with marginals a and b. Let S be the pairs
 * with P_ij > 0; near the solution they stay the same, and there `epsilon P_ij = u_i + v_j - C_ij`.
 * Differentiating this and the marginals gives, for slopes G = d f / d P, linear equations on S,
 *
 *     sum_j in S (l_i + k_j) = sum_j in S G_ij,   sum_i in S (l_i + k_j) = sum_i in S G_ij
 *
 * and with them `df/da = l`, `df/db = k` (each up to a constant), `df/dC_ij = (l_i + k_j - G_ij) / epsilon`
 * on S and 0 elsewhere. For epsilon = 0, S is a forest, `l_i + k_j = G_ij` on all of it, and df/dC = 0.
 * docs/distances.md has the derivation. Forward takes as long as {@linkcode emd} for epsilon = 0, else
 * some ten times O((n + m)^3); each pullback takes O((n + m)^3).
 *
 * @param a Masses of the first histogram, length n; finite, not negative. Bins without mass get slope
 * 0 relative to one of the others: whether they could gain mass is not looked at.
 * @param b Masses of the second histogram, length m, of the same total.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * m.
 * @param options The weight of the quadratic term.
 * @returns The plan, its cost, and the way back.
 * @throws {TypeError | RangeError} As {@linkcode emd}, or if the weight is negative or not finite.
 * @throws {Error} If no optimum is found.
 * @see Zhang, Cai, Lin and Shen, DeepEMD, CVPR 2020, arXiv 2003.06777; Amos and Kolter, OptNet, ICML
 * 2017
 *
 * @example The slopes of the cost are the potentials and the plan
 * ```ts
 * import { emd, massGradients, transportLayer } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const a = [0.2, 0.5, 0.3], b = [0.4, 0.1, 0.5], M = [0, 1, 3, 1, 0, 2, 3, 2, 0];
 * const layer = transportLayer(a, b, M);
 * const slopes = layer.pullback(M); // of f = sum P_ij M_ij, at fixed M
 * const { a: potential } = massGradients(emd(a, b, M));
 * slopes.a.forEach((slope, i) => assertAlmostEquals(slope, potential[i], 1e-12));
 * ```
 */
export function transportLayer(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: TransportLayerOptions = {},
): TransportLayer {
  const { regularisation: epsilon = 0 } = options;
  if (!(epsilon >= 0 && epsilon < Infinity)) {
    throw new RangeError(
      `Cannot compute a transport plan: regularisation must be finite and >= 0, current value is ${epsilon}`,
    );
  }
  const problem = transportProblem(a, b, M), { cost } = problem;
  const n = problem.a.length, m = problem.b.length;
  const { plan, support, differentiable } = epsilon === 0
    ? _exactPlan(problem)
    : _regularisedPlan(problem, epsilon);

  function pullback(slopes: ArrayLike<number>): TransportLayerGradients {
    if (slopes?.length !== n * m) {
      throw new TypeError(
        `Cannot differentiate a transport plan: slopes must have length ${n} * ${m} = ${
          n * m
        }, current length is ${slopes?.length}`,
      );
    }
    const r = new Float64Array(n), c = new Float64Array(m), inCost = new Float64Array(n * m);
    for (let k = 0; k < support.length; k++) {
      if (support[k] === 0) continue;
      r[Math.floor(k / m)] += slopes[k];
      c[k % m] += slopes[k];
    }
    const { l, k: other } = solveOnSupport(support, r, c);
    for (let k = 0; epsilon > 0 && k < support.length; k++) {
      if (support[k] === 0) continue;
      inCost[k] = (l[Math.floor(k / m)] + other[k % m] - slopes[k]) / epsilon;
    }
    return { a: _centred(l), b: _centred(other), cost: inCost };
  }

  const value = plan.reduce((sum, flow, k) => sum + flow * cost[k], 0);
  return { plan, value, pullback, differentiable };
}

/** The plan, the pairs that carry mass, and whether these stay the same nearby. */
type Plan = { plan: Float64Array; support: Support; differentiable: boolean };

function _exactPlan({ a, b, cost }: TransportProblem): Plan {
  const { plan, unique, status, pivots } = emd(a, b, cost);
  if (status !== "optimal") {
    throw new Error(`Cannot compute a transport plan: no optimum after ${pivots} pivots`);
  }
  const none = ROUNDING * totalMass(a);
  return {
    plan,
    support: Uint8Array.from(plan, (flow) => Number(flow > none)),
    differentiable: unique,
  };
}

function _regularisedPlan(problem: TransportProblem, epsilon: number): Plan {
  const { plan, excess } = quadraticTransport(problem, epsilon);
  const none = ROUNDING * totalMass(problem.a);
  return {
    plan,
    support: Uint8Array.from(excess, (flow) => Number(flow > 0)),
    differentiable: excess.every((flow) => Math.abs(flow) > none),
  };
}

function _centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
