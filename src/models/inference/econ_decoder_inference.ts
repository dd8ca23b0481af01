import { fromEncodingA } from "../../wafer/encodings.ts";
import type { DenseDecoderWeights, EconDecoderWeights } from "../types.ts";
import type { Conv2dShape } from "./conv2d.ts";
import { conv2dTranspose } from "./conv2d_transpose.ts";
import { dense } from "./dense.ts";
import { relu } from "./relu.ts";

const _UP: Conv2dShape = { rows: 4, columns: 4, channels: 8, filters: 8, size: 3, stride: 2 };
const _TO_IMAGE: Conv2dShape = { rows: 8, columns: 8, channels: 8, filters: 1, size: 3, stride: 1 };

/**
 * A decoder of the ECON-T's codes on plain typed arrays: the published one goes back through a dense
 * layer and two transposed convolutions to a sigmoid, and drops the 16 of its 8 x 8 pixels that hold
 * no cell; a dense one ends in a softmax over the cells.
 *
 * @param weights The weights of either.
 * @returns From rows of latents, followed by what else the decoder is told, to 48 numbers each in train
 * order: in (0, 1) from the published one, charge fractions from a dense one.
 * @throws {TypeError} When it is called, if the numbers are no rows of such a length.
 *
 * @example A dense decoder that knows nothing yet
 * ```ts
 * import { econDecoderInference } from "@hexmover/hexmover/models/inference";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const layer = (inputs: number, outputs: number) => ({
 *   kernel: new Float32Array(inputs * outputs),
 *   bias: new Float32Array(outputs),
 * });
 * const decode = econDecoderInference({ hidden: [layer(16, 4)], output: layer(4, 48) });
 * assertAlmostEquals(decode(new Float32Array(16))[7], 1 / 48, 1e-6);
 * ```
 */
export function econDecoderInference(
  weights: EconDecoderWeights | DenseDecoderWeights,
): (code: ArrayLike<number>) => Float32Array {
  return "hidden" in weights ? _dense(weights) : _convolutional(weights);
}

function _convolutional({ dense: first, conv1, conv2 }: EconDecoderWeights) {
  const inputs = first.kernel.length / first.bias.length;
  return (code: ArrayLike<number>): Float32Array => {
    const hidden = relu(dense(Float32Array.from(code), first, inputs));
    const larger = relu(conv2dTranspose(hidden, conv1, _UP));
    const images = conv2dTranspose(larger, conv2, _TO_IMAGE);
    return fromEncodingA(images.map((x) => 1 / (1 + Math.exp(-x))));
  };
}

function _dense({ hidden, output }: DenseDecoderWeights) {
  const apply = (x: Float32Array, layer: DenseDecoderWeights["output"]) =>
    dense(x, layer, layer.kernel.length / layer.bias.length);
  return (code: ArrayLike<number>): Float32Array => {
    let x: Float32Array = Float32Array.from(code);
    for (const layer of hidden) x = relu(apply(x, layer));
    return _softmax(apply(x, output), output.bias.length);
  };
}

function _softmax(rows: Float32Array, size: number): Float32Array {
  for (let begin = 0; begin < rows.length; begin += size) {
    const row = rows.subarray(begin, begin + size);
    const highest = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let k = 0; k < size; k++) sum += row[k] = Math.exp(row[k] - highest);
    for (let k = 0; k < size; k++) row[k] /= sum;
  }
  return rows;
}
