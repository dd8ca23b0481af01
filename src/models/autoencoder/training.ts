import type { Charges, WaferTable } from "../../datasets/wafer_table.ts";
import { cosineRate, type LearningRateSchedule } from "../../tensor/training/schedules.ts";
import type { TrainingData } from "../../tensor/training/types.ts";
import type { TrainingOptions } from "../../tensor/training/training_options.ts";
import type { TensorLoss } from "../../tensor/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { normalise } from "../../wafer/normalise.ts";
import { buildEconAutoencoder, type EconAutoencoder } from "../econ_autoencoder.ts";
import { assignModelWeights } from "../surrogates/model_weights.ts";
import { waferConditions } from "./conditions.ts";
import { mixWafers } from "./mix_wafers.ts";
import type { AutoencoderArchitecture, StoredAutoencoder } from "./stored_autoencoder.ts";
import { smearWafers } from "./smear_wafers.ts";
import { randomTurns } from "./turns.ts";

/** How an autoencoder is trained, whatever its loss. */
export interface AutoencoderRecipe {
  /** Wafers in a batch. */
  readonly batchSize: number;
  /** The learning rate: a constant, or the peak of a cosine that rises in 200 steps and falls to 0. */
  readonly rate: { readonly constant: number } | { readonly peak: number };
  /** First bias of the latents; above zero keeps alive those that a ReLU would close for good. */
  readonly latentBias: number;
  /** First bias of the published decoder's output; -3.4 starts each cell at 0.03 and not at 0.5. */
  readonly outputBias: number;
  /** Whether each wafer is turned at random by a third of a circle. */
  readonly turns: boolean;
  /** The part of the wafers that are mixed with another one, see {@linkcode mixWafers}. */
  readonly mixed: number;
  /** By what part charges fluctuate, see {@linkcode smearWafers}; 0 for as they are. */
  readonly smeared: number;
}

/** Options of {@linkcode autoencoderTraining}. */
export interface AutoencoderTrainingOptions {
  /** Wafers to learn from, none empty; with the columns that the conditions need. */
  readonly wafers: WaferTable<Charges>;
  /** Wafers to watch the loss on; they do not change the training. */
  readonly validation?: WaferTable<Charges>;
  /** What is built. */
  readonly architecture: AutoencoderArchitecture;
  /** What is minimised, from {@linkcode autoencoderLoss}. */
  readonly loss: TensorLoss;
  /** Steps in all. */
  readonly steps: number;
  /** Seed of weights, batches and augmentation. */
  readonly seed: number;
  /** How. @default {DEFAULT_RECIPE} */
  readonly recipe?: AutoencoderRecipe;
  /** Weights to begin with, of the same architecture; else they are drawn. */
  readonly start?: StoredAutoencoder;
}

/**
 * What was found good for all losses (docs/performance.md): a high rate that falls along a cosine, first
 * biases near where they end, turned wafers.
 */
export const DEFAULT_RECIPE: AutoencoderRecipe = {
  batchSize: 128,
  rate: { peak: 1.5e-2 },
  latentBias: 0.5,
  outputBias: -3.4,
  turns: true,
  mixed: 0,
  smeared: 0,
};

/** The published recipe: Adam as it is, batches of 500, wafers and first weights as they come. */
export const PUBLISHED_RECIPE: AutoencoderRecipe = {
  batchSize: 500,
  rate: { constant: 1e-3 },
  latentBias: 0,
  outputBias: 0,
  turns: false,
  mixed: 0,
  smeared: 0,
};

/** Steps in which the rate rises to its peak, at most a tenth of all. */
const WARM_UP_STEPS = 200;
/** How often the loss is looked at on the wafers to validate with. */
const VALIDATIONS = 20;

