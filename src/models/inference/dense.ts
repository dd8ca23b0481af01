import type { LayerWeights } from "../types.ts";
import { checkLayer } from "./check_layer.ts";

/**
 * Dense layer: out[o] = bias[o] + sum_i kernel[i, o] in[i].
 *
 * Sums run in double precision over the inputs that are not zero (behind a ReLU many are), and are
 * then rounded to float32.
 *
 * @param batch Samples, row-major.
 * @param weights Kernel [inputs, outputs] and bias [outputs].
 * @param inputs Numbers of a sample.
 * @returns The outputs, row-major, one a bias.
 * @throws {TypeError} If the number of numbers in `batch` or `weights` does not fit to `inputs`.
 *
 * @example
 * ```ts
 * import { dense } from "./dense.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const weights = { kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(0.5, 0) };
 * assertEquals([...dense(Float32Array.of(1, 10), weights, 2)], [31.5, 42]);
 * ```
 */
export function dense(batch: Float32Array, weights: LayerWeights, inputs: number): Float32Array {
  const { kernel, bias } = weights;
  const outputs = bias.length;
  const count = checkLayer("apply a dense layer", batch, inputs, weights, inputs, outputs);
  const out = new Float32Array(count * outputs);
  const sums = new Float64Array(outputs);
  for (let sample = 0; sample < count; sample++) {
    sums.set(bias);
    for (let input = 0; input < inputs; input++) {
      const x = batch[sample * inputs + input];
      if (x === 0) continue;
      const from = input * outputs;
      for (let output = 0; output < outputs; output++) sums[output] += kernel[from + output] * x;
    }
    out.set(sums, sample * outputs);
  }
  return out;
}
