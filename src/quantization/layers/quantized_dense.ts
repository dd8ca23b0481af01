import { tf } from "../../tensor/tf.ts";
import type { AutoScaledQuantizer, Quantizer } from "../types.ts";
import { fakeQuantize } from "./fake_quantize.ts";

/** How the weights of a layer are quantised; those without a quantiser stay as they are. */
export interface WeightQuantizers {
  /** Quantiser of the kernel. */
  readonly kernelQuantizer?: Quantizer | AutoScaledQuantizer | undefined;
  /** Quantiser of the bias. */
  readonly biasQuantizer?: Quantizer | AutoScaledQuantizer | undefined;
}

/**
 * A dense layer with quantised weights: y = x Q(kernel) + Q(bias), as QKeras's `QDense` without
 * activation. Gradients go straight through the quantisers, to the weights before quantisation.
 *
 * @param x `[B, inputs]`.
 * @param kernel `[inputs, units]`.
 * @param bias `[units]`, or undefined for none.
 * @param options The quantisers.
 * @returns `[B, units]`; the caller disposes of it.
 *
 * @example
 * ```ts
 * import { quantizedBits } from "@hexmover/hexmover/quantization";
 * import { quantizedDense } from "@hexmover/hexmover/quantization/layers";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const [x, kernel] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[0.3], [-0.2]])];
 * const y = quantizedDense(x, kernel, undefined, {
 *   kernelQuantizer: quantizedBits({ bits: 3, integer: 0 }), // 0.25 and -0.25
 * });
 * assertEquals([...y.dataSync()], [-0.25]);
 * tf.dispose([x, kernel, y]);
 * ```
 */
export function quantizedDense(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D | undefined,
  options: WeightQuantizers = {},
): tf.Tensor2D {
  const { kernelQuantizer, biasQuantizer } = options;
  return tf.tidy(() => {
    const products = tf.matMul<tf.Tensor2D>(x, _quantized(kernel, kernelQuantizer));
    return bias === undefined
      ? products
      : tf.add<tf.Tensor2D>(products, _quantized(bias, biasQuantizer));
  });
}

function _quantized<T extends tf.Tensor>(
  weights: T,
  quantizer: Quantizer | AutoScaledQuantizer | undefined,
): T {
  return quantizer === undefined ? weights : fakeQuantize(weights, quantizer);
}
