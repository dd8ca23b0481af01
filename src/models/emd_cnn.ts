import { RandomStream } from "../numerics/random.ts";
import { batchNormTraining } from "../tensor/batch_norm.ts";
import { glorotUniform } from "../tensor/initialise.ts";
import { tf } from "../tensor/tf.ts";
import type { Model } from "../tensor/types.ts";
import { disposeVariables, makeVariables, type ShapedArray } from "../tensor/variables.ts";
import { CELLS } from "../wafer/cells.ts";
import { toEncodingB } from "../wafer/encodings.ts";

/** Options of {@linkcode buildEmdCnn}: the hyperparameters of the paper's search. */
export interface EmdCnnOptions {
  /**
   * Convolutional layers, 1 to 4 in the paper. The text says 4, Table B1 and the published weights 3.
   *
   * @default {3}
   */
  readonly convLayers?: number;
  /**
   * Filters of each convolution.
   *
   * @default {32}
   */
  readonly filters?: number;
  /**
   * Height and width of the kernels, odd.
   *
   * @default {5}
   */
  readonly kernelSize?: number;
  /**
   * Dense layers before the output.
   *
   * @default {1}
   */
  readonly denseLayers?: number;
  /**
   * Units of each dense layer.
   *
   * @default {256}
   */
  readonly denseUnits?: number;
  /**
   * Seed of the first weights.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** Height and width of the image, and its channels: three of each wafer. */
const SIDE = 4, CHANNELS = 6;
/** Added to variances, as Keras does. */
const EPSILON = 1e-3;
/** Share of the old value in a running average of an EMD CNN, as in Keras. */
export const EMD_CNN_MOMENTUM = 0.99;

/**
 * The network of the paper that estimates the EMD of two wafers.
 *
 * Both wafers in encoding B make one 4 x 4 image of six channels. On it: convolutions, each with batch
 * normalisation and ReLU; dense layers, likewise; one linear output. Twice, with the wafers in either
 * order, and the mean of both: exchanging the wafers changes nothing.
 *
 * `apply` takes `[B, 96]`, the charge fractions of the first wafer and then of the second, in train
 * order, and returns `[B, 1]`, EMDs in half trigger-cell pitches.
 *
 * While training, a batch is normalised over both orders together (Keras, called twice, normalises
 * each apart). Layers before a normalisation have no bias: it would cancel.
 *
 * @param options Hyperparameters and seed.
 * @returns The model, on the backend in use.
 * @throws {RangeError} If a hyperparameter is not a positive integer, or the kernel's size is even.
 *
 * Source: arXiv 2306.04712, Section 3 and Appendix B.
 *
 * @example
 * ```ts
 * import { buildEmdCnn } from "@hexmover/hexmover/models";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const network = buildEmdCnn({ convLayers: 1, filters: 8, denseUnits: 16 });
 * const pairs = tf.fill([5, 96], 1 / 48);
 * assertEquals(network.apply(pairs, false).shape, [5, 1]);
 * ```
 */
export function buildEmdCnn(options: EmdCnnOptions = {}): Model {
  const { convLayers = 3, filters = 32, kernelSize = 5, denseLayers = 1, denseUnits = 256 } =
    options;
  _checkOptions({ convLayers, filters, kernelSize, denseLayers, denseUnits });
  const random = new RandomStream(options.seed ?? 0, "emd cnn weights");

  const parameters: Record<string, ShapedArray> = {}, state: Record<string, ShapedArray> = {};
  const layers: _Layer[] = [];
  const addLayer = (name: string, shape: number[]) => {
    const units = shape[shape.length - 1];
    parameters[`${name}/kernel`] = { shape, values: glorotUniform(shape, random) };
    parameters[`${name}/gamma`] = { shape: [units], values: new Float32Array(units).fill(1) };
    parameters[`${name}/beta`] = { shape: [units], values: new Float32Array(units) };
    state[`${name}/mean`] = { shape: [units], values: new Float32Array(units) };
    state[`${name}/variance`] = { shape: [units], values: new Float32Array(units).fill(1) };
    layers.push({ name, isConv: shape.length === 4 });
  };
  for (let i = 0; i < convLayers; i++) {
    addLayer(`conv${i + 1}`, [kernelSize, kernelSize, i === 0 ? CHANNELS : filters, filters]);
  }
  for (let i = 0; i < denseLayers; i++) {
    addLayer(`dense${i + 1}`, [i === 0 ? SIDE * SIDE * filters : denseUnits, denseUnits]);
  }
  const outputShape = [denseUnits, 1];
  parameters["output/kernel"] = { shape: outputShape, values: glorotUniform(outputShape, random) };
  parameters["output/bias"] = { shape: [1], values: [0] };

  const variables = makeVariables(parameters);
  const averages = makeVariables(state, { trainable: false });
  const bothOrders = tf.keep(tf.tensor2d(_bothOrders(), [2 * CELLS, 4 * CELLS]));
  const at = (name: string) => variables.get(name)!;

  function apply(pairs: tf.Tensor, training: boolean): tf.Tensor {
    return tf.tidy(() => {
      const batch = pairs.shape[0];
      let x: tf.Tensor = tf.reshape(tf.matMul(pairs as tf.Tensor2D, bothOrders), [
        2 * batch,
        SIDE,
        SIDE,
        CHANNELS,
      ]);
      for (const { name, isConv } of layers) {
        if (!isConv && x.shape.length === 4) x = tf.reshape(x, [2 * batch, -1]);
        const kernel = at(`${name}/kernel`);
        const gamma = at(`${name}/gamma`), beta = at(`${name}/beta`);
        const mean = averages.get(`${name}/mean`)!, variance = averages.get(`${name}/variance`)!;
        if (training) {
          const z = isConv ? _conv(x, kernel) : tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D);
          const normalised = batchNormTraining(z, gamma, beta, { epsilon: EPSILON, relu: true });
          _average(mean, normalised.mean);
          _average(variance, normalised.variance);
          x = normalised.y;
        } else {
          // The normalisation is a scale and a shift now, and the scale goes into the kernel.
          const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
          const scaled = tf.mul(kernel, scale), shift = tf.sub(beta, tf.mul(mean, scale));
          const z = isConv ? _conv(x, scaled) : tf.matMul(x as tf.Tensor2D, scaled as tf.Tensor2D);
          x = tf.relu(tf.add(z, shift));
        }
      }
      const estimates = tf.add(
        tf.matMul(x as tf.Tensor2D, at("output/kernel") as tf.Tensor2D),
        at("output/bias"),
      );
      return tf.mean(tf.reshape(estimates, [batch, 2]), 1, true);
    });
  }

