/**
 * Rearranging the numbers of each wafer of a batch: what every change of order, encoding and
 * symmetry comes down to.
 *
 * @module
 */

/**
 * The class of array that a rearrangement of `T` returns: the same typed array, `Float64Array` for
 * plain arrays. Only the class is kept: a mark of {@linkcode asTrain} or {@linkcode asPaper} is not.
 */
export type SameClass<T> = T extends readonly number[] ? Float64Array<ArrayBuffer>
  : T extends { slice(): infer Copy extends ArrayLike<number> } ? Copy
  : ArrayLike<number>;

/** In a table for {@linkcode gatherRows}: a place that is filled with zero. */
export const EMPTY = -1;

/**
 * Rearranges each row of a batch: `out[row, k] = rows[row, from[k]]`, and zero where `from[k]` is
 * {@linkcode EMPTY}. Numbers pass unchanged, NaN too.
 *
 * @param rows One row or several, row-major.
 * @param size Numbers in a row.
 * @param from For each place of a row of the result, the place in a row of `rows`.
 * @param doing What is being done, for the error: "Cannot ${doing}: ...".
 * @returns The rows, each of `from.length` numbers, in the same class of array.
 * @throws {TypeError} If the number of numbers is not a multiple of `size`.
 */
export function gatherRows<T extends ArrayLike<number>>(
  rows: T,
  size: number,
  from: ArrayLike<number>,
  doing: string,
): SameClass<T> {
  const count = countRows(rows, size, doing);
  const out = _newArray(rows, count * from.length);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < from.length; k++) {
      out[row * from.length + k] = from[k] === EMPTY ? 0 : rows[row * size + from[k]];
    }
  }
  return out as SameClass<T>;
}

/**
 * Number of rows of a batch.
 *
 * @param rows One row or several, row-major; none is allowed.
 * @param size Numbers in a row.
 * @param doing What is being done, for the error: "Cannot ${doing}: ...".
 * @returns The number of rows.
 * @throws {TypeError} If `rows` is not an array, or its length not a multiple of `size`.
 */
export function countRows(rows: ArrayLike<number>, size: number, doing: string): number {
  const length: unknown = rows?.length;
  if (typeof length !== "number" || typeof rows !== "object") {
    throw new TypeError(
      `Cannot ${doing}: charges must be an array of numbers, current value is ${rows}`,
    );
  }
  if (length % size !== 0) {
    throw new TypeError(
      `Cannot ${doing}: number of charges must be a multiple of ${size}, current value is ${length}`,
    );
  }
  return length / size;
}

function _newArray(like: ArrayLike<number>, length: number): Float64Array {
  if (!ArrayBuffer.isView(like)) return new Float64Array(length);
  return new (like.constructor as Float64ArrayConstructor)(length);
}
