import { tf } from "../tf.ts";
import { Adam } from "./adam.ts";
import { Batches, countRows } from "./batches.ts";
import type { CheckpointValue } from "./checkpoint.ts";
import { CheckpointFile } from "./checkpoint_file.ts";
import { meanLoss } from "./mean_loss.ts";
import {
  exportRun,
  exportWeights,
  importRun,
  importWeights,
  type RunParts,
  type RunState,
  type TrainingRecord,
} from "./run_state.ts";
import { constantRate, type LearningRateSchedule } from "./schedules.ts";
import { checkTrainingOptions, type TrainingOptions } from "./training_options.ts";
import { batchGradient, sharedBatchGradient } from "./training_step.ts";

/** How a run ended. */
export interface TrainingResult {
  /** Steps done, those of interrupted runs before this one included. */
  readonly steps: number;
  /** Whether all steps were done, or early stopping lost its patience. */
  readonly ended: "steps" | "patience";
  /** The lowest validation loss and the steps done until then, where there was a validation. */
  readonly best?: { readonly step: number; readonly loss: number };
  /** Losses after each epoch, or whenever the run was validated. */
  readonly history: readonly TrainingRecord[];
}

/** Timers and signals get their turn at least this often, in milliseconds. */
const TURN = 50;

/**
 * Trains a network with Adam.
 *
 * One seed reproduces a run to the last bit on the same backend: batch and augmentation of a step
 * depend on the seed and the step alone. With a `checkpoint` a run that was stopped or killed at any
 * moment goes on when it is called again with the same options, and ends with the weights that it
 * would have had anyway.
 *
 * @param options Network, loss, data, and how to train.
 * @returns How the run ended; the network has the best or the last weights.
 * @throws {TypeError} If options or shapes do not fit, or a checkpoint is of another run.
 * @throws {RangeError} If the loss or a weight becomes NaN or infinite; it names the step, the batch
 * and the last good checkpoint, which is kept.
 * @throws {Error} If a checkpoint cannot be written; the one before is kept.
 *
 * @example A line through two points
 * ```ts
 * import { weightedSquares } from "@hexmover/hexmover/losses";
 * import { tf, train, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const weight = tf.variable(tf.tensor2d([[1]]));
 * const model = {
 *   name: "line",
 *   parameters: new Map([["weight", weight]]),
 *   state: new Map(),
 *   apply: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D),
 *   dispose: () => weight.dispose(),
 * };
 * const { history } = await train({
 *   model,
 *   loss: weightedSquares("cubes", 1, [{ cells: [0], weight: 1 }]),
 *   data: { inputs: Float32Array.of(1, 2), inputShape: [1], targets: Float32Array.of(3, 6) },
 *   batchSize: 2,
 *   epochs: 100,
 *   learningRate: 0.1,
 *   seed: 1,
 * });
 * assertAlmostEquals(history[99].loss, 0, 0.01);
 * assertAlmostEquals(weight.dataSync()[0], 3, 0.1);
 * ```
 */
export async function train(options: TrainingOptions): Promise<TrainingResult> {
  checkTrainingOptions(options);
  options.signal?.throwIfAborted();
  using run = new _Run(options);
  await run.resume();
  return await run.toTheEnd();
}

class _Run implements Disposable {
  readonly #options: TrainingOptions;
  readonly #schedule: LearningRateSchedule;
  readonly #batches: Batches;
  readonly #steps: number;
  readonly #parts: RunParts;
  readonly #file: CheckpointFile | undefined;
  readonly #isFirst: boolean;
  #state: RunState;
  /** Steps done when the last checkpoint was written or read. */
  #storedStep = -1;
  #storedAt = performance.now();