/**
 * The training of an ECON-T autoencoder, for `train`: network, data, augmentation and schedule.
 *
 * Wafers are shown divided by 2^floor(log2 of their sum), as the ECON-T does it; they are their own
 * targets. Training keeps its last weights: a falling rate ends at the best ones, and nothing is chosen
 * by wafers that may judge later.
 *
 * @param options Wafers, architecture, loss, steps, seed.
 * @returns Options of `train`; its `model` is the network, on the backend in use.
 * @throws {TypeError} If the wafers lack a column that a condition needs.
 * @throws {RangeError} If a wafer is empty, or the loss is not one of wafers.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { autoencoderLoss, autoencoderTraining, PUBLISHED_FORMATS } from "@hexmover/hexmover/models";
 * import { train, useBackend } from "@hexmover/hexmover/tensor";
 * import { assert } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const training = autoencoderTraining({
 *   wafers: toyWafers("shower", 256, 1),
 *   architecture: { formats: PUBLISHED_FORMATS, decoder: { kind: "convolutional" }, conditions: [] },
 *   loss: await autoencoderLoss("exact_emd"),
 *   steps: 20,
 *   seed: 1,
 * });
 * const { history } = await train(training);
 * assert(history.at(-1)!.loss < 10);
 * ```
 */
export function autoencoderTraining(
  options: AutoencoderTrainingOptions,
): TrainingOptions & { readonly model: EconAutoencoder } {
  const { wafers, validation, architecture, loss, steps, seed, start } = options;
  const { recipe = DEFAULT_RECIPE } = options;
  const { conditions } = architecture;
  const model = buildEconAutoencoder({
    ...architecture,
    conditions: conditions.length,
    latentBias: recipe.latentBias,
    outputBias: recipe.outputBias,
    seed,
  });
  if (start !== undefined) assignModelWeights(model, start.weights);
  const changes = [
    ...recipe.turns ? [randomTurns(conditions)] : [],
    ...recipe.smeared > 0 ? [smearWafers(recipe.smeared, conditions)] : [],
    ...recipe.mixed > 0 ? [mixWafers(recipe.mixed, conditions)] : [],
  ];
  return {
    model,
    loss,
    data: autoencoderData(wafers, architecture),
    ...validation && { validation: autoencoderData(validation, architecture) },
    batchSize: Math.min(recipe.batchSize, wafers.count),
    steps,
    seed,
    learningRate: _schedule(recipe.rate, steps),
    ...changes.length > 0 && {
      augment: (batch, random) => changes.forEach((change) => change(batch, random)),
    },
    validateEverySteps: Math.ceil(steps / VALIDATIONS),
    keep: "last",
  };
}

/**
 * Wafers as an autoencoder sees them.
 *
 * @param wafers The wafers.
 * @param architecture The autoencoder's.
 * @returns Rows of charges divided by a power of two, with conditions, and the same charges as targets.
 */
export function autoencoderData(
  wafers: WaferTable<Charges>,
  { conditions }: Pick<AutoencoderArchitecture, "conditions">,
): TrainingData {
  const targets = Float32Array.from(normalise(wafers.charges, "power_of_two"));
  if (conditions.length === 0) return { inputs: targets, inputShape: [CELLS], targets };
  const known = waferConditions(wafers, conditions), size = CELLS + conditions.length;
  const inputs = new Float32Array(wafers.count * size);
  for (let wafer = 0; wafer < wafers.count; wafer++) {
    inputs.set(targets.subarray(wafer * CELLS, (wafer + 1) * CELLS), wafer * size);
    const from = wafer * conditions.length;
    inputs.set(known.subarray(from, from + conditions.length), wafer * size + CELLS);
  }
  return { inputs, inputShape: [size], targets };
}

function _schedule(rate: AutoencoderRecipe["rate"], steps: number): number | LearningRateSchedule {
  if ("constant" in rate) return rate.constant;
  const warmUpSteps = Math.min(WARM_UP_STEPS, Math.floor(steps / 10));
  return cosineRate({ peak: rate.peak, steps, warmUpSteps });
}
