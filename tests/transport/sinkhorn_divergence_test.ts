import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import {
  sinkhornDivergence,
  SinkhornDivergenceSolver,
} from "../../src/transport/sinkhorn_divergence.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";
import { plainSinkhorn } from "./_plain_sinkhorn.ts";

const M = [0, 1, 3, 1, 0, 2, 3, 2, 0], A = [0.2, 0.5, 0.3], B = [0.4, 0.1, 0.5];

Deno.test("sinkhornDivergence() gives worked values, terms and gradient", () => {
  const worked: [number, number, number[]][] = [
    [1, 0.23803167, [0.9735781, 0.72794711, 0.74314574]],
    [0.1, 0.5429411, [0.64158883, 0.10296243, 0.09433302]],
  ];
  for (const method of ["newton", "sinkhorn"] as const) {
    for (const [epsilon, value, terms] of worked) {
      const result = sinkhornDivergence(A, B, M, { epsilon, method });
      assertAlmostEquals(result.value, value, 1e-8);
      const { ab, aa, bb } = result.terms;
      [ab, aa, bb].forEach((term, k) => assertAlmostEquals(term, terms[k], 1e-8));
      assertEquals(result.status, "converged");
    }
    const { gradients } = sinkhornDivergence(A, B, M, { epsilon: 1, method });
    [0.01087747, 0.67289503, -0.68377249].forEach((slope, k) =>
      assertAlmostEquals(gradients.a[k], slope, 1e-8)
    );
  }
});

Deno.test("sinkhornDivergence() agrees with three iterations in the plain domain", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    if (kind === "twelve decades of mass") continue; // the plain iteration loses the small ones
    const { x, y } = drawPair(kind, 12, new RandomStream(111, kind)), epsilon = 0.8;
    const cost = _line(12),
      plain = (p: Float64Array, q: Float64Array) => plainSinkhorn(p, q, cost, epsilon).value;
    const expected = plain(x, y) - (plain(x, x) + plain(y, y)) / 2;
    assertAlmostEquals(sinkhornDivergence(x, y, cost, { epsilon }).value, expected, 1e-9, kind);
  }
});

Deno.test("sinkhornDivergence() lies between nothing and the exact EMD's limit", () => {
  const cost = _line(20);
  for (let trial = 0; trial < 10; trial++) {
    const { x, y } = drawPair("sparse", 20, new RandomStream(112, "limits", trial));
    const exact = emd2(x, y, cost);
    const near = sinkhornDivergence(x, y, cost, { epsilon: 1e-3 }).value;
    assertAlmostEquals(near, exact, 0.01);
    // Half the energy distance: (x - y) M (y - x) / 2.
    let energy = 0;
    for (let k = 0; k < 400; k++) {
      const i = Math.floor(k / 20), j = k % 20;
      energy -= cost[k] * (x[i] - y[i]) * (x[j] - y[j]) / 2;
    }
    const far = sinkhornDivergence(x, y, cost, { epsilon: 1e5 }).value;
    assertAlmostEquals(far, energy, 2e-3 * energy + 1e-9);
  }
});

Deno.test("sinkhornDivergence() vanishes with its gradient at equality", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (const epsilon of [1, 0.05]) {
      const { x } = drawPair(kind, 15, new RandomStream(113, kind));
      const { value, gradients, marginalError } = sinkhornDivergence(x, x, _line(15), { epsilon });
      assertAlmostEquals(value, 0, 1e-12);
      assert(value >= 0 && marginalError <= 1e-9);
      for (const slope of [...gradients.a, ...gradients.b]) {
        assertAlmostEquals(slope, 0, 1e-4, kind);
      }
    }
  }
});

Deno.test("sinkhornDivergence() has the gradients that finite differences see, of sum zero", () => {
  const { x, y } = drawPair("dense", 10, new RandomStream(114, "gradient"));
  const cost = _line(10), options = { epsilon: 0.5, tolerance: 1e-12 };
  const at = (p: Float64Array, q: Float64Array) => sinkhornDivergence(p, q, cost, options).value;
  const { gradients } = sinkhornDivergence(x, y, cost, options);
  const step = 1e-6;
  const move = (p: Float64Array, k: number, by: number) => p.with(0, p[0] - by).with(k, p[k] + by);
  for (let k = 1; k < 10; k++) {
    const inX = (at(move(x, k, step), y) - at(move(x, k, -step), y)) / (2 * step);
    assertAlmostEquals(gradients.a[k] - gradients.a[0], inX, 1e-7);
    const inY = (at(x, move(y, k, step)) - at(x, move(y, k, -step))) / (2 * step);
    assertAlmostEquals(gradients.b[k] - gradients.b[0], inY, 1e-7);
  }
  for (const gradient of [gradients.a, gradients.b]) {
    assertAlmostEquals(gradient.reduce((sum, slope) => sum + slope, 0), 0, 1e-13);
  }
});

Deno.test("SinkhornDivergenceSolver solves rows of batches, and repeats itself", () => {
  const solver = new SinkhornDivergenceSolver(Float64Array.from(M), 3, { epsilon: 0.1 });
  const expected = sinkhornDivergence(A, B, M, { epsilon: 0.1 });
  const gradient = new Float64Array(6).fill(7);
  for (let time = 0; time < 2; time++) {
    assertEquals(solver.solve([9, 9, 9, ...A], 3, [9, ...B], 1), expected.value);
    solver.gradients(undefined, 0, gradient, 2);
    assertEquals([...gradient], [7, 7, ...expected.gradients.b, 7]);
    assertEquals(solver.iterations, expected.iterations);
  }
});

Deno.test("sinkhornDivergence() takes masses as given, and says where it is cut off", () => {
  const ten = (masses: number[]) => masses.map((mass) => 10 * mass);
  const scaled = sinkhornDivergence(ten(A), ten(B), M, { epsilon: 1 });
  assertAlmostEquals(scaled.value, 2.3803167, 1e-6);
  const cut = sinkhornDivergence(A, B, M, { epsilon: 0.01, maxIterations: 5 });
  assertEquals(cut.status, "iteration_limit");
});

Deno.test("sinkhornDivergence() refuses bad input, naming the offender", () => {
  const refuse = (run: () => unknown, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, text);
  const start = "Cannot compute Sinkhorn divergence:";
  refuse(
    () => sinkhornDivergence(A, [1], M, { epsilon: 1 }),
    TypeError,
    `${start} b must have length 3`,
  );
  refuse(
    () => sinkhornDivergence(A, B, M.with(1, 2), { epsilon: 1 }),
    RangeError,
    `${start} M[1, 0] must equal M[0, 1] = 2, current value is 1`,
  );
  refuse(
    () => sinkhornDivergence(A, B, M.with(4, 2), { epsilon: 1 }),
    RangeError,
    `${start} M[1, 1] must be 0, current value is 2`,
  );
  refuse(() => sinkhornDivergence(A, B, M, { epsilon: NaN }), RangeError, "epsilon must be finite");
});

/** Distances between bins in a row. */
function _line(size: number): Float64Array {
  return Float64Array.from(
    { length: size * size },
    (_, k) => Math.abs(Math.floor(k / size) - k % size),
  );
}
