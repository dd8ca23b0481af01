import type { BackendOptions } from "../../backend.ts";
import type { Weights } from "../run_state.ts";
import type { TrainingResult } from "../train.ts";
import type { TrainingProgress } from "../training_options.ts";
import type { BuildRequest, ReplicaReply, TrainRequest } from "./types.ts";
import { newControl, newSlots, reportFailure, requestStop } from "./shared_sum.ts";

/** What to train, in a form that can be sent to workers. */
export interface TrainingJob {
  /** URL of a module, for example `new URL("./job.ts", import.meta.url)`. */
  readonly module: string | URL;
  /**
   * Name of a function that the module exports. It is called with `options` and returns, or promises,
   * {@linkcode TrainingOptions}. Each worker calls it, so it has to give the same network with the same
   * weights each time: draw them from a seed.
   */
  readonly export: string;
  /** What the function is called with; anything that can be sent to a worker. */
  readonly options?: unknown;
}

/** Options of {@linkcode trainParallel}. */
export interface TrainParallelOptions {
  /** Number of workers, at least 1. @default the machine's logical cores */
  readonly workers?: number;
  /** The backend of every worker. @default the default of {@linkcode useBackend} */
  readonly backend?: BackendOptions;
  /** Ends the run after its current step, with a checkpoint; the promise rejects with the reason. */
  readonly signal?: AbortSignal;
  /** Told of each step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Told of what is wrong and can be mended. @default console.warn */
  readonly onWarning?: (message: string) => void;
  /**
   * Seconds that a worker waits for the others within a step before it gives up.
   *
   * @default 600
   */
  readonly timeoutSeconds?: number;
}

/** How a run on workers ended. */
export interface ParallelTrainingResult extends TrainingResult {
  /** The best or the last weights, for {@linkcode importWeights}. */
  readonly weights: Weights;
}

/**
 * Trains a network on several workers: each holds a copy, learns from its share of every batch, and
 * all add their gradients up in shared memory, in a fixed order, before they take the same step. The
 * weights are the same bits from run to run, for a given number of workers; another number rounds
 * differently.
 *
 * Batch normalisations see the share of their worker only; their running averages are the means over
 * the workers. A loss that learns (`update`) cannot be shared. Only worker 0 writes checkpoints.
 *
 * @param job What to train.
 * @param options Number of workers, backend, signal, listeners.
 * @returns How the run ended, and the weights.
 * @throws {RangeError} If the number of workers is not a positive integer.
 * @throws {Error} If a worker fails, with its message; the others are ended.
 *
 * @example
 * ```ts ignore
 * const job = { module: new URL("./job.ts", import.meta.url), export: "job", options: { seed: 1 } };
 * const { weights } = await trainParallel(job, { workers: 4 });
 * importWeights(model, weights);
 * ```
 *
 * @example A worker that fails ends the run
 * ```ts
 * import { trainParallel } from "@hexmover/hexmover/tensor";
 * import { assertRejects } from "@std/assert";
 *
 * const code = `export function job() { throw new RangeError("there is no data"); }`;
 * const module = `data:text/javascript,${encodeURIComponent(code)}`;
 * await assertRejects(
 *   () => trainParallel({ module, export: "job" }, { workers: 2, backend: { backend: "cpu" } }),
 *   Error,
 *   "there is no data",
 * );
 * ```
 */
export async function trainParallel(
  job: TrainingJob,
  options: TrainParallelOptions = {},
): Promise<ParallelTrainingResult> {
  const { workers = navigator.hardwareConcurrency, backend = {}, signal } = options;
  const { timeoutSeconds = 600 } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(
      `Cannot train in parallel: workers must be a positive integer, current value is ${workers}`,
    );
  }
  signal?.throwIfAborted();
  const control = newControl();
  const stop = () => requestStop(control);
  signal?.addEventListener("abort", stop);
  const replicas = Array.from({ length: workers }, (_, rank) => new _ReplicaWorker(rank));
  try {
    const request: BuildRequest = {
      kind: "build",
      module: String(job.module),
      export: job.export,
      options: job.options,
      backend,
    };
    const built = await Promise.all(replicas.map((replica) => replica.build(request)));
    const slots = newSlots(workers, Math.max(...built));
    const parts = await Promise.all(
      replicas.map((replica, rank) => {
        const timeout = 1000 * timeoutSeconds;
        return replica.train({ kind: "train", rank, workers, control, slots, timeout }, options);
      }),
    );
    if (parts.includes("stopped")) throw signal?.reason;
    return parts[0] as ParallelTrainingResult;
  } finally {
    signal?.removeEventListener("abort", stop);
    reportFailure(control); // Whoever still waits is not waited for.
    for (const replica of replicas) replica.end();
  }
}

/** A worker that holds one copy of the network. */
class _ReplicaWorker {
  readonly #worker = new Worker(new URL("./replica_worker.ts", import.meta.url), {
    type: "module",
  });
  readonly #rank: number;

  constructor(rank: number) {
    this.#rank = rank;
  }

  /** Gives the numbers that a sum over the workers needs. */
  build(request: BuildRequest): Promise<number> {
    return this.#ask(request, (reply) => reply.kind === "built" ? reply.shared : undefined);
  }

  train(
    request: TrainRequest,
    { onProgress, onWarning = console.warn }: TrainParallelOptions,
  ): Promise<ParallelTrainingResult | "stopped"> {
    return this.#ask(request, (reply) => {
      if (reply.kind === "progress") onProgress?.(reply.progress);
      if (reply.kind === "warning") onWarning(reply.message);
      if (reply.kind === "stopped") return reply.kind;
      return reply.kind === "done" ? { ...reply.result, weights: reply.weights } : undefined;
    });
  }

  end(): void {
    this.#worker.terminate();
  }

  /** Sends a request and listens until `answer` is content. */
  #ask<T>(
    request: BuildRequest | TrainRequest,
    answer: (reply: ReplicaReply) => T | undefined,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const fail = (message: string) =>
      reject(new Error(`Cannot train in parallel: worker ${this.#rank}: ${message}`));
    this.#worker.onmessage = ({ data }: MessageEvent<ReplicaReply>) => {
      try {
        if (data.kind === "failed") return fail(data.message);
        const answered = answer(data);
        if (answered !== undefined) resolve(answered);
      } catch (error) {
        reject(error); // Of a listener.
      }
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message);
    };
    this.#worker.postMessage(request);
    return promise;
  }
}
