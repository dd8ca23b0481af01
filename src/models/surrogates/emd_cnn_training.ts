import { pairedWafers, randomPairs } from "../../datasets/pairs/pairs.ts";
import { waferTable } from "../../datasets/wafer_table.ts";
import type { RandomStream } from "../../numerics/random.ts";
import type { TrainingBatch } from "../../tensor/training/batches.ts";
import { assignArrays, namedArrays } from "../../tensor/training/named_arrays.ts";
import { cosineRate } from "../../tensor/training/schedules.ts";
import { train } from "../../tensor/training/train.ts";
import type {
  CheckpointOptions,
  TrainingProgress,
} from "../../tensor/training/training_options.ts";
import type { TrainingData } from "../../tensor/training/types.ts";
import type { TrainingRecord } from "../../tensor/training/run_state.ts";
import { tf } from "../../tensor/tf.ts";
import type { Model } from "../../tensor/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import { normalise } from "../../wafer/normalise.ts";
import { buildEmdCnn, EMD_CNN_MOMENTUM, type EmdCnnOptions } from "../emd_cnn.ts";
import { emdCnnLoss, type EmdCnnLossOptions } from "./emd_cnn_loss.ts";
import type { LabelledBatch } from "./types.ts";

/**
 * Draws pairs with their exact EMDs; the same whenever it gets an equal stream.
 *
 * @param count How many.
 * @param random Where the random numbers come from.
 */
export type PairDraw = (count: number, random: RandomStream) => LabelledBatch;

