import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { certify } from "../../src/transport/certify.ts";
import { emd, emd2 } from "../../src/transport/emd.ts";
import { waferDistances } from "../../src/wafer/distances.ts";
import { drawPair, lineMetric, PAIR_KINDS, randomMetric } from "../_support/histograms.ts";
import { transportByLinearProgram } from "../_support/linear_program.ts";
import { allKinds, drawProblem } from "../_support/transport_problems.ts";

Deno.test("emd() gives the worked example, by either method", () => {
  const a = [0.2, 0.5, 0.3], b = [0.4, 0.1, 0.5], M = [0, 1, 3, 1, 0, 2, 3, 2, 0];
  const metric = emd(a, b, M);
  // One more bin on each side, without mass, keeps the problem from being square.
  const general = emd(a, [...b, 0], [0, 1, 3, 0, 1, 0, 2, 0, 3, 2, 0, 0]);
  assertEquals([metric.method, general.method], ["metric_simplex", "network_simplex"]);
  for (const [result, width] of [[metric, 3], [general, 4]] as const) {
    const { value, plan, potentials: { a: u }, status, unique } = result;
    assertAlmostEquals(value, 0.6, 1e-15);
    assertEquals([status, unique], ["optimal", true]);
    [[0.2, 0, 0], [0.2, 0.1, 0.2], [0, 0, 0.3]].forEach((row, i) =>
      row.forEach((mass, j) => assertAlmostEquals(plan[i * width + j], mass, 1e-15))
    );
    assertAlmostEquals(u[1] - u[0], 1, 1e-15);
    assertAlmostEquals(u[2] - u[0], -1, 1e-15);
  }
});

Deno.test("emd() does not cancel common mass where the cost is not a metric", () => {
  // The squared distance lets mass hop: POT gives 1.80690378, cancelling first 2.1217601.
  const fractions = (charge: (cell: number) => number) => {
    const charges = Float64Array.from({ length: 48 }, (_, cell) => charge(cell));
    const total = charges.reduce((sum, x) => sum + x, 0);
    return charges.map((x) => x / total);
  };
  const x = fractions((cell) => cell % 5), y = fractions((cell) => (3 * cell + 1) % 7);
  const squares = waferDistances().map((d) => d * d);
  const { value, method } = emd(x, y, squares);
  assertEquals(method, "network_simplex");
  assertAlmostEquals(value, 1.8069037812884223, 1e-12);
  const rest = (x: Float64Array, y: Float64Array) => x.map((mass, k) => Math.max(mass - y[k], 0));
  assertAlmostEquals(emd2(rest(x, y), rest(y, x), squares), 2.1217600970560, 1e-12);
});

Deno.test("emd() takes the fast path for a metric of at most 62 bins, and only then", () => {
  const flat = (size: number) => new Float64Array(size).fill(1);
  assertEquals(emd(flat(62), flat(62), lineMetric(62)).method, "metric_simplex");
  assertEquals(emd(flat(63), flat(63), lineMetric(63)).method, "network_simplex");
  const M = lineMetric(5);
  assertEquals(emd(flat(5), flat(5), M).method, "metric_simplex");
  M[1] = 2;
  assertEquals(emd(flat(5), flat(5), M).method, "network_simplex");
});

Deno.test("emd() proves itself on every kind of problem, and emd2() agrees", () => {
  for (const [costs, masses] of allKinds()) {
    for (const [n, m] of [[1, 1], [1, 5], [4, 1], [3, 5], [6, 6], [40, 30]]) {
      const what = `${costs}, ${masses}, ${n} x ${m}`;
      const { a, b, cost } = drawProblem(costs, masses, n, m, new RandomStream(121, what));
      const result = emd(a, b, cost);
      assertEquals(result.status, "optimal");
      assert(certify(result).optimal, `${what}: ${JSON.stringify(certify(result))}`);
      assertEquals(emd2(a, b, cost), result.value);
      if (n * m > 36) continue;
      const expected = transportByLinearProgram(a, b, cost);
      assertAlmostEquals(result.value, expected, 1e-10 * (1 + expected), what);
    }
  }
});

Deno.test("emd() for a metric agrees with the textbook simplex method and with itself", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let trial = 0; trial < 3; trial++) {
      const random = new RandomStream(122, kind, trial), size = 2 + trial * 2;
      for (const cost of [lineMetric(size), randomMetric(size, random)]) {
        const { x, y } = drawPair(kind, size, random);
        const result = emd(x, y, cost);
        assertEquals(result.method, "metric_simplex");
        assert(certify(result).optimal, kind);
        assertAlmostEquals(result.value, transportByLinearProgram(x, y, cost), 1e-9, kind);
      }
    }
  }
});

