import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { certify } from "../../src/transport/certify.ts";
import { emd } from "../../src/transport/emd.ts";
import { drawProblem } from "../_support/transport_problems.ts";

const problem = drawProblem("uniform", "dense", 6, 5, new RandomStream(81, "certify"));
const result = emd(problem.a, problem.b, problem.cost);

Deno.test("certify() proves an optimal result", () => {
  const { optimal, marginalError, leastFlow, dualInfeasibility, gap, valueError } = certify(result);
  assert(optimal);
  for (const error of [marginalError, leastFlow, dualInfeasibility, gap, valueError]) {
    assertAlmostEquals(error, 0, 1e-13);
  }
});

Deno.test("certify() gives errors by hand", () => {
  const certificate = certify({
    problem: { a: Float64Array.of(2, 1), b: Float64Array.of(3), cost: Float64Array.of(4, 5) },
    value: 10,
    plan: Float64Array.of(2.5, -0.25),
    potentials: { a: Float64Array.of(4, 4), b: Float64Array.of(0.5) },
  });
  assertEquals(certificate, {
    optimal: false,
    marginalError: 1.25, // row 1 gives -0.25 in place of 1
    leastFlow: -0.25,
    dualInfeasibility: 0.5, // 4 + 0.5 - 4
    gap: 2.5 * 4 - 0.25 * 5 - (2 * 4 + 1 * 4 + 3 * 0.5),
    valueError: 1.25, // 10 - 8.75
  });
});

Deno.test("certify() finds out whatever is wrong", () => {
  const { plan, potentials, value } = result;
  const change = (array: Float64Array, at: number, by: number) => array.with(at, array[at] + by);
  const used = plan.findIndex((flow) => flow > 0.1);
  const wrong: Record<string, Partial<typeof result>> = {
    "a flow": { plan: change(plan, used, 1e-6) },
    "a cycle of flow that is not optimal": { plan: _turned(plan, 5) },
    "a potential that is too high": {
      potentials: { ...potentials, a: change(potentials.a, 2, 1e-6) },
    },
    "a potential that is too low": {
      potentials: { ...potentials, b: change(potentials.b, 3, -1e-6) },
    },
    "the value": { value: value + 1e-6 },
    "not a number": { value: NaN },
    "a flow that is not a number": { plan: plan.with(0, NaN) },
    "a potential that is not a number": {
      potentials: { ...potentials, a: potentials.a.with(0, NaN) },
    },
  };
  for (const [what, part] of Object.entries(wrong)) {
    assertEquals(certify({ ...result, ...part }).optimal, false, what);
  }
  assert(certify({ ...result, value: value + 1e-6 }, { tolerance: 1e-5 }).optimal);
});

Deno.test("certify() finds out what shows in one error alone", () => {
  const [a, b] = [Float64Array.of(2, 1, 0), Float64Array.of(1, 2, 0)];
  const free = emd(a, b, new Float64Array(9));
  const onlyError = (part: Partial<typeof result>) => {
    const { optimal, ...errors } = certify({ ...free, ...part });
    assertEquals(optimal, false);
    return Object.entries(errors).filter(([, error]) => error !== 0).map(([name]) => name);
  };
  const { a: u, b: v } = free.potentials;
  // Nothing costs anything, so that neither gap nor value show a wrong plan.
  assertEquals(onlyError({ plan: Float64Array.of(1, 1, 0, 0, 0, 0, 0, 0, 0) }), ["marginalError"]);
  assertEquals(onlyError({ plan: Float64Array.of(3, -1, 0, -2, 3, 0, 0, 0, 0) }), ["leastFlow"]);
  // The last bins are empty, so that the dual value does not show their potentials.
  assertEquals(onlyError({ potentials: { a: u.with(2, 1), b: v } }), ["dualInfeasibility"]);
  assertEquals(onlyError({ value: 1e-9 }), ["valueError"]);
});

Deno.test("certify() allows for totals that differ as far as emd() takes them", () => {
  const a = problem.a.map((mass) => mass * (1 + 9e-10));
  assert(certify(emd(a, problem.b, problem.cost)).optimal);
});

Deno.test("certify() refuses arrays of other lengths", () => {
  assertThrows(
    () => certify({ ...result, plan: result.plan.subarray(1) }),
    TypeError,
    "Cannot certify a result: costs and plan must have length 6 * 5, potentials 6 and 5, current lengths are 30, 29, 6 and 5",
  );
});

/** Moves some mass around a cycle of two rows and two columns: the marginals stay. */
function _turned(plan: Float64Array, m: number): Float64Array {
  const turned = plan.slice();
  for (const [row, column, sign] of [[0, 0, 1], [0, 1, -1], [1, 1, 1], [1, 0, -1]]) {
    turned[row * m + column] += sign * 1e-3;
  }
  return turned;
}
