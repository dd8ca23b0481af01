/**
 * Networks that tell where an electron hit, alike in all but the loss that they are trained by.
 *
 * @module
 */
import { buildClassifier, type Classifier } from "../../src/models/classifier.ts";
import { cosineRate, tf, train } from "../../src/tensor/mod.ts";
import type { Tree } from "../../src/transport/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import type { ImpactRows } from "./impact_classes.ts";
import { type ImpactLoss, impactLoss } from "./impact_losses.ts";
import { ImpactMeasure, type ImpactScores } from "./impact_scores.ts";

/** How a network is trained. */
export type ImpactTraining = {
  /** Units of the hidden layers. */
  readonly hidden: readonly number[];
  /** Rows in a batch. */
  readonly batchSize: number;
  /** Epochs. */
  readonly epochs: number;
  /** Highest learning rate; it falls along half a cosine. */
  readonly learningRate: number;
};

/** What a training comes to, on the rows that it was done with, and on others. */
export type ImpactOutcome = { readonly train: ImpactScores; readonly test: ImpactScores };

/** Rows whose outputs are looked at together. */
const ROWS_AT_ONCE = 512;

/**
 * Trains a network and judges it.
 *
 * @param name The loss.
 * @param training Layers, epochs and rate.
 * @param task The tree, and the rows.
 * @param seed First weights, and the order of rows.
 * @returns Scores on both sides; as many rows to learn from are looked at as there are to judge by.
 */
export async function trainOnImpacts(
  name: ImpactLoss,
  training: ImpactTraining,
  task: { readonly tree: Tree; readonly train: ImpactRows; readonly test: ImpactRows },
  seed: number,
): Promise<ImpactOutcome> {
  const { hidden, batchSize, epochs, learningRate: peak } = training;
  const classes = task.tree.bins.length, rows = task.train.labels.length;
  const model = buildClassifier({ hidden, outputs: classes, seed });
  try {
    await train({
      model,
      loss: impactLoss(name, task.tree),
      data: {
        inputs: task.train.inputs,
        inputShape: [CELLS],
        targets: _oneHot(task.train.labels, classes),
      },
      batchSize,
      epochs,
      learningRate: cosineRate({ peak, steps: epochs * Math.ceil(rows / batchSize) }),
      seed,
    });
    const distances = task.tree.distances();
    return {
      train: await _judge(model, task.train, distances, task.test.labels.length),
      test: await _judge(model, task.test, distances, task.test.labels.length),
    };
  } finally {
    model.dispose();
  }
}

/** Scores of the first rows, which are those of random impacts. */
async function _judge(
  model: Classifier,
  { inputs, labels }: ImpactRows,
  distances: Float64Array,
  count: number,
): Promise<ImpactScores> {
  const measure = new ImpactMeasure(distances), end = Math.min(count, labels.length);
  for (let from = 0; from < end; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, end);
    const output = tf.tidy(() =>
      model.apply(tf.tensor2d(inputs.subarray(from * CELLS, to * CELLS), [to - from, CELLS]), false)
    );
    measure.add(await output.data() as Float32Array, labels.subarray(from, to));
    output.dispose();
  }
  return measure.scores();
}

function _oneHot(labels: Uint16Array, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => targets[row * classes + label] = 1);
  return targets;
}
