import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { certify } from "../../../src/transport/certify.ts";
import { networkSimplex } from "../../../src/transport/network_simplex/solver.ts";
import type { TransportProblem } from "../../../src/transport/types.ts";
import { waferDistances } from "../../../src/wafer/mod.ts";
import { transportByLinearProgram } from "../../_support/linear_program.ts";
import { allKinds, drawProblem } from "../../_support/transport_problems.ts";

Deno.test("networkSimplex() agrees with the textbook simplex method", () => {
  for (const [costs, masses] of allKinds()) {
    for (const [n, m] of [[1, 1], [1, 6], [6, 1], [2, 2], [3, 5], [5, 3], [6, 6]]) {
      for (let trial = 0; trial < 4; trial++) {
        const random = new RandomStream(21, `${costs}, ${masses}, ${n} x ${m}`, trial);
        const problem = drawProblem(costs, masses, n, m, random);
        const expected = transportByLinearProgram(problem.a, problem.b, problem.cost);
        const { value } = _solveAndProve(problem, `${costs}, ${masses}, ${n} x ${m}`);
        assertAlmostEquals(value, expected, 1e-10 * (1 + expected));
      }
    }
  }
});

Deno.test("networkSimplex() proves itself on hundreds of bins", () => {
  for (const [costs, masses] of allKinds()) {
    for (const [n, m] of [[150, 150], [20, 400], [400, 20]]) {
      const random = new RandomStream(22, `${costs}, ${masses}, ${n} x ${m}`);
      _solveAndProve(drawProblem(costs, masses, n, m, random), `${costs}, ${masses}, ${n} x ${m}`);
    }
  }
});

Deno.test("networkSimplex() prices rows longer than it takes at once", () => {
  _solveAndProve(drawProblem("uniform", "dense", 5, 2500, new RandomStream(23, "wide")), "wide");
});

Deno.test("networkSimplex() of unit masses is the best assignment", () => {
  for (let size = 1; size <= 7; size++) {
    for (let trial = 0; trial < 5; trial++) {
      const random = new RandomStream(24, "assignment", 10 * size + trial);
      const problem = drawProblem("uniform", "equal masses", size, size, random);
      problem.a.fill(1);
      problem.b.fill(1);
      assertAlmostEquals(networkSimplex(problem).value, _bestAssignment(problem.cost, size), 1e-12);
    }
  }
});

Deno.test("networkSimplex() does not depend on the scale of masses and costs", () => {
  const problem = drawProblem("uniform", "dense", 30, 40, new RandomStream(25, "scale"));
  const { value } = networkSimplex(problem);
  for (const [mass, cost] of [[1e300, 1e-200], [1e-300, 1e200], [1e-300, 1e-3], [1, 1e300]]) {
    const scaled = {
      a: problem.a.map((x) => mass * x),
      b: problem.b.map((x) => mass * x),
      cost: problem.cost.map((x) => cost * x),
    };
    const result = _solveAndProve(scaled, `masses times ${mass}, costs times ${cost}`);
    assertAlmostEquals(result.value / mass / cost, value, 1e-12 * value);
  }
});

Deno.test("networkSimplex() ends where large potentials leave a small one of each other", () => {
  // Masses of two wafers and squared distances of their cells, on which pivots on the rounding of a
  // potential near zero once went round for ever.
  // deno-fmt-ignore
  const a = [
    10, 26, 50, 106, 9, 2, 20, 29, 24, 9, 60, 48, 35, 14, 38, 9, 101, 35, 50, 26, 39, 16, 0, 34,
    18, 2, 0, 82, 38, 16, 62, 64, 30, 84, 6, 25, 22, 11, 62, 48, 8, 34, 14, 68, 28, 36, 357, 1563,
  ];
  // deno-fmt-ignore
  const b = [
    6, 26, 40, 46, 2, 21, 34, 46, 7, 12, 15, 22, 2, 4, 5, 4, 2, 36, 42, 46, 5, 34, 35, 42,
    9, 39, 27, 24, 2, 2, 4, 3, 4, 43, 46, 46, 2, 35, 40, 44, 8, 14, 38, 23, 2, 2, 3, 2,
  ];
  const cost = waferDistances().map((distance) => distance ** 2);
  _solveAndProve({ a: _fractions(a), b: _fractions(b), cost }, "two wafers");
});

