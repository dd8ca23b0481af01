import type { Model, TensorLoss } from "../types.ts";
import type { AdamOptions } from "./adam.ts";
import type { Augmentation } from "./batches.ts";
import type { LearningRateSchedule } from "./schedules.ts";
import type { CheckpointStore, Replica, ResumableLoss, TrainingData } from "./types.ts";

/** Where and how often a run is stored. */
export interface CheckpointOptions {
  /** Where to keep the two files. */
  readonly store: CheckpointStore;
  /** Path of the files in the store; `.0` and `.1` are put after it. Name it after what is trained. */
  readonly name: string;
  /** Steps between checkpoints. @default no number: only the time counts */
  readonly everySteps?: number;
  /** Seconds between checkpoints. @default 60, or Infinity where `everySteps` is given */
  readonly everySeconds?: number;
  /** Whether to go on from a checkpoint that is there. @default true */
  readonly resume?: boolean;
}

/** When to end a run before its last step. */
export interface EarlyStoppingOptions {
  /** Validations in a row without a better loss after which the run ends, at least 1. */
  readonly patience: number;
  /** By how much a loss must be below the best to be better. @default 0 */
  readonly minimumImprovement?: number;
}

/** Where a run stands, after a step. */
export interface TrainingProgress {
  /** Steps done, those of interrupted runs before this one included. */
  readonly step: number;
  /** Steps to be done in all. */
  readonly steps: number;
  /** The epoch of this step, from 0. */
  readonly epoch: number;
  /** Mean loss of this step's batch. */
  readonly loss: number;
  /** Learning rate of this step. */
  readonly learningRate: number;
  /** Rows that were learnt from in a second, since this run began or was resumed. */
  readonly samplesPerSecond: number;
  /** The validation loss, where this step ended with a validation. */
  readonly validationLoss?: number;
}

/** Options of {@linkcode train}. */
export interface TrainingOptions {
  /** The network, with its weights drawn; they are changed. */
  readonly model: Model;
  /** What to minimise. */
  readonly loss: TensorLoss | ResumableLoss;
  /** The rows to learn from. */
  readonly data: TrainingData;
  /** Rows to validate with. Without them there is no best, no early stopping and no plateau. */
  readonly validation?: TrainingData;
  /** Rows in a batch. */
  readonly batchSize: number;
  /** Seed of the orders and of the augmentation. */
  readonly seed: number;
  /** Steps in all; give these or `epochs`. */
  readonly steps?: number;
  /** Epochs in all. */
  readonly epochs?: number;
  /** The learning rate: a number, or a schedule. */
  readonly learningRate: number | LearningRateSchedule;
  /** Options of the optimiser. */
  readonly adam?: AdamOptions;
  /** Whether the rows at the end of an epoch that fill no batch are left out. @default false */
  readonly dropLast?: boolean;
  /** Changes each batch before it is learnt from. */
  readonly augment?: Augmentation;
  /** Steps between validations. @default an epoch */
  readonly validateEverySteps?: number;
  /** When to end early. */
  readonly earlyStopping?: EarlyStoppingOptions;
  /**
   * Which weights the network has afterwards, where there was a validation: those of the lowest
   * validation loss, or the last.
   *
   * @default "best"
   */
  readonly keep?: "best" | "last";
  /** Where to store the run; without it an interrupted run is lost. */
  readonly checkpoint?: CheckpointOptions;
  /** Ends the run after its current step, with a checkpoint; `train` then rejects with the reason. */
  readonly signal?: AbortSignal;
  /** Told of each step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Told of what is wrong and can be mended. @default console.warn */
  readonly onWarning?: (message: string) => void;
  /** Trains one of several equal copies; set by {@linkcode trainParallel}. */
  readonly replica?: Replica;
}

/**
 * Checks what the types of the options cannot say.
 *
 * @param options The options.
 * @throws {TypeError} If options contradict each other.
 * @throws {RangeError} If a number is out of range.
 */
export function checkTrainingOptions(options: TrainingOptions): void {
  const { model, loss, validation, steps, epochs, learningRate, earlyStopping, checkpoint } =
    options;
  const fail = (message: string): never => {
    throw new TypeError(`Cannot train ${model.name}: ${message}`);
  };
  if ((steps === undefined) === (epochs === undefined)) fail("give either steps or epochs");
  if (validation === undefined) {
    if (earlyStopping !== undefined) fail("early stopping needs rows to validate with");
    if (typeof learningRate === "object" && learningRate.next !== undefined) {
      fail("a learning rate that follows the validation loss needs rows to validate with");
    }
  }
  if (loss.update !== undefined) {
    if (options.replica !== undefined) {
      fail(`the loss ${loss.name} learns, and its copies would learn different things in parallel`);
    }
    const { exportState, importState } = loss as ResumableLoss;
    if (checkpoint !== undefined && !(exportState && importState)) {
      fail(`the loss ${loss.name} learns and has no state to export, so checkpoints lack it`);
    }
  }
  const counts = {
    steps,
    epochs,
    validateEverySteps: options.validateEverySteps,
    "earlyStopping.patience": earlyStopping?.patience,
    "checkpoint.everySteps": checkpoint?.everySteps,
  };
  for (const [name, count] of Object.entries(counts)) {
    if (count === undefined || Number.isSafeInteger(count) && count >= 1) continue;
    throw new RangeError(
      `Cannot train ${model.name}: ${name} must be a positive integer, current value is ${count}`,
    );
  }
}
