import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { sinkhorn } from "../../src/transport/sinkhorn.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";
import { allKinds, drawProblem } from "../_support/transport_problems.ts";
import { plainSinkhorn } from "./_plain_sinkhorn.ts";

const M = [0, 1, 3, 1, 0, 2, 3, 2, 0], A = [0.2, 0.5, 0.3], B = [0.4, 0.1, 0.5];

Deno.test("sinkhorn() gives worked values, by both methods", () => {
  for (const method of ["newton", "sinkhorn"] as const) {
    for (const [epsilon, value, cost] of [[1, 0.9735781, 0.69281141], [0.1, 0.64158883, 0.6]]) {
      const result = sinkhorn(A, B, M, { epsilon, method });
      assertAlmostEquals(result.value, value, 1e-8);
      assertAlmostEquals(result.transportCost, cost, 1e-8);
      assertEquals(result.status, "converged");
    }
  }
});

Deno.test("sinkhorn() agrees with an iteration in the plain domain", () => {
  for (const [costs, masses] of allKinds()) {
    if (costs === "with forbidden arcs") continue; // underflows there
    const random = new RandomStream(101, `${costs}, ${masses}`);
    const { a, b, cost } = drawProblem(costs, masses, 7, 5, random);
    const total = a.reduce((sum, mass) => sum + mass, 0);
    // Far costs need a larger epsilon, or the plain iteration does not arrive.
    const epsilon = 0.05 * Math.max(1, ...cost);
    const expected = plainSinkhorn(a.map((x) => x / total), b.map((x) => x / total), cost, epsilon);
    const result = sinkhorn(a, b, cost, { epsilon });
    assertEquals(result.status, "converged");
    const scale = total * Math.max(...cost, 1);
    assertAlmostEquals(result.value / scale, total * expected.value / scale, 1e-9);
    assertAlmostEquals(result.transportCost / scale, total * expected.transportCost / scale, 1e-8);
    result.plan.forEach((mass, k) =>
      assertAlmostEquals(mass / total, expected.plan[Math.floor(k / 5)][k % 5], 1e-8)
    );
  }
});

Deno.test("sinkhorn() has the marginals that it promises", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    const random = new RandomStream(102, kind), { x, y } = drawPair(kind, 20, random);
    const cost = Float64Array.from({ length: 400 }, () => random.uniform());
    const { plan, marginalError, status, iterations } = sinkhorn(x, y, cost, { epsilon: 0.01 });
    assertEquals(status, "converged", kind);
    assert(iterations >= 1 && marginalError <= 1e-9);
    let missing = 0;
    for (let i = 0; i < 20; i++) {
      let row = 0, column = 0;
      for (let j = 0; j < 20; j++) {
        row += plan[i * 20 + j];
        column += plan[j * 20 + i];
      }
      assertAlmostEquals(row, x[i], 1e-13, kind);
      missing += Math.abs(column - y[i]);
    }
    assertAlmostEquals(missing, marginalError, 1e-13, kind);
  }
});

Deno.test("sinkhorn() comes down to the exact EMD as epsilon falls, however small", () => {
  const random = new RandomStream(103, "limit"), { x, y } = drawPair("sparse", 30, random);
  const points = Float64Array.from({ length: 60 }, () => 14 * random.uniform());
  const cost = Float64Array.from({ length: 900 }, (_, k) => {
    const i = Math.floor(k / 30), j = k % 30;
    return Math.hypot(points[2 * i] - points[2 * j], points[2 * i + 1] - points[2 * j + 1]);
  });
  const exact = emd2(x, y, cost);
  let before = Infinity;
  // The kernel exp(-M / epsilon) underflows from the third on.
  for (const epsilon of [1, 0.1, 0.01, 1e-3, 1e-4]) {
    const { value, transportCost, status } = sinkhorn(x, y, cost, { epsilon });
    assertEquals(status, "converged");
    assert(transportCost >= exact - 1e-7 && value >= transportCost);
    assert(value < before);
    before = value;
  }
  assertAlmostEquals(before, exact, 1e-3);
});