Deno.test("networkSimplex() keeps small costs apart beside forbidden arcs", () => {
  for (let trial = 0; trial < 20; trial++) {
    const random = new RandomStream(29, "forbidden arcs", trial), size = 40;
    // A plan on some of the arcs, at least one a row; all other arcs are forbidden.
    const plan = new Float64Array(size * size).map((_, k) =>
      k % (size + 1) === 0 || random.uniform() < 0.1 ? random.exponential() : 0
    );
    const a = new Float64Array(size), b = new Float64Array(size);
    plan.forEach((mass, k) => {
      a[Math.floor(k / size)] += mass;
      b[k % size] += mass;
    });
    const allowed = plan.map((mass) => mass > 0 ? random.uniform() : Infinity);
    const [near, far] = [1e3, 1e12].map((price) =>
      networkSimplex({ a, b, cost: allowed.map((c) => Math.min(c, price)) })
    );
    assertEquals(far.status, "optimal");
    assertAlmostEquals(far.value, near.value, 1e-9 * near.value);
  }
});

Deno.test("networkSimplex() gives empty bins potentials that bound what mass there would add", () => {
  const problem = drawProblem("uniform", "sparse", 12, 9, new RandomStream(26, "empty bins"));
  const solution = networkSimplex(problem), { a, b } = solution.potentials();
  const step = 1e-6;
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j < 9; j++) {
      const more = { ...problem, a: problem.a.slice(), b: problem.b.slice() };
      more.a[i] += step;
      more.b[j] += step;
      const growth = (networkSimplex(more).value - solution.value) / step;
      assert(growth >= a[i] + b[j] - 1e-8, `bins ${i} and ${j}: ${growth} < ${a[i] + b[j]}`);
    }
  }
});

Deno.test("networkSimplex() stops at the cap and says so", () => {
  const problem = drawProblem("uniform", "dense", 40, 40, new RandomStream(27, "cap"));
  const free = networkSimplex(problem);
  assertEquals(free.status, "optimal");
  for (const maxPivots of [0, 1, free.pivots - 1]) {
    const stopped = networkSimplex(problem, { maxPivots });
    assertEquals([stopped.status, stopped.pivots], ["iteration_limit", maxPivots]);
    assert(stopped.value > free.value, "the value of a stopped solve is an upper bound");
    const result = { ...stopped, problem, plan: stopped.plan(), potentials: stopped.potentials() };
    const { optimal, dualInfeasibility, gap } = certify(result);
    assertEquals([optimal, dualInfeasibility < 1e-15], [false, true]);
    assert(stopped.value - gap <= free.value + 1e-12, "the potentials still bound from below");
  }
  assertEquals(networkSimplex(problem, { maxPivots: free.pivots }).status, "optimal");
});

Deno.test("networkSimplex() changes none of its input", () => {
  const problem = drawProblem("uniform", "sparse", 8, 8, new RandomStream(28, "input"));
  const copy = structuredClone(problem);
  const solution = networkSimplex(problem);
  solution.plan();
  solution.potentials();
  assertEquals(problem, copy);
});

function _solveAndProve(problem: TransportProblem, what: string): { value: number } {
  const solution = networkSimplex(problem);
  assertEquals(solution.status, "optimal", what);
  const { value } = solution, plan = solution.plan(), potentials = solution.potentials();
  const certificate = certify({ problem, value, plan, potentials });
  assert(certificate.optimal, `${what}: ${JSON.stringify(certificate)}`);
  return solution;
}

function _fractions(masses: readonly number[]): Float64Array {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Float64Array.from(masses, (mass) => mass / total);
}

function _bestAssignment(cost: Float64Array, size: number, row = 0, taken = 0): number {
  if (row === size) return 0;
  let best = Infinity;
  for (let column = 0; column < size; column++) {
    if (taken & 1 << column) continue;
    const rest = _bestAssignment(cost, size, row + 1, taken | 1 << column);
    best = Math.min(best, cost[row * size + column] + rest);
  }
  return best;
}
