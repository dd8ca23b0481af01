/**
 * Exact EMDs of many pairs of wafers, on one thread or on a pool of workers.
 *
 * @module
 */
import { countPairs, type PairJob, type PairTally, solvePairs } from "../transport/pair_job.ts";
import { EmdPool } from "../transport/pool.ts";
import { type HistogramRows, normaliseRows } from "../transport/rows.ts";
import { type CellOrder, CELLS } from "./cells.ts";
import { sharedWaferDistances } from "./distances.ts";
import type { WaferEmdOptions } from "./emd.ts";
import type { TakenAs } from "./orders.ts";

/** Options of {@linkcode waferEmdBatch}. */
export interface WaferEmdBatchOptions<O extends CellOrder = CellOrder> extends WaferEmdOptions<O> {
  /**
   * Whether to return gradients, or the array of length B * 48 that receives them.
   *
   * @default false
   */
  readonly gradients?: boolean | Float64Array;
  /** The array of length B that receives the values. @default a new one */
  readonly values?: Float64Array;
  /** Whether to prove every answer optimal, and count the proofs. @default false */
  readonly certify?: boolean;
}

/** Options of {@linkcode waferEmdParallel}. */
export interface WaferEmdParallelOptions<O extends CellOrder = CellOrder>
  extends WaferEmdBatchOptions<O> {
  /** A running pool; without one, workers are started for this call and ended after it. */
  readonly pool?: EmdPool;
  /** Number of workers to start when there is no pool. @default the machine's logical cores */
  readonly workers?: number;
  /** Stops the computation; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how many pairs of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** EMDs of a batch of pairs. */
export interface WaferEmdBatchResult {
  /** The EMD of each pair, length B. */
  readonly values: Float64Array;
  /** Row b is d value[b] / d y[b, .] for the charges as they were given; length B * 48. */
  readonly gradients?: Float64Array;
  /** How many answers were proved optimal, when that was asked for. */
  readonly certified?: number;
  /** How many pairs ended without an optimum: 0, or the values are upper bounds. */
  readonly notOptimal: number;
}

/**
 * The exact EMD of each row of x and the same row of y, as {@linkcode waferEmd} gives it, in some
 * microseconds a pair; on request with its gradient in y:
 *
 * d value[b] / d y[b, k] = -(phi_k - sum_l phi_l y_l / Sy) / Sy
 *
 * where phi is the potential and Sy the total charge: the division by the total is part of what is
 * differentiated. Nothing is allocated per pair.
 *
 * @param x B wafers of 48 charges, row-major, any positive scale, train order unless `order` says
 * otherwise; not changed.
 * @param y B wafers likewise.
 * @param options Geometry, unit, order, `emptyValue`, gradients, certification, and arrays to write to.
 * @returns Values, and gradients and certificates when asked for.
 * @throws {TypeError} If the lengths differ, are no multiple of 48, or an array to write to has
 * another length.
 * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer has no charge and no
 * `emptyValue` is given; it names wafer and cell.
 *
 * @example
 * ```ts
 * import { waferEmdBatch } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(2 * 48);
 * const y = new Float64Array(2 * 48);
 * x[0] = y[1] = 1; // the first pair moves all charge by one cell
 * x[48] = 1;
 * y.fill(1, 48); // the second spreads it over the wafer
 * const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
 * assertAlmostEquals(values[0], 2);
 * assertAlmostEquals(values[1], 7.44086721);
 * assertAlmostEquals(gradients![49], (2 - values[1]) / 48); // more charge near cell 0: less to move
 * ```
 */
export function waferEmdBatch<O extends CellOrder = "train">(
  x: TakenAs<NoInfer<O>>,
  y: TakenAs<NoInfer<O>>,
  options: WaferEmdBatchOptions<O> = {},
): WaferEmdBatchResult {
  const job = _alignedJob(x, y, options, {
    allocate: (length) => new Float64Array(length),
    values: options.values,
    gradients: typeof options.gradients === "object" ? options.gradients : undefined,
  });
  const tally = solvePairs(job, 0, countPairs(job.x, job.y, job.pairing));
  return _batchResult(job, tally);
}

/**
 * {@linkcode waferEmdBatch} on all cores: the same results to the last bit, whatever the number of
 * workers.
 *
 * Worth it from some ten thousand pairs on; for several batches keep an {@linkcode EmdPool}.
 *
 * @param x B wafers of 48 charges, row-major.
 * @param y B wafers likewise.
 * @param options Those of the batch, the workers or a running pool, a signal and a listener.
 * @returns As {@linkcode waferEmdBatch}.
 * @throws {TypeError} As {@linkcode waferEmdBatch}.
 * @throws {RangeError} As {@linkcode waferEmdBatch}.
 *
 * @example
 * ```ts
 * import { waferEmdParallel } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48).fill(1);
 * const y = new Float64Array(48);
 * y[0] = 1;
 * const { values } = await waferEmdParallel(x, y, { workers: 2 });
 * assertAlmostEquals(values[0], 7.44086721);
 * ```
 */
export async function waferEmdParallel<O extends CellOrder = "train">(
  x: TakenAs<NoInfer<O>>,
  y: TakenAs<NoInfer<O>>,
  options: WaferEmdParallelOptions<O> = {},
): Promise<WaferEmdBatchResult> {
  return await usingPool(options, async (pool) => {
    const lent: Float64Array[] = [];
    const allocate = (length: number) => {
      lent.push(pool.memory.float64(length));
      return lent.at(-1)!;
    };
    try {
      const job = _alignedJob(x, y, options, { allocate });
      const result = _batchResult(job, await pool.run(job, options));
      return {
        ...result,
        values: _copied(result.values, options.values),
        ...(result.gradients === undefined ? {} : {
          gradients: _copied(
            result.gradients,
            typeof options.gradients === "object" ? options.gradients : undefined,
          ),
        }),
      };
    } finally {
      for (const array of lent) pool.memory.release(array);
    }
  });
}

/** Uses the pool given, or one of its own for this time. */
export async function usingPool<T>(
  options: Pick<WaferEmdParallelOptions, "pool" | "workers" | "signal">,
  use: (pool: EmdPool) => Promise<T>,
): Promise<T> {
  const { pool, workers, signal } = options;
  signal?.throwIfAborted();
  if (pool !== undefined) return await use(pool);
  using ownPool = await EmdPool.start(workers === undefined ? {} : { workers });
  return await use(ownPool);
}

/** Where a job's arrays come from, and those of the caller that it may write to. */
interface _Memory {
  readonly allocate: (length: number) => Float64Array;
  readonly values?: Float64Array | undefined;
  readonly gradients?: Float64Array | undefined;
}

/** Checked and normalised rows, aligned, with arrays for the answers. */
function _alignedJob(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: WaferEmdBatchOptions,
  { allocate, ...memory }: _Memory,
): PairJob {
  if (x?.length !== y?.length) {
    throw new TypeError(
      `Cannot compute EMDs: both batches must have the same length, current lengths are ${x?.length} and ${y?.length}`,
    );
  }
  const { values, gradients = false, emptyValue = NaN, certify = false } = options;
  const allowEmpty = options.emptyValue !== undefined;
  const rows = (charges: ArrayLike<number>, rowName: string): HistogramRows =>
    normaliseRows(charges, CELLS, { rowName, binName: "cell", allowEmpty, allocate });
  const xRows = rows(x, "first wafer"), yRows = rows(y, "second wafer");
  _checkLength("values", values, xRows.count);
  if (typeof gradients === "object") _checkLength("gradients", gradients, x.length);
  return {
    distances: sharedWaferDistances(options),
    x: xRows,
    y: yRows,
    pairing: "aligned",
    values: memory.values ?? allocate(xRows.count),
    // Potentials are written where gradients are wanted, and turned into gradients in place.
    ...(gradients === false ? {} : { potentials: memory.gradients ?? allocate(x.length) }),
    emptyValue,
    certify,
  };
}

function _batchResult(job: PairJob, { certified, notOptimal }: PairTally): WaferEmdBatchResult {
  if (job.potentials !== undefined) _potentialsToGradients(job.potentials, job.y);
  return {
    values: job.values,
    ...(job.potentials === undefined ? {} : { gradients: job.potentials }),
    ...(job.certify ? { certified } : {}),
    notOptimal,
  };
}

/** A copy, in the caller's array where there is one. */
function _copied(answers: Float64Array, wanted: Float64Array | undefined): Float64Array {
  if (wanted === undefined) return new Float64Array(answers);
  wanted.set(answers);
  return wanted;
}

/** In place: phi becomes -(phi - <phi, y / Sy>) / Sy, the chain rule of the normalisation. */
function _potentialsToGradients(phi: Float64Array, y: HistogramRows): void {
  const { fractions, totals, size, count } = y;
  for (let row = 0; row < count; row++) {
    const offset = row * size;
    if (totals[row] === 0) continue; // the value of an empty wafer is a constant
    let mean = 0;
    for (let k = 0; k < size; k++) mean += phi[offset + k] * fractions[offset + k];
    for (let k = 0; k < size; k++) phi[offset + k] = (mean - phi[offset + k]) / totals[row];
  }
}

function _checkLength(name: string, array: Float64Array | undefined, length: number): void {
  if (array !== undefined && array.length !== length) {
    throw new TypeError(
      `Cannot compute EMDs: ${name} must have length ${length}, current length is ${array.length}`,
    );
  }
}