Deno.test("emd2() of ten times the masses is ten times as much", () => {
  for (const [costs, masses] of allKinds()) {
    const problem = drawProblem(costs, masses, 9, 9, new RandomStream(123, `${costs}, ${masses}`));
    const { a, b, cost } = problem, ten = (array: Float64Array) => array.map((x) => 10 * x);
    const value = emd2(a, b, cost);
    assertAlmostEquals(emd2(ten(a), ten(b), cost), 10 * value, 1e-12 * value);
    assertAlmostEquals(emd2(a, b, ten(cost)), 10 * value, 1e-12 * value);
  }
});

Deno.test("emd2() has the symmetries of the problem", () => {
  for (let trial = 0; trial < 10; trial++) {
    const { a, b, cost } = drawProblem(
      "uniform",
      "sparse",
      8,
      6,
      new RandomStream(124, "s", trial),
    );
    const value = emd2(a, b, cost), total = a.reduce((sum, mass) => sum + mass, 0);
    const transposed = cost.map((_, k) => cost[(k % 8) * 6 + Math.floor(k / 8)]);
    assertAlmostEquals(emd2(b, a, transposed), value, 1e-12 * value);
    // A constant more for each unit of mass.
    assertAlmostEquals(emd2(a, b, cost.map((c) => c + 3)), value + 3 * total, 1e-11 * total);
  }
});

Deno.test("emd() of equal histograms costs nothing and is at a kink", () => {
  for (const M of [lineMetric(4), lineMetric(4).map((d) => d * d)]) {
    const { value, unique } = emd([1, 2, 3, 4], [1, 2, 3, 4], M);
    assertEquals([value, unique], [0, false]);
  }
});

Deno.test("emd() works at extreme scales of mass", () => {
  for (const M of [lineMetric(4), lineMetric(4).map((d) => d * d)]) {
    const expected = emd2([1, 2, 0, 4], [3, 0, 3, 1], M);
    for (const scale of [1e-300, 1e300]) {
      const a = [1, 2, 0, 4].map((mass) => scale * mass);
      const b = [3, 0, 3, 1].map((mass) => scale * mass);
      assertAlmostEquals(emd2(a, b, M) / scale, expected, 1e-12);
      assert(certify(emd(a, b, M)).optimal);
    }
  }
});

Deno.test("emd() balances totals that differ by less than it refuses", () => {
  const { a, b, cost } = drawProblem("uniform", "dense", 6, 5, new RandomStream(125, "balance"));
  const result = emd(a, b.map((mass) => mass * (1 - 8e-10)), cost);
  assertAlmostEquals(result.value, emd2(a, b, cost), 1e-12 * result.value);
  assert(result.plan.every((mass) => mass >= 0));
});

Deno.test("emd() and emd2() refuse bad input", () => {
  for (const solve of [emd, emd2]) {
    assertThrows(
      () => solve([1, -2], [1], [0, 0]),
      RangeError,
      "Cannot compute EMD: a[1] must be finite and >= 0, current value is -2",
    );
    assertThrows(
      () => solve([1, 2], [4], [0, 0]),
      RangeError,
      "Cannot compute EMD: the totals of a and b must be equal, current values are 3 and 4",
    );
    assertThrows(
      () => solve([1e300], [1e300], [1e10]),
      RangeError,
      "Cannot compute EMD: the value overflows, masses times costs are too large",
    );
  }
});

Deno.test("emd() and emd2() say when they were stopped early", () => {
  const { a, b, cost } = drawProblem("uniform", "dense", 9, 9, new RandomStream(127, "stop"));
  const stopped = emd(a, b, cost, { maxPivots: 1 });
  assertEquals([stopped.status, stopped.pivots, stopped.unique], ["iteration_limit", 1, false]);
  assert(stopped.value > emd2(a, b, cost) && !certify(stopped).optimal);
  assertThrows(
    () => emd2(a, b, cost, { maxPivots: 1 }),
    Error,
    `Cannot compute EMD: no optimum after 1 pivots, the least cost found is ${stopped.value}`,
  );
});

Deno.test("emd() refers to its problem and changes nothing of it", () => {
  const { a, b, cost } = drawProblem("uniform", "dense", 4, 4, new RandomStream(126, "input"));
  const copies = structuredClone([a, b, cost]);
  const { problem } = emd(a, b, cost);
  assertEquals([a, b, cost], copies);
  assertEquals([problem.a, problem.b], [a, b]);
  assert(problem.cost === cost);
});