Deno.test("sinkhorn() potentials are gradients, of masses that are zero too", () => {
  const random = new RandomStream(104, "gradient");
  const cost = Float64Array.from({ length: 30 }, () => random.uniform());
  const a = [0.3, 0, 0.25, 0.25, 0.2], b = [0.2, 0.3, 0, 0.1, 0.25, 0.15];
  const options = { epsilon: 0.1, tolerance: 1e-12 };
  const { value, potentials } = sinkhorn(a, b, cost, options);
  // A little mass goes from bin 0 to bin k: along f, and to a kink-free extension where it was none.
  for (let k = 1; k < 5; k++) {
    const step = a[k] === 0 ? 1e-9 : 1e-6;
    const moved = sinkhorn(a.with(0, a[0] - step).with(k, a[k] + step), b, cost, options).value;
    assertAlmostEquals((moved - value) / step, potentials.a[k] - potentials.a[0], 1e-4, `a[${k}]`);
  }
  for (let k = 1; k < 6; k++) {
    const step = b[k] === 0 ? 1e-9 : 1e-6;
    const moved = sinkhorn(a, b.with(0, b[0] - step).with(k, b[k] + step), cost, options).value;
    assertAlmostEquals((moved - value) / step, potentials.b[k] - potentials.b[0], 1e-4, `b[${k}]`);
  }
});

Deno.test("sinkhorn() says so where it runs out of iterations, with a lower bound", () => {
  for (const method of ["newton", "sinkhorn"] as const) {
    const { value } = sinkhorn(A, B, M, { epsilon: 0.01, method });
    const cut = sinkhorn(A, B, M, { epsilon: 0.01, method, maxIterations: 8 });
    assertEquals(cut.status, "iteration_limit");
    assert(cut.marginalError > 1e-9 && cut.value < value);
    assert(cut.iterations <= 8 + 2 * 3 + 6, "a Newton step is not cut in the middle");
  }
});

Deno.test("sinkhorn() takes masses as given, single precision, and changes no input", () => {
  const [a, b, cost] = [A, B, M].map((numbers) => Float64Array.from(numbers));
  const ten = sinkhorn(a.map((x) => 10 * x), b.map((x) => 10 * x), cost, { epsilon: 1 });
  const one = sinkhorn(Float32Array.from(A), Float32Array.from(B), M, { epsilon: 1 });
  assertAlmostEquals(ten.value, 9.735781, 1e-6);
  assertAlmostEquals(ten.transportCost, 6.9281141, 1e-6);
  assertAlmostEquals(one.value, 0.9735781, 1e-6);
  assertEquals([[...a], [...b], [...cost]], [A, B, M]);
});

Deno.test("sinkhorn() refuses bad input, naming the offender", () => {
  const refuse = (run: () => unknown, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, `Cannot compute Sinkhorn: ${text}`);
  refuse(
    () => sinkhorn(A, B, [1, 2], { epsilon: 1 }),
    TypeError,
    "M must be flat, row-major, of length 3 * 3 = 9",
  );
  refuse(
    () => sinkhorn(A, B, M.with(5, -1), { epsilon: 1 }),
    RangeError,
    "M[5], the cost from bin 1 to bin 2, must be finite and >= 0, current value is -1",
  );
  refuse(() => sinkhorn([1, -1, 1], B, M, { epsilon: 1 }), RangeError, "a[1] must be finite");
  refuse(() => sinkhorn([1, 1, 1], B, M, { epsilon: 1 }), RangeError, "the totals of a and b");
  refuse(
    () => sinkhorn(A, B, M, { epsilon: 1e-9 }),
    RangeError,
    "epsilon must be at least 0.00000266 for costs up to 3 and a tolerance of 1e-9, or rounding " +
      "spoils the marginals, current value is 1e-9",
  );
});
