import type { LayerWeights, NormalisedLayerWeights } from "../types.ts";

/**
 * A layer and the batch normalisation behind it as one layer. With the running averages fixed,
 *
 *     gamma (K x + b - mean) / sqrt(variance + epsilon) + beta = (g K) x + g (b - mean) + beta,
 *     g = gamma / sqrt(variance + epsilon)
 *
 * @param weights The layer, its kernel's last axis counting outputs, and the batch normalisation.
 * @param epsilon What the batch normalisation adds to variances.
 * @returns The layer that does both: fresh arrays.
 *
 * @example
 * ```ts
 * import { foldBatchNorm } from "./fold_batch_norm.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const one = (value: number) => Float32Array.of(value);
 * const { kernel, bias } = foldBatchNorm({
 *   kernel: one(3),
 *   bias: one(1),
 *   gamma: one(2),
 *   beta: one(10),
 *   movingMean: one(5),
 *   movingVariance: one(15),
 * }, 1);
 * assertEquals([kernel[0], bias[0]], [2 / 4 * 3, 2 / 4 * (1 - 5) + 10]);
 * ```
 */
export function foldBatchNorm(weights: NormalisedLayerWeights, epsilon: number): LayerWeights {
  const { kernel, bias, gamma, beta, movingMean, movingVariance } = weights;
  const gain = Float64Array.from(gamma, (g, f) => g / Math.sqrt(movingVariance[f] + epsilon));
  return {
    kernel: kernel.map((weight, k) => weight * gain[k % gain.length]),
    bias: bias.map((b, f) => gain[f] * (b - movingMean[f]) + beta[f]),
  };
}
