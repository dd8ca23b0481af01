/**
 * Training several autoencoders at once, each in a worker of its own.
 *
 * @module
 */
import { buildEconAutoencoder } from "../../src/models/econ_autoencoder.ts";
import type { StoredAutoencoder } from "../../src/models/autoencoder/stored_autoencoder.ts";
import { modelWeights } from "../../src/models/surrogates/model_weights.ts";
import type { BackendName } from "../../src/tensor/backend.ts";
import { trainParallel } from "../../src/tensor/training/parallel/train_parallel.ts";
import { importWeights } from "../../src/tensor/training/run_state.ts";
import type { TrainingRecord } from "../../src/tensor/training/run_state.ts";
import type { AutoencoderJob } from "./autoencoder_job.ts";

/** A training that has ended. */
export interface TrainedStart {
  /** Its seed. */
  readonly seed: number;
  /** Its weights. */
  readonly weights: StoredAutoencoder["weights"];
  /** Mean losses along the way. */
  readonly history: readonly TrainingRecord[];
}

/** Where a training stands. */
export interface StartProgress {
  /** Which job, from 0. */
  readonly job: number;
  /** Steps done. */
  readonly step: number;
  /** Mean loss of the last batch. */
  readonly loss: number;
}

/** Options of {@linkcode trainStarts}. */
export interface TrainStartsOptions {
  /** The backend of every worker. */
  readonly backend: BackendName;
  /** Told of each step of each job. */
  readonly onProgress?: (progress: StartProgress) => void;
  /** Told of what came of a job; awaited before the next one begins. */
  readonly onTrained?: (trained: TrainedStart, job: number) => void | Promise<void>;
  /** Ends the runs, with checkpoints. */
  readonly signal?: AbortSignal;
}

/**
 * Trains the jobs side by side, as many at a time as there are cores. A backend must be in use here.
 *
 * @param jobs The jobs.
 * @param options Backend, progress.
 * @returns What came of each, in their order.
 * @throws {Error} If a training diverges or a worker fails; the others are ended.
 */
export async function trainStarts(
  jobs: readonly AutoencoderJob[],
  options: TrainStartsOptions,
): Promise<TrainedStart[]> {
  const trained = new Array<TrainedStart>(jobs.length);
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...options.signal ? [options.signal] : []]);
  let next = 0;
  const trainNext = async (): Promise<void> => {
    while (next < jobs.length) {
      const k = next++;
      trained[k] = await _train(
        jobs[k],
        options.backend,
        signal,
        (step, loss) => options.onProgress?.({ job: k, step, loss }),
      );
      await options.onTrained?.(trained[k], k);
    }
  };
  const lanes = Math.min(jobs.length, navigator.hardwareConcurrency);
  const running = Array.from({ length: lanes }, trainNext);
  try {
    await Promise.all(running);
  } catch (error) {
    ended.abort(error);
    await Promise.allSettled(running);
    throw error;
  }
  return trained;
}

async function _train(
  job: AutoencoderJob,
  backend: BackendName,
  signal: AbortSignal,
  onProgress: (step: number, loss: number) => void,
): Promise<TrainedStart> {
  const module = new URL("./autoencoder_job.ts", import.meta.url);
  const { weights, history } = await trainParallel({ module, export: "job", options: job }, {
    workers: 1,
    backend: { backend },
    signal,
    onProgress: ({ step, loss }) => onProgress(step, loss),
  });
  const { formats, decoder, conditions } = job.architecture;
  const model = buildEconAutoencoder({ formats, decoder, conditions: conditions.length });
  try {
    importWeights(model, weights);
    return { seed: job.seed, weights: await modelWeights(model), history };
  } finally {
    model.dispose();
  }
}
