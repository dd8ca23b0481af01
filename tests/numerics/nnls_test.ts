import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { nonNegativeLeastSquares, nonNegativeNormalEquations } from "../../src/numerics/nnls.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("nonNegativeLeastSquares() clips where columns are orthogonal", () => {
  // Columns (1, 1, 0), (1, -1, 0), (0, 0, 2): the unknowns do not know of each other.
  const matrix = [1, 1, 0, 1, -1, 0, 0, 0, 2];
  const { solution, residualNorm, dual } = nonNegativeLeastSquares(matrix, [1, 3, 4]);
  [2, 0, 2].forEach((value, j) => assertAlmostEquals(solution[j], value, 1e-12));
  assertAlmostEquals(residualNorm, Math.SQRT2, 1e-12);
  [0, -2, 0].forEach((value, j) => assertAlmostEquals(dual[j], value, 1e-12));
});

Deno.test("nonNegativeLeastSquares() solves by hand what clipping does not", () => {
  // Without the condition x = (3, -1); the minimum with it is at x_2 = 0, x_1 = A_1.b / A_1.A_1.
  const matrix = [1, 1, 0, 1], target = [2, -1];
  const { solution, residualNorm } = nonNegativeLeastSquares(matrix, target);
  assertEquals([...solution], [2, 0]);
  assertAlmostEquals(residualNorm, 1, 1e-12);
});

Deno.test("nonNegativeLeastSquares() finds what the target was made of", () => {
  const random = new RandomStream(1, "nnls");
  for (const [rows, columns] of [[8, 5], [30, 12], [200, 60]]) {
    const matrix = _random(rows * columns, random);
    const made = Float64Array.from({ length: columns }, (_, j) => j % 3 === 0 ? 0 : j % 5);
    const target = _product(matrix, made, rows);
    const { solution, residualNorm } = nonNegativeLeastSquares(matrix, target);
    solution.forEach((value, j) => assertAlmostEquals(value, made[j], 1e-8));
    assert(residualNorm < 1e-5 * Math.hypot(...target), "up to the square root of rounding");
  }
});

Deno.test("nonNegativeLeastSquares() meets the conditions of Karush, Kuhn and Tucker", () => {
  const random = new RandomStream(2, "nnls");
  let positive = 0, zero = 0;
  for (let trial = 0; trial < 60; trial++) {
    const rows = 1 + random.integer(40), columns = 1 + random.integer(30);
    const matrix = _random(rows * columns, random), target = _random(rows, random);
    const { solution, residualNorm } = nonNegativeLeastSquares(matrix, target);
    const residual = _product(matrix, solution, rows).map((value, row) => target[row] - value);
    assertAlmostEquals(residualNorm, Math.hypot(...residual), 1e-6);
    for (let j = 0; j < columns; j++) {
      const slope = residual.reduce(
        (sum, value, row) => sum + value * matrix[row * columns + j],
        0,
      );
      assert(solution[j] >= 0);
      assert(slope < 1e-7, `slope ${slope}`);
      if (solution[j] > 0) assertAlmostEquals(slope, 0, 1e-7);
      solution[j] > 0 ? positive++ : zero++;
    }
  }
  assert(positive > 200 && zero > 200, "both kinds of conditions were met");
});

Deno.test("nonNegativeLeastSquares() agrees with projected gradients", () => {
  const random = new RandomStream(3, "nnls");
  for (let trial = 0; trial < 8; trial++) {
    const rows = 30, columns = 10;
    const matrix = _random(rows * columns, random), target = _random(rows, random);
    const { solution } = nonNegativeLeastSquares(matrix, target);
    const other = _projectedGradients(matrix, target, columns);
    solution.forEach((value, j) => assertAlmostEquals(value, other[j], 1e-7));
  }
});

Deno.test("nonNegativeLeastSquares() takes dependent columns, zeros, and nothing at all", () => {
  const random = new RandomStream(4, "nnls");
  // Each column twice, and one of zeros.
  const rows = 20, half = 6, columns = 2 * half + 1;
  const single = _random(rows * half, random).map(Math.abs), target = _random(rows, random);
  const matrix = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < 2 * half; j++) matrix[row * columns + j] = single[row * half + j % half];
  }
  const once = nonNegativeLeastSquares(single, target);
  const twice = nonNegativeLeastSquares(matrix, target);
  assertAlmostEquals(twice.residualNorm, once.residualNorm, 1e-9);
  for (let j = 0; j < half; j++) {
    assertAlmostEquals(twice.solution[j] + twice.solution[half + j], once.solution[j], 1e-9);
  }
  assertEquals(twice.solution[columns - 1], 0);
  assertEquals([...nonNegativeLeastSquares([0, 0], [1]).solution], [0, 0]);
  assertEquals([...nonNegativeLeastSquares([1, 2], [0]).solution], [0, 0]);
  assertEquals(nonNegativeLeastSquares([], [3, 4]).residualNorm, 5);
});

Deno.test("nonNegativeLeastSquares() follows the scales of columns and target", () => {
  const random = new RandomStream(5, "nnls");
  const rows = 25, columns = 9;
  const matrix = _random(rows * columns, random), target = _random(rows, random);
  const { solution } = nonNegativeLeastSquares(matrix, target);
  const scales = Float64Array.from({ length: columns }, (_, j) => 10 ** (j - 4));
  const scaled = nonNegativeLeastSquares(
    matrix.map((entry, k) => entry * scales[k % columns]),
    target.map((value) => 1e6 * value),
  );
  solution.forEach((value, j) => {
    const expected = 1e6 * value / scales[j];
    assertAlmostEquals(scaled.solution[j], expected, 1e-7 * expected);
  });
});

Deno.test("least squares refuses shapes that do not fit, and numbers that are none", () => {
  assertThrows(
    () => nonNegativeLeastSquares([1, 2, 3], [1, 2]),
    TypeError,
    "Cannot solve least squares: matrix must have the same number of entries for each of 2 entries " +
      "of the target, current number is 3",
  );
  assertThrows(
    () => nonNegativeLeastSquares([1, NaN], [1]),
    RangeError,
    "Cannot solve least squares: gram[1] must be finite, current value is NaN",
  );
  const moments = Float64Array.of(1, 2);
  assertThrows(
    () => nonNegativeNormalEquations({ gram: Float64Array.of(1), moments, targetSquare: 1 }),
    TypeError,
    "A^T A must have 2 * 2 entries, current number is 1",
  );
});

function _random(length: number, random: RandomStream): Float64Array {
  return Float64Array.from({ length }, () => random.normal());
}

function _product(matrix: Float64Array, vector: Float64Array, rows: number): Float64Array {
  const columns = vector.length;
  return Float64Array.from(
    { length: rows },
    (_, row) => vector.reduce((sum, value, j) => sum + value * matrix[row * columns + j], 0),
  );
}

/** A second way: gradient steps, with negative unknowns set to zero after each. */
function _projectedGradients(
  matrix: Float64Array,
  target: Float64Array,
  columns: number,
): Float64Array {
  const rows = target.length;
  // The trace of A^T A is above its largest eigenvalue.
  const step = 1 / matrix.reduce((sum, entry) => sum + entry * entry, 0);
  const unknowns = new Float64Array(columns);
  for (let iteration = 0; iteration < 5000; iteration++) {
    const rest = _product(matrix, unknowns, rows);
    for (let j = 0; j < columns; j++) {
      let slope = 0;
      for (let row = 0; row < rows; row++) {
        slope += (target[row] - rest[row]) * matrix[row * columns + j];
      }
      unknowns[j] = Math.max(0, unknowns[j] + step * slope);
    }
  }
  return unknowns;
}
