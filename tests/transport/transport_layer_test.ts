import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd } from "../../src/transport/emd.ts";
import { massGradients } from "../../src/transport/gradients.ts";
import { transportLayer } from "../../src/transport/transport_layer.ts";
import { quadraticTransport } from "../../src/transport/transport_layer_quadratic.ts";
import { drawProblem } from "../_support/transport_problems.ts";

const N = 6, M = 5;

/** A problem of total one and slopes of a function of its plan. */
function _draw(trial: number) {
  const random = new RandomStream(181, "layer", trial);
  const { a, b, cost } = drawProblem("uniform", "dense", N, M, random);
  const total = a.reduce((sum, mass) => sum + mass, 0);
  return {
    a: a.map((mass) => mass / total),
    b: b.map((mass) => mass / total),
    cost,
    slopes: Float64Array.from({ length: N * M }, () => random.normal()),
  };
}

function _dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

Deno.test("transportLayer() has the derivatives of the plan that finite differences see", () => {
  for (const regularisation of [0, 1e-3, 0.1, 1, 10]) {
    for (let trial = 0; trial < 3; trial++) {
      const { a, b, cost, slopes } = _draw(trial), options = { regularisation };
      const layer = transportLayer(a, b, cost, options);
      assert(layer.differentiable);
      const found = layer.pullback(slopes);
      const at = (a: Float64Array, b: Float64Array, cost: Float64Array) =>
        _dot(slopes, transportLayer(a, b, cost, options).plan);
      const step = 1e-7;
      const slope = (run: (by: number) => number) => (run(step) - run(-step)) / (2 * step);
      const moved = (masses: Float64Array, k: number, by: number) => {
        const l = (k + 1) % masses.length;
        return masses.with(k, masses[k] + by).with(l, masses[l] - by);
      };
      const largest = Math.max(...found.cost.map(Math.abs), 1);
      for (let i = 0; i < N; i++) {
        const expected = found.a[i] - found.a[(i + 1) % N];
        assertAlmostEquals(slope((by) => at(moved(a, i, by), b, cost)), expected, 1e-6);
      }
      for (let j = 0; j < M; j++) {
        const expected = found.b[j] - found.b[(j + 1) % M];
        assertAlmostEquals(slope((by) => at(a, moved(b, j, by), cost)), expected, 1e-6);
      }
      for (let k = 0; k < N * M; k++) {
        const run = (by: number) => at(a, b, cost.with(k, cost[k] + by));
        assertAlmostEquals(slope(run), found.cost[k], 1e-5 * largest);
      }
    }
  }
});

Deno.test("transportLayer() without regularisation gives the envelope theorem back", () => {
  const { a, b, cost } = _draw(7), exact = emd(a, b, cost), potentials = massGradients(exact);
  const layer = transportLayer(a, b, cost);
  assertEquals(layer.plan, exact.plan);
  assertAlmostEquals(layer.value, exact.value, 1e-14);
  const slopes = layer.pullback(cost);
  slopes.a.forEach((slope, i) => assertAlmostEquals(slope, potentials.a[i], 1e-12));
  slopes.b.forEach((slope, j) => assertAlmostEquals(slope, potentials.b[j], 1e-12));
  assert(slopes.cost.every((slope) => slope === 0));
});

Deno.test("transportLayer() with regularisation gives its envelope theorem back", () => {
  // Of sum P C + epsilon / 2 sum P^2 the slopes in P are C + epsilon P; those in a are u.
  const { a, b, cost } = _draw(8), epsilon = 0.7;
  const { potentials } = quadraticTransport({ a, b, cost }, epsilon);
  const layer = transportLayer(a, b, cost, { regularisation: epsilon });
  const slopes = layer.pullback(layer.plan.map((flow, k) => cost[k] + epsilon * flow));
  const mean = potentials.a.reduce((sum, u) => sum + u, 0) / N;
  slopes.a.forEach((slope, i) => assertAlmostEquals(slope, potentials.a[i] - mean, 1e-10));
  slopes.cost.forEach((slope) => assertAlmostEquals(slope, 0, 1e-10));
});

Deno.test("transportLayer() takes bins without mass and leaves their pairs alone", () => {
  const { a, b, cost, slopes } = _draw(9);
  const empty = a.with(2, 0).with(3, a[3] + a[2]);
  for (const regularisation of [0, 0.5]) {
    const layer = transportLayer(empty, b, cost, { regularisation });
    const found = layer.pullback(slopes);
    assert(layer.plan.subarray(2 * M, 3 * M).every((flow) => flow === 0));
    assert([...found.a, ...found.b, ...found.cost].every(Number.isFinite));
    assert(found.cost.subarray(2 * M, 3 * M).every((slope) => slope === 0));
  }
});

Deno.test("transportLayer() says where the plan has a kink", () => {
  // Two equal masses are assigned: a little less here would send mass a new way.
  assertEquals(transportLayer([1, 1], [1, 1], [0, 1, 1, 0]).differentiable, false);
  assertEquals(transportLayer([1, 2], [2, 1], [0, 3, 1, 0]).differentiable, true);
});

Deno.test("transportLayer() refuses a negative weight and slopes that do not fit", () => {
  for (const regularisation of [-1, NaN, Infinity]) {
    assertThrows(
      () => transportLayer([1], [1], [0], { regularisation }),
      RangeError,
      `Cannot compute a transport plan: regularisation must be finite and >= 0, current value is ${regularisation}`,
    );
  }
  assertThrows(
    () => transportLayer([1], [1], [0]).pullback([1, 2]),
    TypeError,
    "Cannot differentiate a transport plan: slopes must have length 1 * 1 = 1, current length is 2",
  );
});
