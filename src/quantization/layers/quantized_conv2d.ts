import { tf } from "../../tensor/tf.ts";
import { fakeQuantize } from "./fake_quantize.ts";
import type { WeightQuantizers } from "./quantized_dense.ts";

/** Options of {@linkcode quantizedConv2d}. */
export interface QuantizedConv2dOptions extends WeightQuantizers {
  /**
   * Step of the window along rows and columns.
   *
   * @default {1}
   */
  readonly strides?: number | [number, number];
  /**
   * `same` pads with zeros as Keras does: where the sum is odd, one more below and to the right.
   *
   * @default {"valid"}
   */
  readonly padding?: "valid" | "same";
}

/**
 * A two-dimensional convolution with quantised weights, as QKeras's `QConv2D` without activation.
 * Gradients go straight through the quantisers, to the weights before quantisation.
 *
 * @param x `[B, rows, columns, channels]`.
 * @param kernel `[kernel rows, kernel columns, channels, filters]`.
 * @param bias `[filters]`, or undefined for none.
 * @param options Quantisers, strides and padding.
 * @returns `[B, rows, columns, filters]`; the caller disposes of it.
 *
 * @example
 * ```ts
 * import { quantizedBits } from "@hexmover/hexmover/quantization";
 * import { quantizedConv2d } from "@hexmover/hexmover/quantization/layers";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const x = tf.ones([1, 4, 4, 1]) as tf.Tensor4D, kernel = tf.fill([2, 2, 1, 3], 0.3);
 * const y = quantizedConv2d(x, kernel as tf.Tensor4D, undefined, {
 *   strides: 2,
 *   kernelQuantizer: quantizedBits({ bits: 3, integer: 0 }),
 * });
 * assertEquals([y.shape, y.dataSync()[0]], [[1, 2, 2, 3], 4 * 0.25]);
 * tf.dispose([x, kernel, y]);
 * ```
 */
export function quantizedConv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  bias: tf.Tensor1D | undefined,
  options: QuantizedConv2dOptions = {},
): tf.Tensor4D {
  const { kernelQuantizer, biasQuantizer, strides = 1, padding = "valid" } = options;
  return tf.tidy(() => {
    const weights = kernelQuantizer === undefined ? kernel : fakeQuantize(kernel, kernelQuantizer);
    const y = tf.conv2d(x, weights, strides, padding);
    if (bias === undefined) return y;
    return tf.add(y, biasQuantizer === undefined ? bias : fakeQuantize(bias, biasQuantizer));
  });
}