/** Options of {@linkcode trainEmdCnn}. */
export interface EmdCnnTrainingOptions extends EmdCnnLossOptions {
  /** Hyperparameters of the network; its seed is that of the run. */
  readonly network?: Omit<EmdCnnOptions, "seed">;
  /**
   * What to learn from: a set of pairs that is gone through again and again, as published, or one that
   * is drawn anew for each batch ({@linkcode randomPairDraw}).
   */
  readonly pairs: LabelledBatch | PairDraw;
  /** Pairs to choose the best weights by, of wafers that are not among those to learn from. */
  readonly validation: LabelledBatch;
  /** How many pairs are learnt from in all, repetitions counted. */
  readonly visits: number;
  /** Pairs in a batch. The published code has 32; larger ones need fewer, longer steps. @default 64 */
  readonly batchSize?: number;
  /** The highest learning rate of Adam. Published: 1e-3. @default 4e-3 */
  readonly learningRate?: number;
  /**
   * Whether the rate stays as it is (published), or grows in a twentieth of the steps and then falls
   * to zero along half a cosine.
   *
   * @default {"cosine"}
   */
  readonly schedule?: "constant" | "cosine";
  /** How often the network is validated, in all. @default 20 */
  readonly validations?: number;
  /** Seed of the first weights, the order of pairs and what is drawn. */
  readonly seed: number;
  /** Where to store the run; without it an interrupted run is lost. */
  readonly checkpoint?: CheckpointOptions;
  /** Ends the run after its current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Told of each step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/** Pairs from which the running averages start. */
const FIRST_PAIRS = 256;

/** An EMD CNN that was trained. */
export interface TrainedEmdCnn {
  /** The network with its best weights, on the backend in use; the caller frees it. */
  readonly model: Model;
  /** The lowest validation loss, and the steps done until then. */
  readonly best: { readonly step: number; readonly loss: number };
  /** Losses at each validation. */
  readonly history: readonly TrainingRecord[];
}

/**
 * Trains an EMD CNN on pairs with exact EMDs, by Adam, and keeps the weights of the lowest validation
 * loss.
 *
 * Published are batches of 32, a constant rate of 1e-3, and 120 epochs of 238,000 pairs: 28.6 million
 * visits. The defaults here, with pairs drawn anew for each batch, need a fiftieth of them. What helps
 * most are a few near pairs (`mixedPairDraw`): with one in four, 100,000 visits of pairs of real wafers
 * led to a sigma of 5.4 % on random pairs, with none to 6.3 % (one seed).
 *
 * @param options Pairs, and how to learn from them.
 * @returns The network and the course of the run.
 * @throws {RangeError | TypeError} As `buildEmdCnn`, {@linkcode emdCnnLoss} and `train`.
 *
 * Source: arXiv 2306.04712, Section 3 and Appendix B, and its published code.
 *
 * @example A small network sees a few pairs
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { normalise } from "@hexmover/hexmover/wafer";
 * import { assert } from "@std/assert";
 * import { randomPairDraw, trainEmdCnn } from "./emd_cnn_training.ts";
 *
 * await useBackend({ backend: "wasm" });
 * const draw = (seed: number) =>
 *   randomPairDraw(normalise(toyWafers("shower", 100, seed).charges, "fraction"));
 * const { model, history } = await trainEmdCnn({
 *   network: { convLayers: 1, kernelSize: 3, filters: 4, denseUnits: 8 },
 *   pairs: draw(1),
 *   validation: draw(2)(200, new RandomStream(2, "validation")),
 *   visits: 2000,
 *   batchSize: 50,
 *   learningRate: 1e-2,
 *   seed: 1,
 * });
 * assert(history.at(-1)!.validationLoss! < history[0].validationLoss!);
 * model.dispose();
 * ```
 */
export async function trainEmdCnn(options: EmdCnnTrainingOptions): Promise<TrainedEmdCnn> {
  const { pairs, visits, batchSize = 64, learningRate = 4e-3, schedule = "cosine" } = options;
  const { seed, validations = 20, checkpoint, signal, onProgress } = options;
  const model = buildEmdCnn({ ...options.network, seed });
  const steps = Math.ceil(visits / batchSize);
  try {
    const validation = _rows(options.validation);
    await _startAverages(model, validation);
    const { best, history } = await train({
      model,
      loss: emdCnnLoss(model, options),
      ..._source(pairs, batchSize),
      validation,
      batchSize,
      steps,
      seed,
      learningRate: schedule === "cosine"
        ? cosineRate({ peak: learningRate, steps, warmUpSteps: Math.floor(steps / 20) })
        : learningRate,
      validateEverySteps: Math.ceil(steps / validations),
      ...(checkpoint && { checkpoint }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    return { model, best: best!, history };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/**
 * Pairs of two different wafers, all equally likely, each with its exact EMD.
 *
 * @param wafers At least two wafers, 48 charges each in train order, row-major, none empty.
 * @returns What draws them, as charge fractions; some 10 microseconds a pair.
 * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer is empty; from drawing, if
 * there are fewer than two wafers.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 * import { randomPairDraw } from "./emd_cnn_training.ts";
 *
 * const draw = randomPairDraw(toyWafers("shower", 10, 1).charges);
 * assertEquals(draw(5, new RandomStream(1, "pairs")).emd.length, 5);
 * ```
 */
export function randomPairDraw(wafers: ArrayLike<number>): PairDraw {
  const table = waferTable(normalise(Float64Array.from(wafers), "fraction"));
  return (count, random) => {
    const { x, y } = pairedWafers(table, randomPairs(table.count, count, random));
    const { values } = waferEmdBatch(x, y);
    return { x: Float32Array.from(x), y: Float32Array.from(y), emd: values, count };
  };
}

/**
 * Gives running averages the statistics of some pairs for a start. From zeros and ones they would need
 * a thousand steps to get to variances of charge fractions, and a short run would be judged by what
 * is left of the ones.
 */
async function _startAverages(model: Model, { inputs }: TrainingData): Promise<void> {
  const rows = Math.min(FIRST_PAIRS, inputs.length / (2 * CELLS));
  const before = await namedArrays(model.state);
  tf.tidy(() => {
    model.apply(tf.tensor2d(inputs.slice(0, rows * 2 * CELLS), [rows, 2 * CELLS]), true);
  });
  const after = await namedArrays(model.state);
  for (const [name, values] of after) {
    const old = before.get(name)!;
    // after = MOMENTUM before + (1 - MOMENTUM) statistics
    values.forEach((value, k) => values[k] = old[k] + (value - old[k]) / (1 - EMD_CNN_MOMENTUM));
  }
  assignArrays(model.state, after);
}

/** Rows to go through, or empty ones that are filled when their turn comes. */
function _source(pairs: LabelledBatch | PairDraw, batchSize: number) {
  if (typeof pairs !== "function") return { data: _rows(pairs) };
  const inputs = new Float32Array(batchSize * 2 * CELLS), targets = new Float32Array(batchSize);
  return {
    data: { inputs, inputShape: [2 * CELLS], targets },
    augment(batch: TrainingBatch, random: RandomStream) {
      const drawn = _rows(pairs(batch.count, random));
      batch.inputs.set(drawn.inputs);
      batch.targets.set(drawn.targets);
    },
  };
}

/** Both wafers of a pair behind each other, as the network takes them. */
function _rows({ x, y, emd, count }: LabelledBatch): TrainingData {
  const inputs = new Float32Array(2 * x.length);
  for (let pair = 0; pair < count; pair++) {
    const begin = pair * CELLS, end = begin + CELLS;
    inputs.set(x.subarray(begin, end), 2 * begin);
    inputs.set(y.subarray(begin, end), 2 * begin + CELLS);
  }
  return { inputs, inputShape: [2 * CELLS], targets: Float32Array.from(emd) };
}
