/**
 * One training of an autoencoder, as a job for a worker of its own.
 *
 * @module
 */
import type { Charges, WaferTable } from "../../src/datasets/wafer_table.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { autoencoderLoss } from "../../src/models/autoencoder/autoencoder_loss.ts";
import type {
  AutoencoderArchitecture,
  StoredAutoencoder,
} from "../../src/models/autoencoder/stored_autoencoder.ts";
import {
  type AutoencoderRecipe,
  autoencoderTraining,
} from "../../src/models/autoencoder/training.ts";
import { loadSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import type { StoredSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import type { TrainingOptions } from "../../src/tensor/training/training_options.ts";

/** What is trained: plain data, that can be sent to a worker. */
export interface AutoencoderJob {
  /** Wafers to learn from. */
  readonly wafers: WaferTable<Charges>;
  /** What is built. */
  readonly architecture: AutoencoderArchitecture;
  /** Name of the loss, or a surrogate. */
  readonly loss: string | StoredSurrogate;
  /** How. */
  readonly recipe: AutoencoderRecipe;
  /** Steps in all. */
  readonly steps: number;
  /** Seed of the run. */
  readonly seed: number;
  /** Weights to begin with. */
  readonly start?: StoredAutoencoder | undefined;
  /** Where to store the run, and whether to go on from what is there. */
  readonly checkpoint?:
    | { readonly folder: string; readonly name: string; readonly resume?: boolean }
    | undefined;
}

/**
 * Builds network and loss of a job, on the backend in use.
 *
 * @param options The job.
 * @returns Options of `train`.
 */
export async function job(options: AutoencoderJob): Promise<TrainingOptions> {
  const { loss, start, checkpoint, ...training } = options;
  return {
    ...autoencoderTraining({
      ...training,
      loss: await autoencoderLoss(typeof loss === "string" ? loss : await loadSurrogate(loss)),
      ...start && { start },
    }),
    ...checkpoint && {
      checkpoint: {
        store: fileStore(checkpoint.folder),
        name: checkpoint.name,
        everySeconds: 20,
        resume: checkpoint.resume ?? true,
      },
    },
  };
}
