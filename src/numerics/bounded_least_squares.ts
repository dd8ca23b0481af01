/** Options of {@linkcode boundedLeastSquares}. */
export interface BoundedLeastSquaresOptions {
  /**
   * Least value of every unknown, finite.
   *
   * @default {0}
   */
  readonly lower?: number;
  /**
   * Greatest value of every unknown, above the least.
   *
   * @default {Infinity}
   */
  readonly upper?: number;
}

/** What {@linkcode boundedLeastSquares} found. */
export interface BoundedLeastSquares {
  /** The unknowns, each in [lower, upper], length n. */
  readonly solution: Float64Array;
  /**
   * A^T (b - A x), length n. At the minimum, up to rounding: zero where an unknown lies between its
   * bounds, not above zero at the lower one, not below zero at the upper one.
   */
  readonly dual: Float64Array;
}

/** A slope counts if it is this part of the largest that its column could have, |column| |target|. */
const _TOLERANCE = 1e-10;

/** A column of which less is left, squared, beside the free ones, is taken for dependent on them. */
const _DEPENDENT = 1e-13;

/**
 * Least squares between bounds: the x with lower <= x_j <= upper that minimises |A x - b|.
 *
 * An active-set method for few unknowns. All begin at the lower bound. The one whose slope points most
 * steeply inwards is let go; the problem is solved for those that are free, and whoever would leave
 * the bounds is stopped there. It ends after finitely many steps, at the minimum.
 *
 * Works on A^T A: O(m n^2) once and O(n^3) a step. Of columns that are dependent, to some 1e-7, one
 * stays at its bound.
 *
 * @param matrix A, row-major, length m * n.
 * @param target b, length m >= 1.
 * @param options The bounds.
 * @returns The unknowns and the proof.
 * @throws {TypeError} If the matrix has not the same number of entries for each entry of the target.
 * @throws {RangeError} If a number is not finite, or the bounds are no interval.
 *
 * Source: Stark and Parker, Computational Statistics 10 (1995) 129.
 *
 * @example A slope that may not exceed 2
 * ```ts
 * import { boundedLeastSquares } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const { solution } = boundedLeastSquares([1, 2, 3], [3, 6, 9], { lower: 0, upper: 2 });
 * assertEquals([...solution], [2]);
 * ```
 */
export function boundedLeastSquares(
  matrix: ArrayLike<number>,
  target: ArrayLike<number>,
  options: BoundedLeastSquaresOptions = {},
): BoundedLeastSquares {
  const { lower = 0, upper = Infinity } = options;
  if (!(Number.isFinite(lower) && lower < upper)) {
    throw new RangeError(
      "Cannot solve least squares: bounds must be an interval with a finite lower end, " +
        `current one is [${lower}, ${upper}]`,
    );
  }
  const { gram, moments, least } = _normalEquations(matrix, target);
  const n = moments.length;
  const solution = new Float64Array(n).fill(lower);
  const free: number[] = [];
  // Whoever has just been turned away would be asked in again for ever.
  const refused = new Set<number>();
  while (true) {
    const dual = _dual(gram, moments, solution);
    const entering = _steepestInwards(dual, least, solution, upper, [...free, ...refused]);
    if (entering < 0) return { solution, dual };
    free.push(entering);
    let isFirst = true;
    while (free.length > 0) {
      const wanted = _solveFree(gram, moments, solution, free);
      const inwards = Math.sign(dual[entering]);
      // Rounding alone may free an unknown that depends on others, or that wants to go outwards.
      if (
        isFirst && (wanted === undefined || !(inwards * (wanted.at(-1)! - solution[entering]) > 0))
      ) {
        free.pop();
        refused.add(entering);
        break;
      }
      isFirst = false;
      const stopped = _stepTowards(solution, free, wanted!, lower, upper);
      if (stopped.length === 0) break;
      for (const unknown of stopped) free.splice(free.indexOf(unknown), 1);
    }
    if (!refused.has(entering)) refused.clear();
  }
}

