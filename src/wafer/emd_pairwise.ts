import { countPairs, type Pairing, type PairJob } from "../transport/pair_job.ts";
import { type HistogramRows, normaliseRows } from "../transport/rows.ts";
import { type CellOrder, CELLS } from "./cells.ts";
import { sharedWaferDistances } from "./distances.ts";
import type { WaferEmdOptions } from "./emd.ts";
import { usingPool, type WaferEmdParallelOptions } from "./emd_batch.ts";
import { SharedMemory } from "../transport/shared_memory.ts";
import type { TakenAs } from "./orders.ts";

/** Options of {@linkcode emdPairwise} and {@linkcode waferEmdPairs}. */
export interface EmdPairwiseOptions<O extends CellOrder = CellOrder>
  extends
    WaferEmdOptions<O>,
    Pick<WaferEmdParallelOptions, "pool" | "workers" | "signal" | "onProgress"> {}

/**
 * The matrix of exact EMDs between all wafers of X and all of Y, on all cores.
 *
 * Without Y it holds the EMDs within X: symmetric, zero on the diagonal, half the work.
 *
 * @param X N wafers of 48 charges, row-major, any positive scale.
 * @param Y M wafers likewise; default X.
 * @param options Geometry, unit, order, `emptyValue`, the workers or a running pool, a signal and a
 * listener.
 * @returns N * M EMDs, row-major.
 * @throws {TypeError} If a length is no multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer has no charge and no
 * `emptyValue` is given.
 *
 * @example
 * ```ts
 * import { emdPairwise } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const X = new Float64Array(3 * 48);
 * X[0] = X[48 + 1] = X[96 + 2] = 1; // charge in cells 0, 1 and 2, which lie in a row
 * const distances = await emdPairwise(X, undefined, { workers: 1 });
 * [0, 2, 4, 2, 0, 2, 4, 2, 0].forEach((d, k) => assertAlmostEquals(distances[k], d, 1e-6));
 * ```
 */
export async function emdPairwise<O extends CellOrder = "train">(
  X: TakenAs<NoInfer<O>>,
  Y?: TakenAs<NoInfer<O>>,
  options: EmdPairwiseOptions<O> = {},
): Promise<Float64Array> {
  const x = _sharedRows(X, Y === undefined ? "wafer" : "first wafer", options);
  const y = Y === undefined ? x : _sharedRows(Y, "second wafer", options);
  if (Y !== undefined) return (await _solve(x, y, "product", options)).values;
  return _mirror((await _solve(x, x, "triangle", options)).values, x.count);
}

/** Which wafers meet, by their numbers. */
export interface WaferPairList {
  /** Number of the first wafer of each pair. */
  readonly first: ArrayLike<number>;
  /** Number of the second wafer of each pair, as long as `first`. */
  readonly second: ArrayLike<number>;
}

/** EMDs of listed pairs. */
export interface WaferEmdPairsResult {
  /** The EMD of each pair. */
  readonly values: Float64Array;
  /** How many answers were proved optimal, when that was asked for. */
  readonly certified?: number;
  /** How many pairs ended without an optimum: 0, or the values are upper bounds. */
  readonly notOptimal: number;
}

/**
 * The exact EMDs of listed pairs within one batch of wafers, on all cores.
 *
 * @param X N wafers of 48 charges, row-major, any positive scale.
 * @param pairs The numbers of the wafers that meet.
 * @param options As for {@linkcode emdPairwise}; `certify` proves every answer and counts the proofs.
 * @returns The EMD of each pair, and the number of certificates when asked for.
 * @throws {TypeError} If the length is no multiple of 48, or the lists differ in length.
 * @throws {RangeError} If a number is not that of a wafer, a charge is negative, NaN or infinite, or
 * a wafer has no charge and no `emptyValue` is given.
 *
 * @example
 * ```ts
 * import { waferEmdPairs } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const X = new Float64Array(3 * 48);
 * X[0] = X[48 + 1] = X[96 + 2] = 1; // charge in cells 0, 1 and 2, which lie in a row
 * const { values } = await waferEmdPairs(X, { first: [0, 2], second: [2, 1] }, { workers: 1 });
 * [4, 2].forEach((d, k) => assertAlmostEquals(values[k], d, 1e-6));
 * ```
 */
export async function waferEmdPairs<O extends CellOrder = "train">(
  X: TakenAs<NoInfer<O>>,
  pairs: WaferPairList,
  options: EmdPairwiseOptions<O> & { readonly certify?: boolean } = {},
): Promise<WaferEmdPairsResult> {
  const x = _sharedRows(X, "wafer", options);
  const first = _sharedNumbers(pairs.first, x.count),
    second = _sharedNumbers(pairs.second, x.count);
  if (first.length !== second.length) {
    throw new TypeError(
      `Cannot compute EMDs: both lists of wafers must have the same length, current lengths are ${first.length} and ${second.length}`,
    );
  }
  return await _solve(x, x, { first, second }, options);
}

async function _solve(
  x: HistogramRows,
  y: HistogramRows,
  pairing: Pairing,
  options: EmdPairwiseOptions & { readonly certify?: boolean },
): Promise<WaferEmdPairsResult> {
  // One matrix is asked for at a time: its memory is not worth keeping.
  const job: PairJob = {
    distances: sharedWaferDistances(options),
    x,
    y,
    pairing,
    values: _allocate(countPairs(x, y, pairing)),
    emptyValue: options.emptyValue ?? NaN,
    certify: options.certify ?? false,
  };
  const { certified, notOptimal } = await usingPool(options, (pool) => pool.run(job, options));
  return {
    values: Float64Array.from(job.values),
    ...(job.certify ? { certified } : {}),
    notOptimal,
  };
}

function _sharedRows(
  charges: ArrayLike<number>,
  rowName: string,
  { emptyValue }: EmdPairwiseOptions,
): HistogramRows {
  const allowEmpty = emptyValue !== undefined;
  return normaliseRows(charges, CELLS, {
    rowName,
    binName: "cell",
    allowEmpty,
    allocate: _allocate,
  });
}

function _allocate(length: number): Float64Array {
  return new SharedMemory().float64(length);
}

/** Numbers of wafers in memory that workers see. */
function _sharedNumbers(list: ArrayLike<number>, count: number): Uint32Array {
  const numbers = new Uint32Array(new SharedArrayBuffer(list.length * 4));
  for (let pair = 0; pair < list.length; pair++) {
    const wafer = list[pair];
    if (!Number.isInteger(wafer) || wafer < 0 || wafer >= count) {
      throw new RangeError(
        `Cannot compute EMD of pair ${pair}: the number of a wafer must be an integer in [0, ${count}), current value is ${wafer}`,
      );
    }
    numbers[pair] = wafer;
  }
  return numbers;
}

/** The full matrix from its lower triangle, row by row. */
function _mirror(triangle: Float64Array, count: number): Float64Array {
  const matrix = new Float64Array(count * count);
  let p = 0;
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) matrix[i * count + j] = matrix[j * count + i] = triangle[p++];
  }
  return matrix;
}
