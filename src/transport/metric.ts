/** Rounding that a distance may show, relative to the largest one. */
const ROUNDING = 1e-12;

/** What was found out about a matrix. */
interface MetricCheck {
  /** The numbers it held then. */
  readonly copy: Float64Array;
  /** What keeps it from being a metric; `undefined` for a metric. */
  readonly flaw: string | undefined;
}

/** The matrices that were looked at. */
const _checked = new WeakMap<Float64Array, MetricCheck>();

/**
 * Whether a matrix is a metric: distances are finite and not negative, zero on the diagonal,
 * symmetric, and obey the triangle inequality `d(i, k) <= d(i, j) + d(j, k)`; all up to rounding of
 * 1e-12 of the largest. Different bins may have distance zero.
 *
 * Takes O(size^3) at first sight. The answer is remembered with the array and given again in
 * O(size^2) as long as the array still holds the same numbers.
 *
 * @param M The matrix, row-major, length size * size.
 * @param size Number of bins.
 * @returns Whether it is a metric.
 * @throws {TypeError} If the matrix does not have length size * size.
 *
 * @example Distances are a metric, their squares are not
 * ```ts
 * import { isMetric } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const distances = Float64Array.of(0, 1, 2, 1, 0, 1, 2, 1, 0);
 * assertEquals(isMetric(distances, 3), true);
 * assertEquals(isMetric(distances.map((d) => d * d), 3), false);
 * ```
 */
export function isMetric(M: Float64Array, size: number): boolean {
  return _check(M, size).flaw === undefined;
}

/**
 * Throws unless a matrix is a metric, as {@linkcode isMetric} has it.
 *
 * @param M The matrix, row-major, length size * size.
 * @param size Number of bins.
 * @throws {TypeError} If the matrix does not have length size * size.
 * @throws {RangeError} If it is not a metric; the error names the bins and their distances.
 *
 * @example
 * ```ts
 * import { assertMetric } from "@hexmover/hexmover/transport";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => assertMetric(Float64Array.of(0, 1, 4, 1, 0, 1, 4, 1, 0), 3),
 *   RangeError,
 *   "Cannot take M for a metric: d(0, 2) = 4 is more than d(0, 1) + d(1, 2) = 1 + 1",
 * );
 * ```
 */
export function assertMetric(M: Float64Array, size: number): void {
  const { flaw } = _check(M, size);
  if (flaw !== undefined) throw new RangeError(`Cannot take M for a metric: ${flaw}`);
}

/**
 * The remembered copy of a matrix that is a metric: the same array each time, and never changed, so
 * that whatever is worked out from it can be remembered with it.
 *
 * @param M The matrix, row-major, length size * size.
 * @param size Number of bins.
 * @returns The copy, or `undefined` if the matrix is not a metric.
 */
export function rememberedMetric(M: Float64Array, size: number): Float64Array | undefined {
  const { copy, flaw } = _check(M, size);
  return flaw === undefined ? copy : undefined;
}

function _check(M: Float64Array, size: number): MetricCheck {
  if (M.length !== size * size) {
    throw new TypeError(
      `Cannot check a metric: M must have length ${size} * ${size} = ${
        size * size
      }, current length is ${M.length}`,
    );
  }
  const known = _checked.get(M);
  if (known !== undefined && _equal(known.copy, M)) return known;
  const check = { copy: M.slice(), flaw: _findFlaw(M, size) };
  _checked.set(M, check);
  return check;
}

function _equal(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Says what keeps a matrix from being a metric, with the numbers; `undefined` for a metric. */
function _findFlaw(M: Float64Array, size: number): string | undefined {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const d = M[i * size + j];
      if (!(d >= 0 && d < Infinity)) return `d(${i}, ${j}) = ${d} is not a distance`;
      if (d > largest) largest = d;
    }
  }
  const slack = ROUNDING * largest;
  for (let i = 0; i < size; i++) {
    if (M[i * size + i] > slack) return `d(${i}, ${i}) = ${M[i * size + i]} is not zero`;
    for (let j = 0; j < i; j++) {
      const there = M[i * size + j], back = M[j * size + i];
      if (Math.abs(there - back) > slack) {
        return `d(${i}, ${j}) = ${there} differs from d(${j}, ${i}) = ${back}`;
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const first = M[i * size + j], limit = first + slack;
      for (let k = 0; k < size; k++) {
        if (M[i * size + k] > limit + M[j * size + k]) {
          return `d(${i}, ${k}) = ${M[i * size + k]} is more than ` +
            `d(${i}, ${j}) + d(${j}, ${k}) = ${first} + ${M[j * size + k]}`;
        }
      }
    }
  }
  return undefined;
}