  return {
    name: "emd_cnn",
    parameters: variables,
    state: averages,
    apply,
    dispose() {
      disposeVariables(variables);
      disposeVariables(averages);
      bothOrders.dispose();
    },
  };
}

interface _Layer {
  readonly name: string;
  readonly isConv: boolean;
}

function _conv(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, "same");
}

function _average(average: tf.Variable, batch: tf.Tensor): void {
  average.assign(tf.add(tf.mul(average, EMD_CNN_MOMENTUM), tf.mul(batch, 1 - EMD_CNN_MOMENTUM)));
}

/**
 * The matrix of zeros and ones that makes of a pair of wafers the two images of the network, one in
 * each order: one product instead of many small copies, with a product as its gradient.
 */
function _bothOrders(): Float32Array {
  const matrix = new Float32Array(2 * CELLS * 4 * CELLS);
  const cellOfNumber = toEncodingB(Float64Array.from({ length: CELLS }, (_, cell) => cell));
  const perWafer = CHANNELS / 2;
  cellOfNumber.forEach((cell, number) => {
    const pixel = Math.floor(number / perWafer), channel = number % perWafer;
    const first = CHANNELS * pixel + channel, second = first + perWafer;
    for (const wafer of [0, 1]) {
      const row = (wafer * CELLS + cell) * 4 * CELLS;
      matrix[row + (wafer === 0 ? first : second)] = 1;
      matrix[row + 2 * CELLS + (wafer === 0 ? second : first)] = 1;
    }
  });
  return matrix;
}

function _checkOptions(options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(
        `Cannot build an EMD CNN: ${name} must be a positive integer, current value is ${value}`,
      );
    }
  }
  if (options.kernelSize % 2 === 0) {
    throw new RangeError(
      `Cannot build an EMD CNN: kernelSize must be odd, current value is ${options.kernelSize}`,
    );
  }
}
