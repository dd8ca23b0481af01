import { emd } from "./emd.ts";
import { totalMass } from "./totals.ts";
import { solveOnSupport, type Support } from "./transport_layer_support.ts";
import type { DualPotentials, TransportProblem } from "./types.ts";

/** An optimal plan of the transport problem with a quadratic term. */
export interface QuadraticTransport {
  /** The plan, row-major, length n * m. */
  readonly plan: Float64Array;
  /** `(u_i + v_j - C_ij) / epsilon`: the plan where that is positive. Row-major, length n * m. */
  readonly excess: Float64Array;
  /** Its potentials. */
  readonly potentials: DualPotentials;
  /** Steps of Newton's method. */
  readonly iterations: number;
}

/** Marginals are met to this part of the total. */
const TOLERANCE = 1e-12;
/** Some five steps are usual. */
const MAX_ITERATIONS = 100;
/** Keeps Newton's equations solvable where some bins have no edge yet. */
const SHIFT = 1e-6;

/**
 * Transport with a quadratic term: the plan that minimises
 *
 *     sum_ij P_ij C_ij + epsilon / 2 sum_ij P_ij^2   with the given marginals, P >= 0
 *
 * At the optimum `P_ij = max(0, u_i + v_j - C_ij) / epsilon`, so that most entries are exactly zero.
 * The potentials maximise a concave function whose slopes are the errors of the marginals. Newton's
 * method solves the linear equations on the pairs that are positive at the time, with steps halved
 * until the value grows enough.
 *
 * It works on what the potentials without the term leave open, in units of epsilon: `u = u0 + epsilon w`,
 * `v = v0 + epsilon z` and `P = max(0, w_i + z_j - D_ij)` with D the reduced costs over epsilon. So the
 * precision does not depend on epsilon.
 *
 * @param problem Masses and costs.
 * @param epsilon Weight of the quadratic term, in units of cost per mass, above 0.
 * @returns Plan and potentials.
 * @throws {Error} If the marginals are not met after 100 steps.
 * @see Lorenz, Manns and Meyer, Appl. Math. Optim. 83 (2021) 1919, arXiv 1903.01112
 */
export function quadraticTransport(problem: TransportProblem, epsilon: number): QuadraticTransport {
  const { a, b, cost } = problem, n = a.length, m = b.length;
  const total = totalMass(a);
  const { a: u, b: v } = emd(a, b, cost).potentials;
  const reduced = cost.map((c, k) => (c - u[Math.floor(k / m)] - v[k % m]) / epsilon);
  // A little above: every pair that is tight carries some mass.
  const start = new Float64Array(n).fill(total / (n * m));
  let state = _state(a, b, reduced, start, new Float64Array(m));
  for (let iterations = 0; iterations <= MAX_ITERATIONS; iterations++) {
    if (state.error <= TOLERANCE * total) {
      const potentials = {
        a: u.map((potential, i) => potential + epsilon * state.w[i]),
        b: v.map((potential, j) => potential + epsilon * state.z[j]),
      };
      return { plan: state.plan, excess: state.excess, potentials, iterations };
    }
    state = _newtonStep(a, b, reduced, state);
  }
  throw new Error(
    `Cannot compute a transport plan: marginals are missed by ${state.error} after ${MAX_ITERATIONS} steps, epsilon is ${epsilon}`,
  );
}

type State = ReturnType<typeof _state>;

/** Everything that follows from potentials w and z. */
function _state(
  a: Float64Array,
  b: Float64Array,
  reduced: Float64Array,
  w: Float64Array,
  z: Float64Array,
) {
  const n = a.length, m = b.length;
  const excess = new Float64Array(n * m), plan = new Float64Array(n * m);
  const support: Support = new Uint8Array(n * m);
  const missingA = a.slice(), missingB = b.slice();
  let value = _dot(a, w) + _dot(b, z);
  for (let i = 0, k = 0; i < n; i++) {
    for (let j = 0; j < m; j++, k++) {
      const flow = excess[k] = w[i] + z[j] - reduced[k];
      if (flow <= 0) continue;
      plan[k] = flow;
      support[k] = 1;
      missingA[i] -= flow;
      missingB[j] -= flow;
      value -= flow * flow / 2;
    }
  }
  const error = Math.max(...missingA.map(Math.abs), ...missingB.map(Math.abs));
  return { w, z, excess, plan, support, missingA, missingB, value, error };
}

/** A step of Newton's method, halved until it raises the value enough or halves the error. */
function _newtonStep(a: Float64Array, b: Float64Array, reduced: Float64Array, from: State): State {
  const { l, k } = solveOnSupport(from.support, from.missingA, from.missingB, SHIFT);
  const slope = _dot(l, from.missingA) + _dot(k, from.missingB);
  for (let step = 1;; step /= 2) {
    const w = from.w.map((potential, i) => potential + step * l[i]);
    const z = from.z.map((potential, j) => potential + step * k[j]);
    const to = _state(a, b, reduced, w, z);
    const isBetter = to.value >= from.value + 1e-4 * step * slope || to.error <= from.error / 2;
    if (isBetter || step < 1e-12) return to;
  }
}

function _dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
