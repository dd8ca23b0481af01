/**
 * How long an EMD CNN takes to learn, from a short measurement.
 *
 * @module
 */
import { buildEmdCnn } from "../../src/models/emd_cnn.ts";
import { emdCnnLoss } from "../../src/models/surrogates/emd_cnn_loss.ts";
import { Adam, lossGradient, tf } from "../../src/tensor/mod.ts";
import { type GridJob, productsOf } from "./emd_cnn_grid.ts";

/** A small and a large network of the search. */
const SMALL = { convLayers: 1, kernelSize: 3, filters: 32, denseLayers: 1, denseUnits: 32 };
const LARGE = { convLayers: 3, kernelSize: 5, filters: 32, denseLayers: 1, denseUnits: 256 };
/** Steps that are timed, after two to warm up. */
const STEPS = 8;

/**
 * Measures the time of training steps of a small and a large network, for some seconds, and takes
 * times of others to lie on a line through both, over the number of products.
 *
 * @param batchSize Pairs in a batch.
 * @returns The estimated seconds of a network for each pair that it learns from.
 */
export async function secondsAPair(batchSize: number): Promise<(job: GridJob) => number> {
  const small = await _seconds(SMALL, batchSize), large = await _seconds(LARGE, batchSize);
  const [from, to] = [SMALL, LARGE].map(productsOf);
  const aProduct = Math.max(0, (large - small) / (to - from));
  return (job) => Math.max(small / 10, small + aProduct * (productsOf(job) - from));
}

async function _seconds(network: Omit<GridJob, "loss">, batchSize: number): Promise<number> {
  const model = buildEmdCnn(network), loss = emdCnnLoss(model);
  const input = tf.fill([batchSize, 96], 1 / 48), target = new Float32Array(batchSize).fill(4);
  const times: number[] = [];
  using adam = new Adam(model.parameters);
  for (let step = 0; step < 2 + STEPS; step++) {
    const begin = performance.now();
    const { gradients } = await lossGradient(model, loss, input, target);
    adam.step(gradients, 1e-3);
    tf.dispose(gradients);
    times.push(performance.now() - begin);
  }
  input.dispose();
  model.dispose();
  const sorted = times.slice(2).sort((a, b) => a - b);
  return sorted[STEPS / 2] / 1000 / batchSize;
}