  constructor(options: TrainingOptions) {
    const { model, loss, data, learningRate, batchSize, validation } = options;
    this.#options = options;
    this.#schedule = typeof learningRate === "number" ? constantRate(learningRate) : learningRate;
    this.#batches = new Batches(data, options);
    this.#steps = options.steps ?? options.epochs! * this.#batches.stepsPerEpoch;
    if (validation !== undefined) countRows(validation);
    this.#isFirst = (options.replica?.rank ?? 0) === 0;
    const { store, name } = options.checkpoint ?? {};
    if (store !== undefined) this.#file = new CheckpointFile(store, name!);
    const settings = {
      model: model.name,
      loss: loss.name,
      learningRate: this.#schedule.settings,
      adam: options.adam as { [name: string]: CheckpointValue } ?? {},
      seed: options.seed,
      batchSize,
      rows: this.#batches.rows,
      stepsPerEpoch: this.#batches.stepsPerEpoch,
      validationRows: validation === undefined ? 0 : countRows(validation),
      validateEverySteps: this.#recordEvery,
    };
    this.#parts = { model, loss, settings, adam: new Adam(model.parameters, options.adam) };
    this.#state = {
      step: 0,
      ended: undefined,
      lossSum: 0,
      lossRows: 0,
      schedule: this.#schedule.start,
      stalled: 0,
      best: undefined,
      history: [],
    };
  }

  get #recordEvery(): number {
    return this.#options.validateEverySteps ?? this.#batches.stepsPerEpoch;
  }

  async resume(): Promise<void> {
    if (this.#options.checkpoint?.resume === false) return;
    const { onWarning = console.warn } = this.#options;
    const stored = await this.#file?.read(this.#isFirst ? onWarning : () => {});
    if (stored === undefined) return;
    try {
      this.#state = importRun(stored.checkpoint, this.#parts);
    } catch (error) {
      throw new TypeError(`Cannot resume ${stored.path}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    this.#storedStep = this.#state.step;
  }

  async toTheEnd(): Promise<TrainingResult> {
    const { model, keep = "best", signal, onProgress } = this.#options;
    const state = this.#state, beganAt = performance.now();
    let turnAt = beganAt, rows = 0;
    if (state.ended === "steps" && state.step < this.#steps) state.ended = undefined;
    while (state.ended === undefined && state.step < this.#steps) {
      const { stopRequested, learningRate, loss, count } = await this.#step();
      const record = await this.#endOfStep(learningRate);
      rows += count;
      const now = performance.now();
      if (this.#isFirst) {
        onProgress?.({
          step: state.step,
          steps: this.#steps,
          epoch: Math.floor((state.step - 1) / this.#batches.stepsPerEpoch),
          loss,
          learningRate,
          samplesPerSecond: 1000 * rows / (now - beganAt),
          ...(record?.validationLoss === undefined
            ? {}
            : { validationLoss: record.validationLoss }),
        });
      }
      if (now - turnAt > TURN) {
        await new Promise((resolve) => setTimeout(resolve));
        turnAt = performance.now();
      }
      const stops = this.#options.replica === undefined ? signal?.aborted : stopRequested;
      if (this.#file !== undefined && (stops || this.#isDue())) await this.#store();
      if (stops) throw signal?.reason ?? new DOMException("The run was stopped", "AbortError");
    }
    state.ended ??= "steps";
    // Also without a file: this finds weights that the last step broke.
    await this.#store();
    const { best, history, ended, step } = state;
    if (keep === "best" && best !== undefined) importWeights(model, best.weights);
    return {
      steps: step,
      ended,
      ...(best === undefined ? {} : { best: { step: best.step, loss: best.loss } }),
      history,
    };
  }

  [Symbol.dispose](): void {
    this.#parts.adam[Symbol.dispose]();
  }

  async #step() {
    const { model, loss, data: { inputShape }, replica } = this.#options;
    const state = this.#state;
    const batch = this.#batches.at(state.step);
    const learningRate = this.#schedule.rate(state.step, state.schedule);
    const options = { model, loss, inputShape, batch };
    const found = replica === undefined
      ? { ...await batchGradient(options), stopRequested: false }
      : await sharedBatchGradient(options, replica);
    try {
      if (!Number.isFinite(found.loss)) throw this.#notFinite(`the loss is ${found.loss}`, 1);
      this.#parts.adam.step(found.gradients, learningRate);
    } finally {
      tf.dispose(found.gradients);
    }
    state.step++;
    state.lossSum += found.loss * batch.count;
    state.lossRows += batch.count;
    return {
      loss: found.loss,
      stopRequested: found.stopRequested,
      learningRate,
      count: batch.count,
    };
  }

  /** What is due after some steps: the loss's own learning, a validation, a record. */
  async #endOfStep(learningRate: number): Promise<TrainingRecord | undefined> {
    const { model, loss, validation, batchSize, replica, earlyStopping } = this.#options;
    const state = this.#state, { stepsPerEpoch } = this.#batches;
    if (state.step % stepsPerEpoch === 0) await loss.update?.(state.step / stepsPerEpoch - 1);
    if (state.step % this.#recordEvery !== 0 && state.step !== this.#steps) return undefined;
    const record = { step: state.step, loss: state.lossSum / state.lossRows, learningRate };
    state.lossSum = state.lossRows = 0;
    if (validation === undefined) {
      state.history.push(record);
      return record;
    }
    const validationLoss = await meanLoss(model, loss, validation, { batchSize, replica });
    if (!Number.isFinite(validationLoss)) {
      throw this.#notFinite(`the validation loss is ${validationLoss}`);
    }
    state.history.push({ ...record, validationLoss });
    state.schedule = this.#schedule.next?.(state.schedule, validationLoss) ?? state.schedule;
    const lowest = state.best?.loss ?? Infinity;
    const isBetter = validationLoss < lowest - (earlyStopping?.minimumImprovement ?? 0);
    state.stalled = isBetter ? 0 : state.stalled + 1;
    if (validationLoss < lowest) {
      state.best = { step: state.step, loss: validationLoss, weights: await exportWeights(model) };
    }
    if (earlyStopping !== undefined && state.stalled >= earlyStopping.patience) {
      state.ended = "patience";
    }
    return { ...record, validationLoss };
  }

  #isDue(): boolean {
    const { everySteps, everySeconds = everySteps === undefined ? 60 : Infinity } =
      this.#options.checkpoint ?? {};
    return this.#state.step % (everySteps ?? Infinity) === 0 ||
      performance.now() - this.#storedAt > 1000 * everySeconds;
  }

  async #store(): Promise<void> {
    const state = this.#state;
    if (!this.#isFirst || state.step === this.#storedStep) return;
    const checkpoint = await exportRun(state, this.#parts);
    for (const [name, array] of checkpoint.arrays) {
      if (array.every(Number.isFinite)) continue;
      throw this.#notFinite(`${name} is not finite any more`);
    }
    await this.#file?.write(checkpoint);
    this.#storedStep = state.step;
    this.#storedAt = performance.now();
  }

  /** The error of a run that went astray; steps and batches are counted from 1. */
  #notFinite(what: string, ahead: 0 | 1 = 0): RangeError {
    const { model, checkpoint } = this.#options, { stepsPerEpoch } = this.#batches;
    const step = this.#state.step + ahead;
    const epoch = Math.ceil(step / stepsPerEpoch), batch = step - (epoch - 1) * stepsPerEpoch;
    const kept = checkpoint === undefined
      ? "no checkpoints were asked for"
      : this.#file?.newest === undefined
      ? "there is no checkpoint yet"
      : `the last good checkpoint is ${this.#file.newest} of step ${this.#storedStep}`;
    return new RangeError(
      `Cannot train ${model.name} any further at step ${step}, batch ${batch} of epoch ${epoch}: ` +
        `${what}; ${kept}`,
    );
  }
}
