import { assert, assertAlmostEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd } from "../../src/transport/emd.ts";
import { quadraticTransport } from "../../src/transport/transport_layer_quadratic.ts";
import type { TransportProblem } from "../../src/transport/types.ts";
import { COST_KINDS, drawProblem, MASS_KINDS } from "../_support/transport_problems.ts";

/** A problem of total one. */
function _draw(costs: string, masses: string, n: number, m: number, trial = 0): TransportProblem {
  const random = new RandomStream(172, `${costs}, ${masses}`, trial);
  const { a, b, cost } = drawProblem(costs, masses, n, m, random);
  const total = a.reduce((sum, mass) => sum + mass, 0);
  return { a: a.map((mass) => mass / total), b: b.map((mass) => mass / total), cost };
}

Deno.test("quadraticTransport() meets the conditions of the optimum, on all kinds of problems", () => {
  for (const costs of Object.keys(COST_KINDS)) {
    for (const masses of Object.keys(MASS_KINDS)) {
      for (const epsilon of [1e-6, 0.1, 10]) {
        const { a, b, cost } = _draw(costs, masses, 9, 7);
        const { plan, potentials } = quadraticTransport({ a, b, cost }, epsilon);
        const left = a.slice(), missing = b.slice();
        plan.forEach((flow, k) => {
          const i = Math.floor(k / 7), j = k % 7;
          left[i] -= flow;
          missing[j] -= flow;
          const excess = potentials.a[i] + potentials.b[j] - cost[k];
          assertAlmostEquals(epsilon * flow, Math.max(0, excess), 1e-9 * Math.max(1, cost[k]));
        });
        for (const rest of [...left, ...missing]) assertAlmostEquals(rest, 0, 1e-11);
      }
    }
  }
});

Deno.test("quadraticTransport() agrees with Dykstra's projections", () => {
  const { a, b, cost } = _draw("uniform", "dense", 4, 3), epsilon = 2;
  const { plan } = quadraticTransport({ a, b, cost }, epsilon);
  const projected = _dykstra({ a, b, cost }, epsilon);
  plan.forEach((flow, k) => assertAlmostEquals(flow, projected[k], 1e-9));
  assert(plan.some((flow) => flow === 0) && plan.filter((flow) => flow > 0).length > 6);
});

Deno.test("quadraticTransport() tends to the exact plan as epsilon falls, and to a b^T as it grows", () => {
  const { a, b, cost } = _draw("uniform", "dense", 8, 6), exact = emd(a, b, cost);
  assert(exact.unique);
  const cheap = quadraticTransport({ a, b, cost }, 1e-4).plan;
  cheap.forEach((flow, k) => assertAlmostEquals(flow, exact.plan[k], 1e-11));
  // The least sum of squares with these marginals, where that is positive.
  const even = quadraticTransport({ a: a.fill(1 / 8), b: b.fill(1 / 6), cost }, 1e6).plan;
  even.forEach((flow) => assertAlmostEquals(flow, 1 / 48, 1e-6));
});

Deno.test("quadraticTransport() takes few steps", () => {
  for (const epsilon of [1e-6, 1e-2, 1, 100]) {
    const problem = _draw("distances in the plane", "dense", 30, 40);
    const { iterations } = quadraticTransport(problem, epsilon);
    assert(iterations > 0 && iterations < 20, `${iterations} at ${epsilon}`);
  }
});

/**
 * The plan is the point of the polytope of plans that is nearest to -C / epsilon: project in turn on
 * the plans of either marginal and on those without negative entries, with Dykstra's corrections.
 */
function _dykstra({ a, b, cost }: TransportProblem, epsilon: number): Float64Array {
  const n = a.length, m = b.length;
  let plan = cost.map((c) => -c / epsilon), correction = new Float64Array(n * m);
  for (let round = 0; round < 20_000; round++) {
    const row = new Float64Array(n), column = new Float64Array(m);
    plan.forEach((flow, k) => row[Math.floor(k / m)] += flow);
    plan = plan.map((flow, k) => flow + (a[Math.floor(k / m)] - row[Math.floor(k / m)]) / m);
    plan.forEach((flow, k) => column[k % m] += flow);
    plan = plan.map((flow, k) => flow + (b[k % m] - column[k % m]) / n);
    const corrected = plan.map((flow, k) => flow + correction[k]);
    plan = corrected.map((flow) => Math.max(0, flow));
    correction = corrected.map((flow, k) => flow - plan[k]);
  }
  return plan;
}
