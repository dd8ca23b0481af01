import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { boundedLeastSquares } from "../../src/numerics/bounded_least_squares.ts";
import { nonNegativeLeastSquares } from "../../src/numerics/nnls.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("boundedLeastSquares() clips where columns are orthogonal", () => {
  // Columns (1, 1, 0), (1, -1, 0), (0, 0, 2): the unknowns do not know of each other.
  const matrix = [1, 1, 0, 1, -1, 0, 0, 0, 2];
  const { solution, dual } = boundedLeastSquares(matrix, [1, 3, 4], { lower: -0.5, upper: 1.5 });
  assertEquals([...solution], [1.5, -0.5, 1.5]);
  [1, -1, 2].forEach((value, j) => assertAlmostEquals(dual[j], value, 1e-12));
});

Deno.test("boundedLeastSquares() meets the conditions of Karush, Kuhn and Tucker", () => {
  const random = new RandomStream(1, "bounded least squares");
  const met = { lower: 0, between: 0, upper: 0 };
  for (let trial = 0; trial < 200; trial++) {
    const columns = 1 + random.integer(14), rows = columns + random.integer(20);
    const matrix = _random(rows * columns, random), target = _random(rows, random);
    const lower = -0.3 * random.uniform(), upper = 0.3 * random.uniform();
    const { solution, dual } = boundedLeastSquares(matrix, target, { lower, upper });
    const slopes = _slopes(matrix, target, solution);
    solution.forEach((value, j) => {
      assertAlmostEquals(dual[j], slopes[j], 1e-9);
      assert(value >= lower && value <= upper);
      if (value === lower) assert(slopes[j] < 1e-8), met.lower++;
      else if (value === upper) assert(slopes[j] > -1e-8), met.upper++;
      else assertAlmostEquals(slopes[j], 0, 1e-8), met.between++;
    });
  }
  assert(Object.values(met).every((count) => count > 100), JSON.stringify(met));
});

Deno.test("boundedLeastSquares() agrees with projected gradients", () => {
  const random = new RandomStream(2, "bounded least squares");
  for (let trial = 0; trial < 5; trial++) {
    const rows = 40, columns = 13;
    // Columns with a common part, as neighbouring layers have.
    const common = _random(rows, random);
    const matrix = _random(rows * columns, random).map((entry, k) =>
      entry + 2 * common[Math.floor(k / columns)]
    );
    const target = _random(rows, random).map((value, row) => value + 10 * common[row]);
    const { solution } = boundedLeastSquares(matrix, target, { upper: 0.6 });
    const other = _projectedGradients(matrix, target, columns, 0, 0.6);
    solution.forEach((value, j) => assertAlmostEquals(value, other[j], 1e-6));
  }
});

Deno.test("boundedLeastSquares() without an upper bound is the non-negative one", () => {
  const random = new RandomStream(3, "bounded least squares");
  for (let trial = 0; trial < 20; trial++) {
    const matrix = _random(30 * 12, random), target = _random(30, random);
    const { solution } = boundedLeastSquares(matrix, target);
    const other = nonNegativeLeastSquares(matrix, target).solution;
    solution.forEach((value, j) => assertAlmostEquals(value, other[j], 1e-9));
  }
});

Deno.test("boundedLeastSquares() takes dependent columns, zeros, and nothing at all", () => {
  // The second column is twice the first, the third is zero.
  const { solution } = boundedLeastSquares([1, 2, 0, 2, 4, 0], [3, 6], { upper: 1 });
  assertAlmostEquals(solution[0] + 2 * solution[1], 3, 1e-12);
  assertEquals(solution[2], 0);
  assertEquals([...boundedLeastSquares([0, 0], [1], { lower: 0.5 }).solution], [0.5, 0.5]);
  assertEquals(boundedLeastSquares([], [3, 4]).solution.length, 0);
});

Deno.test("boundedLeastSquares() refuses shapes, numbers and bounds that do not fit", () => {
  assertThrows(() => boundedLeastSquares([1, 2, 3], [1, 2]), TypeError, "current number is 3");
  assertThrows(() => boundedLeastSquares([1, NaN], [1]), RangeError, "current value is NaN");
  const bounds = { lower: 2, upper: 2 };
  assertThrows(() => boundedLeastSquares([1], [1], bounds), RangeError, "current one is [2, 2]");
});

function _random(length: number, random: RandomStream): Float64Array {
  return Float64Array.from({ length }, () => random.normal());
}

/** A^T (b - A x). */
function _slopes(
  matrix: Float64Array,
  target: Float64Array,
  unknowns: Float64Array,
): Float64Array {
  const columns = unknowns.length, slopes = new Float64Array(columns);
  target.forEach((value, row) => {
    const entries = matrix.subarray(row * columns, (row + 1) * columns);
    const rest = value - entries.reduce((sum, entry, j) => sum + entry * unknowns[j], 0);
    entries.forEach((entry, j) => slopes[j] += entry * rest);
  });
  return slopes;
}

/** A second way: gradient steps, each cut off at the bounds. */
function _projectedGradients(
  matrix: Float64Array,
  target: Float64Array,
  columns: number,
  lower: number,
  upper: number,
): Float64Array {
  // The trace of A^T A is above its largest eigenvalue.
  const step = 1 / matrix.reduce((sum, entry) => sum + entry * entry, 0);
  let unknowns = new Float64Array(columns);
  for (let iteration = 0; iteration < 8000; iteration++) {
    const slopes = _slopes(matrix, target, unknowns);
    unknowns = unknowns.map((value, j) =>
      Math.min(Math.max(value + step * slopes[j], lower), upper)
    );
  }
  return unknowns;
}
