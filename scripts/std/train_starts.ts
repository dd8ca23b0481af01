/**
 * Training one autoencoder from several seeds at once, each in a worker of its own.
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

/** Options of {@linkcode trainStarts}. */
export interface TrainStartsOptions {
  /** The backend of every worker. */
  readonly backend: BackendName;
  /** Told when all have done so many steps, with the mean of their last losses. */
  readonly onProgress?: (step: number, loss: number) => void;
  /** Ends the runs, with checkpoints. */
  readonly signal?: AbortSignal;
}

/**
 * Trains the jobs side by side, as many at a time as there are cores. A backend must be in use here.
 *
 * @param jobs The jobs, of one architecture and as many steps.
 * @param options Backend, progress.
 * @returns What came of each, in their order.
 * @throws {Error} If a training diverges or a worker fails; the others are ended.
 */
export async function trainStarts(
  jobs: readonly AutoencoderJob[],
  options: TrainStartsOptions,
): Promise<TrainedStart[]> {
  const trained: TrainedStart[] = [];
  const atATime = Math.max(1, navigator.hardwareConcurrency);
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...options.signal ? [options.signal] : []]);
  for (let begin = 0; begin < jobs.length; begin += atATime) {
    const group = jobs.slice(begin, begin + atATime);
    const progress = _commonProgress(group.length, options.onProgress);
    const runs = group.map((job, k) =>
      _train(job, options.backend, signal, (step, loss) => progress(k, step, loss))
    );
    try {
      trained.push(...await Promise.all(runs));
    } catch (error) {
      ended.abort(error);
      await Promise.allSettled(runs);
      throw error;
    }
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

/** Tells of a step when the last of a group has done it. */
function _commonProgress(count: number, onProgress: TrainStartsOptions["onProgress"]) {
  const steps = new Array<number>(count).fill(0), losses = new Array<number>(count).fill(NaN);
  let told = 0;
  return (which: number, step: number, loss: number): void => {
    steps[which] = step;
    losses[which] = loss;
    const common = Math.min(...steps);
    if (common === told) return;
    told = common;
    onProgress?.(common, losses.reduce((a, b) => a + b) / count);
  };
}
