import type { EmdCnnWeights, LayerWeights } from "../types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { toEncodingB } from "../../wafer/encodings.ts";
import { normalise } from "../../wafer/normalise.ts";
import { conv2d, type Conv2dShape } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { relu } from "./relu.ts";

/** An EMD CNN with given weights, without tensors. */
export interface EmdCnnInference {
  /**
   * The network's estimate of the EMD of each pair, the mean over both orders of the pair: equal, bit
   * for bit, for (x, y) and (y, x).
   *
   * @param x One wafer or a batch, 48 charges each in train order, row-major, of any positive scale:
   * the network gets charge fractions.
   * @param y As many wafers.
   * @returns One number a pair, in units of half a trigger-cell pitch. It may be negative.
   * @throws {TypeError} If `x` and `y` are not equally long, or not a multiple of 48.
   * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer is empty.
   */
  predict(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array;
}

/**
 * The EMD CNN of the paper on plain typed arrays: both wafers in encoding B side by side as 4 x 4
 * images of 6 channels, convolutions, dense layers, one output. Batch normalisations, with their
 * running averages, are folded into the layers once, beforehand.
 *
 * @param weights The weights, from `emdCnnWeights`.
 * @returns The network.
 * @throws {TypeError} From `predict`, if the weights do not fit to each other.
 *
 * @example A network without hidden weights knows nothing but its output's bias
 * ```ts
 * import { emdCnnInference } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = (inputs: number, outputs: number) => ({
 *   kernel: new Float32Array(inputs * outputs),
 *   bias: new Float32Array(outputs),
 *   gamma: new Float32Array(outputs).fill(1),
 *   beta: new Float32Array(outputs),
 *   movingMean: new Float32Array(outputs),
 *   movingVariance: new Float32Array(outputs).fill(1),
 * });
 * const network = emdCnnInference({
 *   convs: [layer(3 * 3 * 6, 8)],
 *   dense: layer(16 * 8, 4),
 *   output: { kernel: new Float32Array(4), bias: Float32Array.of(3.5) },
 *   epsilon: 1e-3,
 * });
 * const wafer = new Float64Array(48).fill(1);
 * assertEquals([...network.predict(wafer, wafer)], [3.5]);
 * ```
 */
export function emdCnnInference(weights: EmdCnnWeights): EmdCnnInference {
  const convs = weights.convs.map((conv) => foldBatchNorm(conv, weights.epsilon));
  const hidden = [weights.dense, ...weights.moreDense ?? []].map((layer) =>
    foldBatchNorm(layer, weights.epsilon)
  );

  function network(first: Float32Array, second: Float32Array): Float32Array {
    let images = _sideBySide(first, second), channels = 2 * _CHANNELS;
    for (const conv of convs) {
      const shape = _shape(conv, channels);
      images = relu(conv2d(images, conv, shape));
      channels = shape.filters;
    }
    let units = images, inputs = _PIXELS * channels;
    for (const layer of hidden) {
      units = relu(dense(units, layer, inputs));
      inputs = layer.bias.length;
    }
    return dense(units, weights.output, inputs);
  }

  function predict(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
    if (x.length !== y.length) {
      throw new TypeError(
        "Cannot predict EMDs: x and y must have equally many charges, " +
          `current values are ${x.length} and ${y.length}`,
      );
    }
    const one = _images(x), other = _images(y);
    const forth = network(one, other), back = network(other, one);
    return Float64Array.from(forth, (value, pair) => (value + back[pair]) / 2);
  }

  return { predict };
}

const _PIXELS = 16;
const _CHANNELS = CELLS / _PIXELS;

function _images(charges: ArrayLike<number>): Float32Array {
  return toEncodingB(Float32Array.from(normalise(charges, "fraction")));
}

/** Puts the channels of both wafers behind each other, pixel by pixel. */
function _sideBySide(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(2 * first.length);
  for (let k = 0; k < first.length; k += _CHANNELS) {
    both.set(first.subarray(k, k + _CHANNELS), 2 * k);
    both.set(second.subarray(k, k + _CHANNELS), 2 * k + _CHANNELS);
  }
  return both;
}

/** The kernel is square: its length tells its size, or `conv2d` that it has none. */
function _shape({ kernel, bias }: LayerWeights, channels: number): Conv2dShape {
  const filters = bias.length;
  const size = Math.round(Math.sqrt(kernel.length / (channels * filters)));
  return { rows: 4, columns: 4, channels, filters, size, stride: 1 };
}
