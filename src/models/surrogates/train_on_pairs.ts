import { Adam } from "../../tensor/training/adam.ts";
import { CheckpointFile } from "../../tensor/training/checkpoint_file.ts";
import { lossGradient } from "../../tensor/training/loss_gradient.ts";
import { exportRun, importRun, type RunState } from "../../tensor/training/run_state.ts";
import { cosineRate } from "../../tensor/training/schedules.ts";
import type { CheckpointOptions } from "../../tensor/training/training_options.ts";
import { tf } from "../../tensor/tf.ts";
import type { Model, TensorLoss } from "../../tensor/types.ts";
import type { LabelledBatch, PairStream } from "./types.ts";

/** What a network is shown of some pairs, and what it is told. */
export interface PairRows {
  /** Inputs, row-major, one row a pair. */
  readonly inputs: Float32Array;
  /** Targets, of the size of the loss. */
  readonly targets: Float32Array;
}

/** Options of {@linkcode trainOnPairs}. */
export interface TrainOnPairsOptions {
  /** The network, with its weights drawn; they are changed. */
  readonly model: Model;
  /** What to minimise. */
  readonly loss: TensorLoss;
  /** The pairs; a run that is resumed needs the same again. */
  readonly pairs: PairStream;
  /** What the network sees of a batch, for example {@linkcode differenceRows}. */
  readonly rows: (batch: LabelledBatch) => PairRows;
  /** Steps in all. */
  readonly steps: number;
  /** Pairs in a batch. */
  readonly batchSize: number;
  /** The highest learning rate; from there it falls to zero along half a cosine. */
  readonly peakRate: number;
  /** Steps in which the rate grows to its peak, at most a tenth of all. @default 200 */
  readonly warmUpSteps?: number;
  /** Seed of the run, for its checkpoint: another one is another run. */
  readonly seed: number;
  /** Where to store the run; without it an interrupted run is lost. */
  readonly checkpoint?: CheckpointOptions;
  /** Ends the run after its current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Told of each step: how many are done, and the mean loss of its batch. */
  readonly onProgress?: (progress: PairTrainingProgress) => void;
}

/** Where a run stands. */
export interface PairTrainingProgress {
  /** Steps done. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** Mean loss of the last batch. */
  readonly loss: number;
}

/** How a run went. */
export interface PairTrainingResult {
  /** Mean loss of the first hundredth of the steps. */
  readonly firstLoss: number;
  /** Mean loss of the last hundredth. */
  readonly lastLoss: number;
}

/** Timers and signals get their turn at least this often, in milliseconds. */
const TURN = 50;
/** Records of the mean loss in a run. */
const RECORDS = 100;

/**
 * Trains a network with Adam on a stream of pairs, each seen once. No validation is needed to choose
 * among weights: what is drawn anew for every step is not learnt by heart.
 *
 * One seed reproduces a run to the last bit on the same backend, and an interrupted run goes on from
 * its checkpoint to the weights that it would have had anyway.
 *
 * @param options Network, loss, pairs, and how long.
 * @returns Losses at the beginning and the end; the network has its last weights.
 * @throws {RangeError} If the loss becomes NaN or infinite; it names the step.
 * @throws {TypeError} If a checkpoint is of another run.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { regressionLoss, useBackend } from "@hexmover/hexmover/tensor";
 * import { assert } from "@std/assert";
 * import { buildScaleFree, differenceRows } from "./scale_free.ts";
 * import { trainOnPairs } from "./train_on_pairs.ts";
 * import { trainingPairs } from "./training_pairs.ts";
 *
 * await useBackend({ backend: "wasm" });
 * const model = buildScaleFree({ units: 16 });
 * const { firstLoss, lastLoss } = await trainOnPairs({
 *   model,
 *   loss: regressionLoss("relative"),
 *   pairs: trainingPairs(toyWafers("shower", 100, 1), { seed: 1 }),
 *   rows: differenceRows,
 *   steps: 100,
 *   batchSize: 64,
 *   peakRate: 1e-2,
 *   seed: 1,
 * });
 * assert(lastLoss < firstLoss / 2);
 * ```
 */
