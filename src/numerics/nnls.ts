/** Options of {@linkcode nonNegativeLeastSquares}. */
export interface NnlsOptions {
  /**
   * How far below zero a slope must lie for its unknown to be let in, as a part of the largest slope
   * that its column could have: |column| |target|.
   *
   * @default {1e-10}
   */
  readonly tolerance?: number;
}

/** What {@linkcode nonNegativeLeastSquares} found. */
export interface NnlsResult {
  /** The unknowns, each >= 0, length n. */
  readonly solution: Float64Array;
  /** |A x - b|. */
  readonly residualNorm: number;
  /**
   * A^T (b - A x), length n: zero, up to rounding, where an unknown is positive, and not above zero
   * elsewhere. These conditions (Karush, Kuhn and Tucker) hold at the minimum alone.
   */
  readonly dual: Float64Array;
}

/** A least-squares problem by its normal equations: all that its minimum depends on. */
export interface NormalEquations {
  /** A^T A, row-major, length n * n, symmetric. */
  readonly gram: Float64Array;
  /** A^T b, length n. */
  readonly moments: Float64Array;
  /** b^T b. */
  readonly targetSquare: number;
}

/**
 * Least squares without negative unknowns: the x >= 0 that minimises |A x - b|.
 *
 * The active-set method of Lawson and Hanson. Unknowns are let in one at a time, where the slope is
 * steepest; the problem is then solved for those that are in, and unknowns that would turn negative
 * leave again. It ends after finitely many steps at the minimum, of which there is only one where the
 * columns are linearly independent.
 *
 * Works on A^T A, which costs O(m n^2) once and O(n^2) a step, and squares the condition of A: columns
 * that are nearly dependent, to some 1e-7, are not told from dependent ones, of which one is left at
 * zero.
 *
 * @param matrix A, row-major, length m * n.
 * @param target b, length m >= 1.
 * @param options When to stop.
 * @returns The unknowns, the residual's norm, and the proof.
 * @throws {TypeError} If the matrix has not the same number of entries for each entry of the target.
 * @throws {RangeError} If a number is not finite.
 *
 * Source: Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23; on the normal
 * equations: Bro and De Jong, J. Chemometrics 11 (1997) 393.
 *
 * @example A line through the origin that must not fall
 * ```ts
 * import { nonNegativeLeastSquares } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const rising = nonNegativeLeastSquares([1, 2, 3], [2, 4, 6]);
 * assertAlmostEquals(rising.solution[0], 2);
 * const falling = nonNegativeLeastSquares([1, 2, 3], [-2, -4, -6]);
 * assertEquals([...falling.solution], [0]);
 * ```
 */
export function nonNegativeLeastSquares(
  matrix: ArrayLike<number>,
  target: ArrayLike<number>,
  options: NnlsOptions = {},
): NnlsResult {
  const rows = target.length, columns = matrix.length / rows;
  if (!Number.isInteger(columns)) {
    throw new TypeError(
      "Cannot solve least squares: matrix must have the same number of entries for each of " +
        `${rows} entries of the target, current number is ${matrix.length}`,
    );
  }
  const gram = new Float64Array(columns * columns), moments = new Float64Array(columns);
  let targetSquare = 0;
  for (let row = 0; row < rows; row++) {
    const offset = row * columns, value = target[row];
    targetSquare += value * value;
    for (let i = 0; i < columns; i++) {
      const entry = matrix[offset + i];
      moments[i] += entry * value;
      for (let j = 0; j <= i; j++) gram[i * columns + j] += entry * matrix[offset + j];
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) gram[j * columns + i] = gram[i * columns + j];
  }
  return nonNegativeNormalEquations({ gram, moments, targetSquare }, options);
}

/**
 * {@linkcode nonNegativeLeastSquares} from A^T A and A^T b, for matrices with too many rows to keep.
 *
 * @param equations The normal equations.
 * @param options When to stop.
 * @returns The unknowns, the residual's norm, and the proof.
 * @throws {TypeError} If shapes do not fit.
 * @throws {RangeError} If a number is not finite.
 *
 * @example min |x - (3, -1)| for x >= 0
 * ```ts
 * import { nonNegativeNormalEquations } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const { solution, residualNorm } = nonNegativeNormalEquations({
 *   gram: Float64Array.of(1, 0, 0, 1),
 *   moments: Float64Array.of(3, -1),
 *   targetSquare: 10,
 * });
 * assertEquals([...solution, residualNorm], [3, 0, 1]);
 * ```
 */
export function nonNegativeNormalEquations(
  equations: NormalEquations,
  options: NnlsOptions = {},
): NnlsResult {
  const { gram, moments, targetSquare } = equations;
  const n = moments.length;
  _check(equations);
  const scale = Math.sqrt(targetSquare) * (options.tolerance ?? 1e-10);
  const least = Float64Array.from(moments, (_, j) => scale * Math.sqrt(gram[j * n + j]));
  const solution = new Float64Array(n);
  const free = new _FreeUnknowns(gram, moments);
  // Whoever has just been turned away would be asked in again for ever.
  const refused = new Set<number>();
  while (true) {
    const dual = _dual(gram, moments, solution);
    const entering = _steepest(dual, least, (j) => free.has(j) || refused.has(j));
    if (entering < 0) {
      return { solution, residualNorm: _residualNorm(equations, solution, dual), dual };
    }
    if (!free.add(entering)) {
      refused.add(entering);
      continue;
    }
    let isFirst = true;
    while (true) {
      const wanted = free.solve();
      // Rounding alone may let in an unknown that then wants to be negative: it would go in circles.
      if (isFirst && !(wanted[wanted.length - 1] > 0)) {
        free.remove([entering]);
        refused.add(entering);
        break;
      }
      isFirst = false;
      const leaving = _stepTowards(solution, free.members, wanted);
      if (leaving.length === 0) {
        refused.clear();
        break;
      }
      free.remove(leaving);
    }
  }
}

