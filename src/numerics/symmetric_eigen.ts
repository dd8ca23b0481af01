/** Eigenvalues and eigenvectors of a symmetric matrix of size n. */
export interface SymmetricEigen {
  /** The n eigenvalues, the largest first. */
  readonly values: Float64Array;
  /**
   * Row k is the eigenvector of value k, of length one, its largest component (the first of several)
   * positive; n * n numbers.
   */
  readonly vectors: Float64Array;
}

/** Sweeps after which it is given up; matrices of some hundred rows take about ten. */
const SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix, A = sum_k values[k] v_k v_k^T, by cyclic
 * Jacobi rotations: each makes one off-diagonal element zero, until none is left that counts.
 *
 * It uses nothing but sums, products, quotients and square roots, so that every machine gets the same
 * bits. Cost: about ten sweeps of 4 n^3 operations, some ms for n = 48.
 *
 * @param matrix The matrix, row-major, n * n numbers; not changed.
 * @param size n, at least 1.
 * @returns Values and vectors.
 * @throws {TypeError} If there are not n * n numbers.
 * @throws {RangeError} If a number is NaN or infinite, or the matrix is not symmetric, up to 1e-12 of
 * its largest element.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, Section 8.5.
 *
 * @example
 * ```ts
 * import { symmetricEigen } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { values, vectors } = symmetricEigen([2, 1, 1, 2], 2);
 * [3, 1].forEach((value, k) => assertAlmostEquals(values[k], value));
 * assertAlmostEquals(vectors[0], Math.SQRT1_2);
 * ```
 */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): SymmetricEigen {
  const largest = _check(matrix, size);
  const a = Float64Array.from(matrix);
  const v = new Float64Array(size * size);
  for (let k = 0; k < size; k++) v[k * size + k] = 1;
  // Elements this small change no eigenvalue by more than rounding does.
  const negligible = largest * Number.EPSILON / size;
  for (let sweep = 0; sweep < SWEEPS && _sweep(a, v, size, negligible); sweep++);
  return _sorted(a, v, size);
}

/** Rotates each pair of rows once; whether there was anything to rotate. */
function _sweep(a: Float64Array, v: Float64Array, size: number, negligible: number): boolean {
  let rotated = false;
  for (let p = 0; p < size - 1; p++) {
    for (let q = p + 1; q < size; q++) {
      const off = a[p * size + q];
      if (Math.abs(off) <= negligible) continue;
      rotated = true;
      const theta = (a[q * size + q] - a[p * size + p]) / (2 * off);
      // The smaller of the two rotations that do it.
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const cosine = 1 / Math.sqrt(t * t + 1), sine = t * cosine;
      for (let k = 0; k < size; k++) _rotate(a, k * size + p, k * size + q, cosine, sine);
      for (let k = 0; k < size; k++) _rotate(a, p * size + k, q * size + k, cosine, sine);
      for (let k = 0; k < size; k++) _rotate(v, p * size + k, q * size + k, cosine, sine);
      a[p * size + q] = a[q * size + p] = 0;
    }
  }
  return rotated;
}

function _rotate(x: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const xi = x[i], xj = x[j];
  x[i] = cosine * xi - sine * xj;
  x[j] = sine * xi + cosine * xj;
}

function _sorted(a: Float64Array, v: Float64Array, size: number): SymmetricEigen {
  const order = Array.from({ length: size }, (_, k) => k)
    .sort((i, j) => a[j * size + j] - a[i * size + i]);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    const vector = v.subarray(from * size, (from + 1) * size);
    const peak = vector.reduce((most, x) => Math.abs(x) > Math.abs(most) ? x : most, 0);
    vectors.set(vector.map((x) => peak < 0 ? -x : x), to * size);
  });
  return { values: Float64Array.from(order, (k) => a[k * size + k]), vectors };
}

/** The largest absolute value. */
function _check(matrix: ArrayLike<number>, size: number): number {
  if (!(size >= 1) || matrix.length !== size * size) {
    throw new TypeError(
      `Cannot find eigenvalues: a matrix of size ${size} must have its square of numbers, ` +
        `current number is ${matrix.length}`,
    );
  }
  let largest = 0;
  for (let k = 0; k < matrix.length; k++) largest = Math.max(largest, Math.abs(matrix[k]));
  if (!Number.isFinite(largest)) {
    throw new RangeError("Cannot find eigenvalues: all elements must be finite");
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const lower = matrix[i * size + j], upper = matrix[j * size + i];
      if (Math.abs(lower - upper) <= 1e-12 * largest) continue;
      throw new RangeError(
        `Cannot find eigenvalues: the matrix must be symmetric, elements (${i}, ${j}) and ` +
          `(${j}, ${i}) are ${lower} and ${upper}`,
      );
    }
  }
  return largest;
}
