/**
 * Workers over shared memory for large batches of EMDs.
 *
 * @module
 */
import { countPairs, type PairJob, type PairTally } from "./pair_job.ts";
import { SharedMemory } from "./shared_memory.ts";

/** Pairs that a worker claims at a time: some 2 ms, so that none waits long for another at the end. */
export const PAIRS_A_CLAIM = 512;
/** Slot of the control words that holds the next unclaimed pair. */
export const NEXT_PAIR = 0;
/** Slot that is set to 1 to stop the workers. */
export const CANCELLED = 1;

/** What a worker is sent: the job in shared memory, its number of pairs, the control words. */
export interface PoolRequest {
  readonly job: PairJob;
  readonly pairs: number;
  readonly control: Int32Array;
}

/** What a worker answers. */
export type PoolReply =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly pairs: number }
  | { readonly kind: "done"; readonly tally: PairTally }
  | { readonly kind: "failed"; readonly message: string };

/** Options of {@linkcode EmdPool.start}. */
export interface EmdPoolOptions {
  /** Number of workers, at least 1. @default the machine's logical cores */
  readonly workers?: number;
}

/** Options of {@linkcode EmdPool.run}. */
export interface EmdPoolRunOptions {
  /** Stops the job early; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many pairs of how many are done, some hundred times a second at most. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * A pool of workers that solve batches of EMDs over shared memory.
 *
 * A job's arrays lie in shared memory, so that nothing is copied; the workers claim pairs from one
 * counter. Each pair's answer depends on that pair alone: results are the same, to the last bit,
 * whatever the number of workers. Starting a pool takes some 100 ms: keep it for several batches
 * (`using pool = await EmdPool.start()` ends it with the block).
 *
 * Workers are loaded by URL. From a file that takes `--allow-read` of this package's `src`; from an
 * http URL it takes nothing.
 */
export class EmdPool implements Disposable {
  /** Shared memory for jobs, kept from batch to batch. */
  readonly memory: SharedMemory = new SharedMemory();
  readonly #workers: Worker[];
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(workers: Worker[]) {
    this.#workers = workers;
  }

  /**
   * Starts the workers and waits until they are ready.
   *
   * @param options The number of workers.
   * @returns The pool.
   * @throws {RangeError} If the number of workers is not a positive integer.
   * @throws {Error} If a worker cannot be loaded, for example for want of read permission.
   */
  static async start(options: EmdPoolOptions = {}): Promise<EmdPool> {
    const count = options.workers ?? navigator.hardwareConcurrency;
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(
        `Cannot start an EMD pool: workers must be a positive integer, current value is ${count}`,
      );
    }
    const workers = Array.from({ length: count }, _loadWorker);
    try {
      await Promise.all(workers.map(_untilReady));
    } catch (error) {
      for (const worker of workers) worker.terminate();
      throw error;
    }
    return new EmdPool(workers);
  }

  /** The number of workers. */
  get workers(): number {
    return this.#workers.length;
  }

  /**
   * Solves a job; several are done one after the other.
   *
   * @param job A job whose arrays all lie in shared memory.
   * @param options A signal to stop, and a listener for progress.
   * @returns The tally of the whole job.
   * @throws {TypeError} If an array does not lie in shared memory.
   * @throws {Error} If the pool is closed, or a worker failed.
   */
  run(job: PairJob, options: EmdPoolRunOptions = {}): Promise<PairTally> {
    const result = this.#queue.then(() => this.#runNow(job, options));
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Ends the workers. */
  [Symbol.dispose](): void {
    this.#closed = true;
    for (const worker of this.#workers) worker.terminate();
  }

  async #runNow(job: PairJob, options: EmdPoolRunOptions): Promise<PairTally> {
    if (this.#closed) throw new Error("Cannot compute EMDs: the pool is closed");
    options.signal?.throwIfAborted();
    _checkShared(job);
    const pairs = countPairs(job.x, job.y, job.pairing);
    const control = new Int32Array(new SharedArrayBuffer(8));
    const cancel = () => Atomics.store(control, CANCELLED, 1);
    options.signal?.addEventListener("abort", cancel);
    let done = 0;
    const onProgress = (more: number) => options.onProgress?.(done += more, pairs);
    try {
      const parts = await Promise.all(
        this.#workers.map((worker) => _untilDone(worker, { job, pairs, control }, onProgress)),
      );
      options.signal?.throwIfAborted();
      return {
        certified: parts.reduce((sum, part) => sum + part.certified, 0),
        notOptimal: parts.reduce((sum, part) => sum + part.notOptimal, 0),
      };
    } finally {
      options.signal?.removeEventListener("abort", cancel);
    }
  }
}

function _loadWorker(): Worker {
  return new Worker(new URL("./pool_worker.ts", import.meta.url), { type: "module" });
}

function _untilReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot start an EMD pool: a worker did not load: ${event.message}`));
    };
  });
}

function _untilDone(
  worker: Worker,
  request: PoolRequest,
  onProgress: (pairs: number) => void,
): Promise<PairTally> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<PoolReply>) => {
      if (data.kind === "progress") onProgress(data.pairs);
      else if (data.kind === "done") resolve(data.tally);
      else if (data.kind === "failed") reject(new Error(`Cannot compute EMDs: ${data.message}`));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot compute EMDs: a worker failed: ${event.message}`));
    };
    worker.postMessage(request);
  });
}

/** A plain array would be copied to each worker, and the answers lost in the copies. */
function _checkShared(job: PairJob): void {
  const arrays: Record<string, ArrayBufferView | undefined> = {
    "x.fractions": job.x.fractions,
    "y.fractions": job.y.fractions,
    values: job.values,
    potentials: job.potentials,
  };
  for (const [name, array] of Object.entries(arrays)) {
    if (array !== undefined && !((array.buffer as ArrayBufferLike) instanceof SharedArrayBuffer)) {
      throw new TypeError(`Cannot compute EMDs in a pool: ${name} must lie in shared memory`);
    }
  }
}