/** The unknowns that are not held at zero, with the Cholesky factor of their part of A^T A. */
class _FreeUnknowns {
  readonly members: number[] = [];
  readonly #gram: Float64Array;
  readonly #moments: Float64Array;
  /** Lower triangle, row k for `members[k]`; rows are n apart. */
  readonly #factor: Float64Array;

  constructor(gram: Float64Array, moments: Float64Array) {
    this.#gram = gram;
    this.#moments = moments;
    this.#factor = new Float64Array(gram.length);
  }

  has(unknown: number): boolean {
    return this.members.includes(unknown);
  }

  /** Whether the unknown could be let in: its column must not depend on those that are in. */
  add(unknown: number): boolean {
    this.members.push(unknown);
    if (this.#factorise(this.members.length - 1)) return true;
    this.members.pop();
    return false;
  }

  remove(unknowns: readonly number[]): void {
    const first = this.members.findIndex((unknown) => unknowns.includes(unknown));
    const kept = this.members.filter((unknown) => !unknowns.includes(unknown));
    this.members.splice(0, Infinity, ...kept);
    for (let row = first; row < kept.length; row++) this.#factorise(row);
  }

  /** The least-squares solution for the members, others being zero. */
  solve(): Float64Array {
    const factor = this.#factor, n = this.#moments.length, size = this.members.length;
    const solution = Float64Array.from(this.members, (unknown) => this.#moments[unknown]);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < i; k++) solution[i] -= factor[i * n + k] * solution[k];
      solution[i] /= factor[i * n + i];
    }
    for (let i = size - 1; i >= 0; i--) {
      solution[i] /= factor[i * n + i];
      for (let k = 0; k < i; k++) solution[k] -= factor[i * n + k] * solution[i];
    }
    return solution;
  }

  /** Computes a row of the factor from those above; whether its column is independent of theirs. */
  #factorise(row: number): boolean {
    const factor = this.#factor, n = this.#moments.length, unknown = this.members[row];
    const square = this.#gram[unknown * n + unknown];
    let rest = square;
    for (let k = 0; k < row; k++) {
      let entry = this.#gram[unknown * n + this.members[k]];
      for (let l = 0; l < k; l++) entry -= factor[row * n + l] * factor[k * n + l];
      entry /= factor[k * n + k];
      factor[row * n + k] = entry;
      rest -= entry * entry;
    }
    factor[row * n + row] = Math.sqrt(Math.max(rest, Number.MIN_VALUE));
    return rest > _DEPENDENT * square;
  }
}

/** A column of which less is left, squared, beside the others, is taken for dependent on them. */
const _DEPENDENT = 1e-13;

function _dual(gram: Float64Array, moments: Float64Array, solution: Float64Array): Float64Array {
  const n = moments.length, dual = moments.slice();
  for (let j = 0; j < n; j++) {
    if (solution[j] === 0) continue;
    for (let i = 0; i < n; i++) dual[i] -= gram[j * n + i] * solution[j];
  }
  return dual;
}

/** The unknown with the largest slope in units of what counts as one; -1 where none counts. */
function _steepest(
  dual: Float64Array,
  least: Float64Array,
  isOut: (unknown: number) => boolean,
): number {
  let steepest = -1, largest = 1;
  for (let j = 0; j < dual.length; j++) {
    // A column of zeros has no slope.
    if (!(least[j] > 0) || dual[j] <= largest * least[j] || isOut(j)) continue;
    largest = dual[j] / least[j];
    steepest = j;
  }
  return steepest;
}

/** Goes as far as no unknown turns negative; returns those that have become zero on the way. */
function _stepTowards(
  solution: Float64Array,
  members: readonly number[],
  wanted: Float64Array,
): number[] {
  let step = 1;
  members.forEach((unknown, k) => {
    if (wanted[k] <= 0) step = Math.min(step, solution[unknown] / (solution[unknown] - wanted[k]));
  });
  const leaving: number[] = [];
  members.forEach((unknown, k) => {
    const next = solution[unknown] + step * (wanted[k] - solution[unknown]);
    const isLimit = wanted[k] <= 0 &&
      solution[unknown] <= step * (solution[unknown] - wanted[k]);
    solution[unknown] = isLimit ? 0 : Math.max(next, 0);
    if (isLimit) leaving.push(unknown);
  });
  return leaving;
}

function _residualNorm(
  { moments, targetSquare }: NormalEquations,
  solution: Float64Array,
  dual: Float64Array,
): number {
  // |Ax - b|^2 = b.b - x.(A^T b) - x.(A^T (b - Ax))
  let square = targetSquare;
  for (let j = 0; j < solution.length; j++) square -= solution[j] * (moments[j] + dual[j]);
  return Math.sqrt(Math.max(square, 0));
}

function _check({ gram, moments, targetSquare }: NormalEquations): void {
  if (gram.length !== moments.length ** 2) {
    throw new TypeError(
      `Cannot solve least squares: A^T A must have ${moments.length} * ${moments.length} entries, ` +
        `current number is ${gram.length}`,
    );
  }
  for (const [name, values] of Object.entries({ gram, moments, targetSquare: [targetSquare] })) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new RangeError(
      `Cannot solve least squares: ${name}[${bad}] must be finite, current value is ${values[bad]}`,
    );
  }
}