export async function trainOnPairs(options: TrainOnPairsOptions): Promise<PairTrainingResult> {
  const { model, loss, pairs, rows, steps, batchSize, signal, onProgress } = options;
  const warmUpSteps = Math.min(options.warmUpSteps ?? 200, Math.floor(steps / 10));
  const schedule = cosineRate({ peak: options.peakRate, steps, warmUpSteps });
  using run = await _Stored.open(options, schedule.settings);
  const { state, adam } = run, recordEvery = Math.ceil(steps / RECORDS);

  let turnAt = performance.now();
  while (state.step < steps) {
    const batch = await pairs.at(state.step, batchSize);
    const { inputs, targets } = rows(batch);
    const input = tf.tensor2d(inputs, [batch.count, inputs.length / batch.count]);
    const found = await lossGradient(model, loss, input, targets).finally(() => input.dispose());
    const learningRate = schedule.rate(state.step, {});
    if (Number.isFinite(found.loss)) adam.step(found.gradients, learningRate);
    tf.dispose(found.gradients);
    state.step++;
    if (!Number.isFinite(found.loss)) {
      throw new RangeError(
        `Cannot train ${model.name} any further at step ${state.step}: the loss is ${found.loss}`,
      );
    }
    state.lossSum += found.loss;
    state.lossRows++;
    if (state.step % recordEvery === 0 || state.step === steps) {
      const mean = state.lossSum / state.lossRows;
      state.history.push({ step: state.step, loss: mean, learningRate });
      state.lossSum = state.lossRows = 0;
    }
    onProgress?.({ step: state.step, steps, loss: found.loss });
    if (performance.now() - turnAt > TURN) {
      await new Promise((resolve) => setTimeout(resolve));
      turnAt = performance.now();
    }
    await run.storeIfDue(signal?.aborted ?? false);
    signal?.throwIfAborted();
  }
  await run.storeIfDue(true);
  return { firstLoss: state.history[0].loss, lastLoss: state.history.at(-1)!.loss };
}

/** Optimiser and course of a run, from its checkpoint where there is one. */
class _Stored implements Disposable {
  #storedAt = performance.now();
  #storedStep: number;

  private constructor(
    readonly options: TrainOnPairsOptions,
    readonly adam: Adam,
    readonly state: RunState,
    readonly settings: Record<string, string | number>,
    readonly file?: CheckpointFile,
  ) {
    this.#storedStep = state.step;
  }

  static async open(
    options: TrainOnPairsOptions,
    schedule: Readonly<Record<string, string | number>>,
  ): Promise<_Stored> {
    const { model, loss, seed, batchSize, checkpoint } = options;
    const settings = { model: model.name, loss: loss.name, seed, batchSize, ...schedule };
    const adam = new Adam(model.parameters);
    const fresh: RunState = {
      step: 0,
      ended: undefined,
      lossSum: 0,
      lossRows: 0,
      schedule: {},
      stalled: 0,
      best: undefined,
      history: [],
    };
    if (checkpoint === undefined) return new _Stored(options, adam, fresh, settings);
    const file = new CheckpointFile(checkpoint.store, checkpoint.name);
    const stored = checkpoint.resume === false ? undefined : await file.read(console.warn);
    if (stored === undefined) return new _Stored(options, adam, fresh, settings, file);
    try {
      const state = importRun(stored.checkpoint, { model, adam, loss, settings });
      return new _Stored(options, adam, state, settings, file);
    } catch (error) {
      throw new TypeError(`Cannot resume ${stored.path}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  async storeIfDue(now: boolean): Promise<void> {
    const { model, loss, checkpoint } = this.options, { adam, state, settings } = this;
    const { everySteps = Infinity, everySeconds = everySteps === Infinity ? 60 : Infinity } =
      checkpoint ?? {};
    const isDue = now || state.step % everySteps === 0 ||
      performance.now() - this.#storedAt > 1000 * everySeconds;
    if (this.file === undefined || !isDue || state.step === this.#storedStep) return;
    await this.file.write(await exportRun(state, { model, adam, loss, settings }));
    this.#storedAt = performance.now();
    this.#storedStep = state.step;
  }

  [Symbol.dispose](): void {
    this.adam[Symbol.dispose]();
  }
}
