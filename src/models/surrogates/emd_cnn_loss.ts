import { type RegressionKind, regressionLoss } from "../../tensor/regression_loss.ts";
import { tf } from "../../tensor/tf.ts";
import type { Model, TensorLoss } from "../../tensor/types.ts";

/** What an EMD CNN is trained to minimise, for {@linkcode emdCnnLoss}. */
export interface EmdCnnLossOptions {
  /**
   * How an estimate is judged.
   *
   * @default {"mse"}
   */
  readonly kind?: RegressionKind;
  /**
   * Strength of the L2 regularisation: what is added to the loss for each unit of the sum of squares
   * of the kernels before a normalisation. The published code has it, the paper does not mention it;
   * 0 leaves it out.
   *
   * @default {1e-4}
   */
  readonly l2?: number;
}

/**
 * The loss that an EMD CNN is trained with: mean over pairs of a regression loss, plus
 *
 * l2 * sum_K ||K||^2 over the kernels K of convolutions and dense layers, the output's left out
 *
 * A kernel before a batch normalisation may be scaled without any effect; the term keeps it from
 * growing, and steps from shrinking beside it. It is part of validation losses, too, as in Keras.
 *
 * @param model The network that is trained: the loss is of no use for another.
 * @param options Kind of the loss, and strength of the regularisation.
 * @returns The loss, to be used within tfjs; on plain numbers its gradient is in the output alone.
 * @throws {RangeError} If l2 is negative, NaN or infinite.
 *
 * Source: the published code of arXiv 2306.04712.
 *
 * @example
 * ```ts
 * import { buildEmdCnn, emdCnnLoss } from "@hexmover/hexmover/models";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assert } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const network = buildEmdCnn({ filters: 4, denseUnits: 8 });
 * const loss = emdCnnLoss(network, { kind: "huber" });
 * const [value] = loss.graph!(tf.tensor2d([[2]]), tf.tensor2d([[5]])).dataSync();
 * assert(value > 2.5 && value < 2.6);
 * ```
 */
export function emdCnnLoss(model: Model, options: EmdCnnLossOptions = {}): TensorLoss {
  const { kind = "mse", l2 = 1e-4 } = options;
  const loss = regressionLoss(kind);
  if (!(l2 >= 0 && l2 < Infinity)) {
    throw new RangeError(
      `Cannot make a loss of ${model.name}: l2 must be >= 0 and finite, current value is ${l2}`,
    );
  }
  if (l2 === 0) return loss;
  const kernels = [...model.parameters]
    .filter(([name]) => name.endsWith("/kernel") && name !== "output/kernel")
    .map(([, kernel]) => kernel);
  const penalty = () => tf.mul(tf.addN(kernels.map((kernel) => tf.sum(tf.square(kernel)))), l2);
  return {
    ...loss,
    name: `${kind} with l2 ${l2}`,
    async valueAndGradient(target, output) {
      const { value, gradient } = await loss.valueAndGradient(target, output);
      const [added] = tf.tidy(penalty).dataSync();
      return { value: value.map((v) => v + added), gradient };
    },
    graph: (target, output) => tf.add(loss.graph!(target, output), penalty()) as tf.Tensor1D,
  };
}
