import { tf } from "./tf.ts";

/** Options of {@linkcode batchNormTraining}. */
export interface BatchNormOptions {
  /**
   * Added to the variance.
   *
   * @default {1e-3}
   */
  readonly epsilon?: number;
  /**
   * Whether a ReLU follows.
   *
   * @default {false}
   */
  readonly relu?: boolean;
}

/** What {@linkcode batchNormTraining} returns. */
export interface BatchNormResult {
  /** The normalised input, of its shape. */
  readonly y: tf.Tensor;
  /** Mean of each channel over the batch, `[C]`. */
  readonly mean: tf.Tensor1D;
  /** Variance of each channel over the batch, `[C]`: the mean squared difference to the mean. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation by the statistics of the batch, channels last:
 *
 * y = gamma (x - mean) / sqrt(variance + epsilon) + beta, then optionally max(0, y)
 *
 * Differentiable in x, gamma and beta through y; mean and variance are for running averages and pass no
 * gradient. Fused into one pass each way on the WASM backend.
 *
 * @param x `[..., C]`.
 * @param gamma `[C]`.
 * @param beta `[C]`.
 * @param options Epsilon, and whether a ReLU follows.
 * @returns The output and the statistics.
 * @throws {TypeError} If gamma or beta do not fit the channels of x.
 *
 * Source: S. Ioffe and C. Szegedy, arXiv 1502.03167, Algorithm 1.
 *
 * @example
 * ```ts
 * import { batchNormTraining, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const x = tf.tensor2d([[1], [3]]);
 * const { y, mean } = batchNormTraining(x, tf.tensor1d([1]), tf.tensor1d([0]));
 * assertAlmostEquals(mean.dataSync()[0], 2);
 * assertAlmostEquals(y.dataSync()[1], 1, 1e-3);
 * ```
 */
export function batchNormTraining(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  options: BatchNormOptions = {},
): BatchNormResult {
  const { epsilon = 1e-3, relu = false } = options;
  const channels = x.shape[x.shape.length - 1];
  for (const [name, { shape }] of Object.entries({ gamma, beta })) {
    if (shape.length !== 1 || shape[0] !== channels) {
      throw new TypeError(
        `Cannot normalise a batch: ${name} must have shape [${channels}], current shape is [${shape}]`,
      );
    }
  }
  if (tf.getKernel("BatchNormTraining", tf.getBackend()) === undefined) {
    return _composed(x, gamma, beta, epsilon, relu);
  }
  const inputs = { x, gamma, beta } as unknown as tf.NamedTensorMap;
  const [y, mean, variance, inverse] = tf.engine().runKernel("BatchNormTraining", inputs, {
    epsilon,
    relu,
  }) as tf.Tensor[];
  // The tape keeps what the gradient needs of it; nobody else asks for it.
  inverse.dispose();
  return { y, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

function _composed(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  relu: boolean,
): BatchNormResult {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean(x, axes) as tf.Tensor1D;
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), axes) as tf.Tensor1D;
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
  const y = tf.add(tf.mul(centred, scale), beta);
  return { y: relu ? tf.relu(y) : y, mean, variance };
}

/** Tells tfjs the gradient of the fused kernel. */
export function registerBatchNormGradient(): void {
  if (tf.getGradient("BatchNormTraining") !== undefined) return;
  tf.registerGradient({
    kernelName: "BatchNormTraining",
    inputsToSave: ["x", "gamma"],
    outputsToSave: [true, true, false, true],
    gradFunc: (dys, [x, gamma, y, mean, inverse], attrs) => {
      const dy = Array.isArray(dys) ? dys[0] : dys;
      const inputs = { dy, x, y, gamma, mean, inverse } as unknown as tf.NamedTensorMap;
      // At once: tensors made by a thunk that is called for one input would be lost to the others.
      const [dx, dgamma, dbeta] = tf.engine().runKernel(
        "BatchNormTrainingGradient",
        inputs,
        attrs as tf.NamedAttrMap,
      ) as tf.Tensor[];
      return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
    },
  });
}
