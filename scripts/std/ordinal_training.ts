/**
 * Networks that tell classes, alike in all but the loss that they are trained by.
 *
 * @module
 */
import { crossEntropy, squaredEmd, squaredEmdLearned } from "../../src/losses/mod.ts";
import { buildClassifier, type Classifier } from "../../src/models/classifier.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import {
  cosineRate,
  regressionLoss,
  tf,
  train,
  type TrainingData,
  type TrainingOptions,
} from "../../src/tensor/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { type OrdinalScores, scoreNumbers, scoreProbabilities } from "./ordinal_scores.ts";
import type { LabelledRows } from "./ordinal_tasks.ts";

/** What networks are trained by. */
export const METHODS = ["cross entropy", "squared EMD", "learned matrix", "regression"] as const;
/** One of {@linkcode METHODS}. */
export type Method = typeof METHODS[number];

/** How a network is trained. */
export type OrdinalTraining = {
  /** Rows to learn from. */
  readonly rows: number;
  /** Rows in a batch. */
  readonly batchSize: number;
  /** Epochs. */
  readonly epochs: number;
  /** Highest learning rate; it falls along half a cosine. */
  readonly learningRate: number;
  /** Power omega of learned distances. */
  readonly sensitivity: number;
  /** Bias mu of learned distances. */
  readonly bias: number;
};

/** What came of a training. */
export type OrdinalOutcome = {
  readonly scores: OrdinalScores;
  /** The learned ground distances, row-major; empty for other methods. */
  readonly distances: readonly number[];
};

/**
 * Trains a network on some rows and judges it by others.
 *
 * @param method The loss.
 * @param training Rows, epochs and rate.
 * @param task Number of classes; rows to draw from, and to judge by.
 * @param seed Which rows are drawn, their order, and the first weights.
 * @returns Scores, and what the loss has learnt.
 */
export async function trainAndScore(
  method: Method,
  training: OrdinalTraining,
  task: { readonly classes: number; readonly train: LabelledRows; readonly test: LabelledRows },
  seed: number,
): Promise<OrdinalOutcome> {
  const { classes, test } = task;
  const chosen = _draw(task.train, training.rows, seed);
  const { distances, ...options } = ordinalTrainingOptions(method, training, classes, chosen, seed);
  const model = options.model as Classifier;
  try {
    await train(options);
    const output = tf.tidy(() =>
      model.apply(tf.tensor2d(test.inputs, [test.labels.length, CELLS]), false)
    );
    const numbers = Float32Array.from(await output.data());
    output.dispose();
    const scores = method === "regression"
      ? scoreNumbers(numbers, test.labels, classes)
      : scoreProbabilities(numbers, test.labels);
    return { scores, distances: distances() };
  } finally {
    model.dispose();
  }
}

/**
 * The options of a training.
 *
 * @param method The loss.
 * @param training Epochs and rate.
 * @param classes Number of classes.
 * @param rows The rows to learn from, all of them.
 * @param seed Their order, and the first weights.
 * @returns Options for `train`, with a fresh model, and what tells the learned distances.
 */
export function ordinalTrainingOptions(
  method: Method,
  training: OrdinalTraining,
  classes: number,
  rows: LabelledRows,
  seed: number,
): TrainingOptions & { readonly distances: () => number[] } {
  const { batchSize, epochs, learningRate: peak, sensitivity, bias } = training;
  const isNumber = method === "regression";
  const model = buildClassifier({
    outputs: isNumber ? 1 : classes,
    activation: isNumber ? "linear" : "softmax",
    seed,
  });
  const learned = squaredEmdLearned({
    classes,
    sensitivity,
    bias,
    features: () => model.takeFeatures(),
  });
  const loss = {
    "cross entropy": () => crossEntropy({ classes }),
    "squared EMD": () => squaredEmd({ classes }),
    "learned matrix": () => learned,
    "regression": () => regressionLoss("mse"),
  }[method]();
  const steps = epochs * Math.ceil(rows.labels.length / batchSize);
  return {
    model,
    loss,
    data: _data(rows, classes, isNumber),
    batchSize,
    epochs,
    learningRate: cosineRate({ peak, steps }),
    seed,
    distances: () => method === "learned matrix" ? [...learned.distances] : [],
  };
}

/** As many rows as asked for, drawn anew for each seed; all where there are fewer. */
function _draw({ inputs, labels }: LabelledRows, count: number, seed: number): LabelledRows {
  const order = Uint32Array.from(labels.keys());
  const rows = new RandomStream(seed, "rows to learn from").shuffle(order).subarray(0, count);
  const chosen = new Float32Array(rows.length * CELLS);
  rows.forEach((row, k) => chosen.set(inputs.subarray(row * CELLS, (row + 1) * CELLS), k * CELLS));
  return { inputs: chosen, labels: Uint8Array.from(rows, (row) => labels[row]) };
}

function _data({ inputs, labels }: LabelledRows, classes: number, isNumber: boolean): TrainingData {
  const targets = new Float32Array(labels.length * (isNumber ? 1 : classes));
  labels.forEach((label, row) => {
    if (isNumber) targets[row] = label / (classes - 1);
    else targets[row * classes + label] = 1;
  });
  return { inputs, inputShape: [CELLS], targets };
}
