import { largestValue, totalMass } from "./totals.ts";
import type { TransportResult } from "./types.ts";

/** What {@linkcode certify} found. Errors are in units of the problem; zero is perfect. */
export interface Certificate {
  /** Whether every error is within the tolerance. */
  readonly optimal: boolean;
  /** Largest difference between a mass and what the plan moves from or to its bin. */
  readonly marginalError: number;
  /** The least flow of the plan; a proper plan has none below zero. */
  readonly leastFlow: number;
  /** Largest excess of u_i + v_j over the cost, 0 for feasible potentials. */
  readonly dualInfeasibility: number;
  /**
   * Cost of the plan minus `a . u + b . v`. By weak duality the cost of a proper plan exceeds the
   * optimum by at most the gap, plus the infeasibility times the total mass.
   */
  readonly gap: number;
  /** Difference between the value and the cost of the plan. */
  readonly valueError: number;
}

/** Options of {@linkcode certify}. */
export interface CertifyOptions {
  /**
   * Largest error: of masses in units of the total mass, of potentials in units of the largest cost,
   * of values in units of their product. Where the totals of a and b differ (by 1e-9 of their size at
   * most) that difference is allowed for in addition.
   *
   * @default 1e-12
   */
  readonly tolerance?: number;
}

/**
 * Proves or disproves that a result is optimal, whatever solver it came from.
 *
 * A plan with the right marginals costs at least the optimum; potentials with `u_i + v_j <= M_ij`
 * give at most the optimum (weak duality). Where both meet, both are optimal. Takes O(n m) and looks
 * at nothing but the problem, the value, the plan and the potentials.
 *
 * @param result A result of {@linkcode emd}, or anything of that shape.
 * @param options The tolerance.
 * @returns The errors, and whether they are all within the tolerance.
 * @throws {TypeError} If the lengths of plan, potentials and problem do not agree.
 *
 * @example A plan that is a little worse is found out
 * ```ts
 * import { certify, emd } from "@hexmover/hexmover/transport";
 * import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const result = emd([1, 1], [1, 1], [0, 3, 5, 1]);
 * assert(certify(result).optimal);
 *
 * const worse = { ...result, value: 8, plan: Float64Array.of(0, 1, 1, 0) };
 * assertEquals(certify(worse).optimal, false);
 * assertAlmostEquals(certify(worse).gap, 7);
 * ```
 */
export function certify(
  result: Pick<TransportResult, "problem" | "value" | "plan" | "potentials">,
  options: CertifyOptions = {},
): Certificate {
  const { problem: { a, b, cost }, value, plan, potentials: { a: u, b: v } } = result;
  const n = a.length, m = b.length;
  if (cost.length !== n * m || plan.length !== n * m || u.length !== n || v.length !== m) {
    throw new TypeError(
      `Cannot certify a result: costs and plan must have length ${n} * ${m}, potentials ${n} and ${m}, ` +
        `current lengths are ${cost.length}, ${plan.length}, ${u.length} and ${v.length}`,
    );
  }
  const missing = Float64Array.from(b);
  let marginalError = 0, leastFlow = Infinity, dualInfeasibility = 0, primal = 0, dual = 0;
  for (let i = 0; i < n; i++) {
    let left = a[i];
    for (let j = 0; j < m; j++) {
      const k = i * m + j, flow = plan[k];
      left -= flow;
      missing[j] -= flow;
      primal += flow * cost[k];
      leastFlow = Math.min(leastFlow, flow);
      dualInfeasibility = Math.max(dualInfeasibility, u[i] + v[j] - cost[k]);
    }
    marginalError = Math.max(marginalError, Math.abs(left));
    dual += a[i] * u[i];
  }
  for (let j = 0; j < m; j++) {
    marginalError = Math.max(marginalError, Math.abs(missing[j]));
    dual += b[j] * v[j];
  }
  const gap = primal - dual, valueError = Math.abs(value - primal);

  const { tolerance = 1e-12 } = options;
  const total = totalMass(a), unbalanced = Math.abs(total - totalMass(b));
  const mass = tolerance * total + unbalanced, distance = tolerance * largestValue(cost);
  const work = distance * total + unbalanced * largestValue(v.map(Math.abs));
  // Written so that NaN fails.
  const optimal = marginalError <= mass && leastFlow >= -mass && dualInfeasibility <= distance &&
    Math.abs(gap) <= work && valueError <= work;
  return { optimal, marginalError, leastFlow, dualInfeasibility, gap, valueError };
}
