import { RandomStream } from "../../numerics/random.ts";
import type { TrainingData } from "./types.ts";

/** A batch: row-major arrays of its own, which may be changed. */
export interface TrainingBatch {
  /** `count` inputs. */
  readonly inputs: Float32Array;
  /** `count` targets. */
  readonly targets: Float32Array;
  /** Number of rows. */
  readonly count: number;
}

/**
 * Changes a batch before it is learnt from, in place.
 *
 * @param batch The whole batch, whatever part of it this worker learns from.
 * @param random The stream of this step, the same on every worker.
 */
export type Augmentation = (batch: TrainingBatch, random: RandomStream) => void;

/** Options of {@linkcode Batches}. */
export interface BatchesOptions {
  /** Rows in a batch, at least 1. */
  readonly batchSize: number;
  /** Seed of the orders and of the augmentation. */
  readonly seed: number;
  /**
   * Whether the rows that remain at the end of an epoch, fewer than a batch, are left out.
   *
   * @default false
   */
  readonly dropLast?: boolean;
  /** Changes each batch, for example by a random symmetry. */
  readonly augment?: Augmentation | undefined;
}

/**
 * The batches of a run by step. A batch depends on the seed and its step alone: every epoch has an
 * order of its own, from the stream (seed, "shuffle", epoch), and each batch is augmented by the
 * stream (seed, "augment", step). So a run can begin anywhere.
 *
 * @example Ten rows in batches of four
 * ```ts
 * import { Batches } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = Float32Array.from({ length: 10 }, (_, row) => row);
 * const data = { inputs: rows, inputShape: [1], targets: rows };
 * const batches = new Batches(data, { batchSize: 4, seed: 1 });
 * const epoch = [0, 1, 2].map((step) => batches.at(step).inputs);
 * assertEquals(epoch.map((inputs) => inputs.length), [4, 4, 2]);
 * assertEquals(epoch.flatMap((inputs) => [...inputs]).sort((a, b) => a - b), [...rows]);
 * ```
 */
export class Batches {
  /** Rows of the data. */
  readonly rows: number;
  /** Batches in an epoch. */
  readonly stepsPerEpoch: number;
  readonly #data: TrainingData;
  readonly #options: BatchesOptions;
  #epoch = -1;
  #order = new Uint32Array(0);

  /**
   * Checks the data and counts its rows.
   *
   * @param data The rows.
   * @param options Size of a batch, seed, augmentation.
   * @throws {TypeError} If the lengths of the data do not fit.
   * @throws {RangeError} If there is no row, or a batch has none.
   */
  constructor(data: TrainingData, options: BatchesOptions) {
    const { batchSize, dropLast = false } = options;
    this.rows = countRows(data);
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(
        `Cannot make batches: batchSize must be a positive integer, current value is ${batchSize}`,
      );
    }
    this.stepsPerEpoch = dropLast
      ? Math.floor(this.rows / batchSize)
      : Math.ceil(this.rows / batchSize);
    if (this.stepsPerEpoch === 0) {
      throw new RangeError(`Cannot make batches of ${batchSize}: there are only ${this.rows} rows`);
    }
    this.#data = data;
    this.#options = options;
  }

  /**
   * The batch of a step.
   *
   * @param step The step, from 0 and beyond the first epoch.
   * @returns A fresh batch.
   */
  at(step: number): TrainingBatch {
    const { batchSize, seed, augment } = this.#options;
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.#epoch) {
      const order = Uint32Array.from({ length: this.rows }, (_, row) => row);
      this.#order = new RandomStream(seed, "shuffle", epoch).shuffle(order);
      this.#epoch = epoch;
    }
    const begin = (step - epoch * this.stepsPerEpoch) * batchSize;
    const chosen = this.#order.subarray(begin, begin + batchSize);
    const { inputs, targets } = this.#data;
    const batch = {
      inputs: _gather(inputs, inputs.length / this.rows, chosen),
      targets: _gather(targets, targets.length / this.rows, chosen),
      count: chosen.length,
    };
    augment?.(batch, new RandomStream(seed, "augment", step));
    return batch;
  }
}

/**
 * The share of one of several workers in a batch: consecutive rows, as many as the others have or one
 * more or less, perhaps none.
 *
 * @param batch The whole batch.
 * @param rank Which worker, from 0.
 * @param workers How many there are.
 * @returns Its rows, over the same memory.
 */
export function shareOfBatch(batch: TrainingBatch, rank: number, workers: number): TrainingBatch {
  const { inputs, targets, count } = batch;
  const begin = Math.floor(rank * count / workers), end = Math.floor((rank + 1) * count / workers);
  const part = (rows: Float32Array) =>
    rows.subarray(begin * (rows.length / count), end * (rows.length / count));
  return { inputs: part(inputs), targets: part(targets), count: end - begin };
}

/**
 * How many rows there are.
 *
 * @param data Inputs and targets.
 * @returns The number of rows, at least 1.
 * @throws {TypeError} If the lengths do not fit.
 * @throws {RangeError} If there is no row.
 */
export function countRows(data: TrainingData): number {
  const { inputs, inputShape, targets } = data;
  const size = inputShape.reduce((product, length) => product * length, 1);
  const rows = inputs.length / size;
  if (rows === 0) throw new RangeError("Cannot use data to train with: there is no row");
  if (!Number.isInteger(rows) || targets.length === 0 || targets.length % rows !== 0) {
    throw new TypeError(
      `Cannot use data to train with: there are ${inputs.length} numbers of inputs, ${size} a row, ` +
        `and ${targets.length} of targets`,
    );
  }
  return rows;
}

/** Number by number: rows are short, and a view of each would cost more than its copy. */
function _gather(rows: Float32Array, size: number, chosen: Uint32Array): Float32Array {
  const gathered = new Float32Array(chosen.length * size);
  let to = 0;
  for (const row of chosen) {
    for (let from = row * size; from < (row + 1) * size; from++) gathered[to++] = rows[from];
  }
  return gathered;
}
