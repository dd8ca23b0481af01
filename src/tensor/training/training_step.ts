import { tf } from "../tf.ts";
import type { Model, TensorLoss } from "../types.ts";
import { shareOfBatch, type TrainingBatch } from "./batches.ts";
import { type LossGradient, lossGradient } from "./loss_gradient.ts";
import { assignArrays, namedArrays } from "./named_arrays.ts";
import type { Replica } from "./types.ts";

/** What a step starts from. */
export interface TrainingStepOptions {
  readonly model: Model;
  readonly loss: TensorLoss;
  /** Shape of one input. */
  readonly inputShape: readonly number[];
  /** The whole batch. */
  readonly batch: TrainingBatch;
}

/** {@linkcode LossGradient} of the whole batch, the same for all replicas. */
export interface SharedLossGradient extends LossGradient {
  /** Whether somebody asked for the end of the run. */
  readonly stopRequested: boolean;
}

/**
 * Loss and gradients of a batch.
 *
 * @param options The network, the loss and the batch.
 * @returns Loss and gradients; the caller disposes of them.
 */
export function batchGradient(options: TrainingStepOptions): Promise<LossGradient> {
  return _gradientOf(options, options.batch);
}

/**
 * Loss and gradients of a batch that several replicas share: each computes the part of its rows, and
 * the parts are added up. Running averages become the means of the replicas', weighted by rows.
 *
 * What is added up are, in this order: gradients, running averages, loss, requests to stop.
 *
 * @param options The network, the loss and the batch.
 * @param replica Which part this one has.
 * @returns Loss and gradients; the caller disposes of them.
 */
export async function sharedBatchGradient(
  options: TrainingStepOptions,
  replica: Replica,
): Promise<SharedLossGradient> {
  const { model, batch } = options;
  const share = shareOfBatch(batch, replica.rank, replica.workers);
  const parameters = [...model.parameters.values()];
  let partOfLoss = 0;
  let partsOfGradients: Float32Array[] = parameters.map(({ size }) => new Float32Array(size));
  if (share.count > 0) {
    const { loss, gradients } = await _gradientOf(options, share);
    partOfLoss = loss;
    try {
      partsOfGradients = await Promise.all(
        gradients.map(async (gradient) => await gradient.data() as Float32Array),
      );
    } finally {
      tf.dispose(gradients);
    }
  }
  const weight = share.count / batch.count;
  const averages = await namedArrays(model.state);
  for (const array of averages.values()) array.forEach((value, k) => array[k] = weight * value);
  const stop = replica.stopRequested() ? 1 : 0;
  const sums = await replica.sum([
    ...partsOfGradients,
    ...averages.values(),
    Float32Array.of(partOfLoss, stop),
  ]);
  const names = [...averages.keys()], first = parameters.length;
  assignArrays(model.state, new Map(names.map((name, k) => [name, sums[first + k]])));
  const [loss, stops] = sums[sums.length - 1];
  return {
    loss,
    gradients: parameters.map(({ shape }, k) => tf.tensor(sums[k], shape)),
    stopRequested: stops > 0,
  };
}

/**
 * How many numbers {@linkcode sharedBatchGradient} adds up at a time.
 *
 * @param model The network.
 * @returns The numbers of gradients and running averages, and two.
 */
export function countShared(model: Model): number {
  let count = 2;
  for (const variables of [model.parameters, model.state]) {
    for (const { size } of variables.values()) count += size;
  }
  return count;
}

async function _gradientOf(
  { model, loss, inputShape, batch }: TrainingStepOptions,
  part: TrainingBatch,
): Promise<LossGradient> {
  const input = tf.tensor(part.inputs, [part.count, ...inputShape]);
  try {
    return await lossGradient(model, loss, input, part.targets, { divisor: batch.count });
  } finally {
    input.dispose();
  }
}
