import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd, emd2 } from "../../src/transport/emd.ts";
import { costGradient, massGradients, positionGradients } from "../../src/transport/gradients.ts";
import { randomMetric } from "../_support/histograms.ts";
import { drawProblem } from "../_support/transport_problems.ts";

const STEP = 1e-5;

Deno.test("massGradients() agrees with finite differences of moved mass", () => {
  for (let trial = 0; trial < 10; trial++) {
    const random = new RandomStream(111, "mass gradients", trial);
    const { a, b, cost } = drawProblem("uniform", "dense", 7, 5, random);
    const result = emd(a, b, cost), gradients = massGradients(result);
    assert(result.unique);
    for (let i = 0; i < 7; i++) {
      const k = (i + 3) % 7;
      const slope = _slope((by) => emd2(_move(a, k, i, by), b, cost));
      assertAlmostEquals(slope, gradients.a[i] - gradients.a[k], 1e-6);
    }
    for (let j = 0; j < 5; j++) {
      const k = (j + 2) % 5;
      const slope = _slope((by) => emd2(a, _move(b, k, j, by), cost));
      assertAlmostEquals(slope, gradients.b[j] - gradients.b[k], 1e-6);
    }
  }
});

Deno.test("massGradients() is right for a metric, too, where common mass cancels", () => {
  for (let trial = 0; trial < 10; trial++) {
    const random = new RandomStream(112, "metric", trial), cost = randomMetric(8, random);
    const { a, b } = drawProblem("zero", "dense", 8, 8, random);
    const result = emd(a, b, cost), gradients = massGradients(result);
    assertEquals([result.method, result.unique], ["metric_simplex", true]);
    for (let i = 0; i < 8; i++) {
      const k = (i + 3) % 8;
      const slope = _slope((by) => emd2(_move(a, k, i, by), b, cost));
      assertAlmostEquals(slope, gradients.a[i] - gradients.a[k], 1e-6);
    }
  }
});

Deno.test("massGradients() has mean zero and does not depend on the scale of the masses", () => {
  const { a, b, cost } = drawProblem("uniform", "dense", 6, 6, new RandomStream(113, "mean"));
  const gradients = massGradients(emd(a, b, cost));
  const scaled = massGradients(emd(a.map((m) => 10 * m), b.map((m) => 10 * m), cost));
  for (const side of ["a", "b"] as const) {
    assertAlmostEquals(gradients[side].reduce((sum, g) => sum + g, 0), 0, 1e-14);
    gradients[side].forEach((g, k) => assertAlmostEquals(scaled[side][k], g, 1e-12));
  }
});

Deno.test("massGradients() gives the worked example", () => {
  const distances = Float64Array.of(0, 1, 3, 1, 0, 2, 3, 2, 0);
  const { a } = massGradients(emd([0.2, 0.5, 0.3], [0.4, 0.1, 0.5], distances));
  [0, 1, -1].forEach((expected, k) => assertAlmostEquals(a[k], expected, 1e-15));
});

Deno.test("massGradients() bounds the growth of the value where it has a kink", () => {
  const { a, b, cost } = drawProblem("small integers", "sparse", 6, 6, new RandomStream(114, "k"));
  const value = emd2(a, b, cost), gradients = massGradients(emd(a, b, cost));
  for (let i = 0; i < 6; i++) {
    for (let k = 0; k < 6; k++) {
      if (a[k] === 0 || i === k) continue;
      const growth = emd2(_move(a, k, i, 0.01), b, cost) - value;
      assert(growth >= 0.01 * (gradients.a[i] - gradients.a[k]) - 1e-12);
    }
  }
});

Deno.test("costGradient() agrees with finite differences of costs", () => {
  const { a, b, cost } = drawProblem("uniform", "dense", 5, 6, new RandomStream(115, "costs"));
  const result = emd(a, b, cost), gradient = costGradient(result);
  assert(result.unique);
  for (let k = 0; k < cost.length; k++) {
    const slope = _slope((by) => emd2(a, b, cost.with(k, cost[k] + by)));
    assertAlmostEquals(slope, gradient[k], 1e-6);
  }
});