/** A^T A, A^T b, and from where on the slope of each unknown counts. */
function _normalEquations(matrix: ArrayLike<number>, target: ArrayLike<number>) {
  const rows = target.length, n = matrix.length / rows;
  if (!Number.isInteger(n)) {
    throw new TypeError(
      "Cannot solve least squares: matrix must have the same number of entries for each of " +
        `${rows} entries of the target, current number is ${matrix.length}`,
    );
  }
  const gram = new Float64Array(n * n), moments = new Float64Array(n);
  let targetSquare = 0;
  for (let row = 0; row < rows; row++) {
    const offset = row * n, value = target[row];
    targetSquare += value * value;
    for (let i = 0; i < n; i++) {
      const entry = matrix[offset + i];
      moments[i] += entry * value;
      for (let j = 0; j < n; j++) gram[i * n + j] += entry * matrix[offset + j];
    }
  }
  const sum = [...gram, targetSquare].find((value) => !Number.isFinite(value));
  if (sum !== undefined) {
    throw new RangeError(
      `Cannot solve least squares: sums of squares must be finite, current value is ${sum}`,
    );
  }
  const scale = Math.sqrt(targetSquare) * _TOLERANCE;
  const least = Float64Array.from(moments, (_, j) => scale * Math.sqrt(gram[j * n + j]));
  return { gram, moments, least };
}

function _dual(gram: Float64Array, moments: Float64Array, solution: Float64Array): Float64Array {
  const n = moments.length, dual = moments.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) dual[i] -= gram[i * n + j] * solution[j];
  }
  return dual;
}

/** Of the unknowns at a bound, the one whose slope points most steeply inwards; -1 for none. */
function _steepestInwards(
  dual: Float64Array,
  least: Float64Array,
  solution: Float64Array,
  upper: number,
  excluded: readonly number[],
): number {
  let steepest = -1, largest = 1;
  for (let j = 0; j < dual.length; j++) {
    const inwards = solution[j] === upper ? -dual[j] : dual[j];
    // A column of zeros has no slope.
    if (!(least[j] > 0) || inwards <= largest * least[j] || excluded.includes(j)) continue;
    largest = inwards / least[j];
    steepest = j;
  }
  return steepest;
}

/**
 * The minimum over the free unknowns, others as they are, by Cholesky's factorisation; `undefined`
 * where the last column depends on the others.
 */
function _solveFree(
  gram: Float64Array,
  moments: Float64Array,
  solution: Float64Array,
  free: readonly number[],
): Float64Array | undefined {
  const n = moments.length, size = free.length;
  const fixed = solution.map((value, j) => free.includes(j) ? 0 : value);
  const right = _dual(gram, moments, fixed);
  const factor = new Float64Array(size * size);
  const wanted = Float64Array.from(free, (j) => right[j]);
  for (let i = 0; i < size; i++) {
    const square = gram[free[i] * n + free[i]];
    for (let j = 0; j <= i; j++) {
      let rest = gram[free[i] * n + free[j]];
      for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k];
      if (i === j && !(rest > _DEPENDENT * square)) return undefined;
      factor[i * size + j] = i === j ? Math.sqrt(rest) : rest / factor[j * size + j];
    }
    for (let k = 0; k < i; k++) wanted[i] -= factor[i * size + k] * wanted[k];
    wanted[i] /= factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    wanted[i] /= factor[i * size + i];
    for (let k = 0; k < i; k++) wanted[k] -= factor[i * size + k] * wanted[i];
  }
  return wanted;
}

/** Goes as far as all stay within the bounds; returns those that were stopped there. */
function _stepTowards(
  solution: Float64Array,
  free: readonly number[],
  wanted: Float64Array,
  lower: number,
  upper: number,
): number[] {
  /** Which part of its way an unknown may go. */
  const reach = (k: number): number => {
    const from = solution[free[k]];
    const bound = Math.min(Math.max(wanted[k], lower), upper);
    return bound === wanted[k] ? Infinity : (bound - from) / (wanted[k] - from);
  };
  const reaches = free.map((_, k) => reach(k));
  const step = Math.min(1, ...reaches);
  free.forEach((unknown, k) => {
    solution[unknown] = reaches[k] <= step ? (wanted[k] < lower ? lower : upper) : Math.min(
      Math.max(solution[unknown] + step * (wanted[k] - solution[unknown]), lower),
      upper,
    );
  });
  return free.filter((_, k) => reaches[k] <= step);
}
