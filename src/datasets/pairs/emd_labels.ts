/**
 * Exact EMDs of many pairs as labels to train on.
 *
 * @module
 */
import { EmdPool } from "../../transport/pool.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdParallel } from "../../wafer/emd_batch.ts";
import type { Charges } from "../wafer_table.ts";

/** Options of {@linkcode emdLabels}. */
export interface EmdLabelsOptions {
  /**
   * Whether to return gradients.
   *
   * @default {false}
   */
  readonly gradients?: boolean;
  /** A running pool; without one, workers are started for this call and ended after it. */
  readonly pool?: EmdPool;
  /** Number of workers to start when there is no pool. @default the machine's logical cores */
  readonly workers?: number;
  /** Told how many pairs of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Labels of pairs of wafers. */
export interface EmdLabels {
  /** Exact EMD of each pair in half pitches. */
  readonly emd: Float64Array;
  /** Row k is d emd[k] / d y[k, .] for the charges as given, in single precision. */
  readonly gradient?: Float32Array;
}

/** Pairs that are solved at a time: their working memory takes some 40 MB. */
const BATCH = 32_768;

/**
 * The exact EMD of each row of x and the same row of y on all cores, as `waferEmdParallel` gives it,
 * for numbers of pairs whose working memory would be too much at once. Results are the same, to the
 * last bit, whatever the number of workers.
 *
 * @param pairs Charges of the first and of the second wafers in train order, row-major, 48 for each;
 * none empty.
 * @param options Gradients, the workers or a running pool, and a listener.
 * @returns The labels.
 * @throws {TypeError} If lengths differ or are no multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer has no charge; wafers are
 * counted from the start of their batch of 32,768.
 * @throws {Error} If an EMD cannot be proved least.
 *
 * @example
 * ```ts
 * import { emdLabels, nearPairs, toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert } from "@std/assert";
 *
 * const pairs = nearPairs(toyWafers("shower", 50, 7), 100, new RandomStream(7, "near pairs"));
 * const { emd, gradient } = await emdLabels(pairs, { gradients: true, workers: 1 });
 * assert(emd.every((value) => value < 4) && gradient!.length === 100 * 48);
 * ```
 */
export async function emdLabels(
  pairs: { readonly x: Charges; readonly y: Charges },
  options: EmdLabelsOptions = {},
): Promise<EmdLabels> {
  const { x, y } = pairs;
  if (x.length !== y.length || x.length % CELLS !== 0) {
    throw new TypeError(
      `Cannot label pairs: x and y must have the same length, a multiple of ${CELLS}, ` +
        `current lengths are ${x.length} and ${y.length}`,
    );
  }
  if (options.pool !== undefined) return await _solve(x, y, options, options.pool);
  const { workers } = options;
  using pool = await EmdPool.start(workers === undefined ? {} : { workers });
  return await _solve(x, y, options, pool);
}

async function _solve(
  x: Charges,
  y: Charges,
  { gradients: wanted = false, onProgress }: EmdLabelsOptions,
  pool: EmdPool,
): Promise<EmdLabels> {
  const count = x.length / CELLS;
  const emd = new Float64Array(count);
  const gradient = wanted ? new Float32Array(x.length) : undefined;
  for (let start = 0; start < count; start += BATCH) {
    const cells = [start * CELLS, Math.min(start + BATCH, count) * CELLS] as const;
    const { values, gradients, notOptimal } = await waferEmdParallel(
      x.subarray(...cells),
      y.subarray(...cells),
      { pool, gradients: wanted, onProgress: (done) => onProgress?.(start + done, count) },
    );
    if (notOptimal > 0) {
      throw new Error(
        `Cannot label pairs ${start} to ${start + values.length - 1}: ` +
          `all EMDs must be the least, current number of those that are not is ${notOptimal}`,
      );
    }
    emd.set(values, start);
    gradient?.set(gradients!, start * CELLS);
  }
  return { emd, ...(gradient && { gradient }) };
}