Deno.test("positionGradients() agrees with finite differences of positions", () => {
  for (const p of [1, 2, 3]) {
    for (const dimension of [1, 2, 3]) {
      const random = new RandomStream(116, `dimension ${dimension}`, p);
      const { a, b } = drawProblem("zero", "dense", 5, 4, random);
      const draw = (count: number) =>
        Float64Array.from({ length: count * dimension }, () => random.uniform());
      const X = draw(5), Y = draw(4);
      const result = emd(a, b, _costs(X, Y, dimension, p));
      const gradients = positionGradients(result, X, Y, { dimension, p });
      // On a line with p = 1 the plan is not unique, while the slopes are.
      assert(result.unique || (p === 1 && dimension === 1));
      const total = a.reduce((sum, mass) => sum + mass, 0);
      for (let k = 0; k < X.length; k++) {
        const value = (by: number) => emd2(a, b, _costs(X.with(k, X[k] + by), Y, dimension, p));
        assertAlmostEquals(_slope(value) / total, gradients.X[k] / total, 1e-6);
      }
      for (let k = 0; k < Y.length; k++) {
        const value = (by: number) => emd2(a, b, _costs(X, Y.with(k, Y[k] + by), dimension, p));
        assertAlmostEquals(_slope(value) / total, gradients.Y[k] / total, 1e-6);
      }
    }
  }
});

Deno.test("positionGradients() takes zero where points coincide", () => {
  const gradients = positionGradients(emd([1], [1], [0]), [3, 4], [3, 4], { dimension: 2 });
  assertEquals([...gradients.X, ...gradients.Y], [0, 0, 0, 0]);
});

Deno.test("positionGradients() refuses what does not belong together", () => {
  const result = emd([1, 1], [2], [1, 2]), start = "Cannot compute position gradients:";
  assertThrows(
    () => positionGradients(result, [1, 2, 3], [0], { dimension: 1 }),
    TypeError,
    `${start} X must have length 2 * 1 = 2, current length is 3`,
  );
  assertThrows(
    () => positionGradients(result, [1, 2], [], { dimension: 1 }),
    TypeError,
    `${start} Y must have length 1 * 1 = 1, current length is 0`,
  );
  assertThrows(
    () => positionGradients(result, [1, 3], [0], { dimension: 1 }),
    RangeError,
    `${start} the cost from bin 1 to bin 0 must be the distance to the power 1, 3, current value is 2`,
  );
  assertThrows(
    () => positionGradients(result, [1, NaN], [0], { dimension: 1 }),
    RangeError,
    `${start} the cost from bin 1 to bin 0 must be the distance to the power 1, NaN, current value is 2`,
  );
  assertThrows(
    () => positionGradients(result, [1, 2], [0], { dimension: 0 }),
    RangeError,
    `${start} dimension must be a positive integer, current value is 0`,
  );
  assertThrows(
    () => positionGradients(result, [1, 2], [0], { dimension: 1, p: 0.5 }),
    RangeError,
    `${start} p must be finite and >= 1, current value is 0.5`,
  );
});

function _slope(value: (by: number) => number): number {
  return (value(STEP) - value(-STEP)) / (2 * STEP);
}

function _move(masses: Float64Array, from: number, to: number, by: number): Float64Array {
  const moved = masses.slice();
  moved[from] -= by;
  moved[to] += by;
  return moved;
}

function _costs(X: Float64Array, Y: Float64Array, dimension: number, p: number): Float64Array {
  const n = X.length / dimension, m = Y.length / dimension;
  return Float64Array.from({ length: n * m }, (_, k) => {
    const i = Math.floor(k / m) * dimension, j = (k % m) * dimension;
    let square = 0;
    for (let axis = 0; axis < dimension; axis++) square += (X[i + axis] - Y[j + axis]) ** 2;
    return Math.sqrt(square) ** p;
  });
}
