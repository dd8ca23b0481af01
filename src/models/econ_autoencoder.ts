import { RandomStream } from "../numerics/random.ts";
import { fakeQuantize } from "../quantization/layers/fake_quantize.ts";
import { quantizedBits } from "../quantization/quantized_bits.ts";
import { quantizedRelu } from "../quantization/quantized_relu.ts";
import { glorotUniform } from "../tensor/initialise.ts";
import { tf } from "../tensor/tf.ts";
import type { Model } from "../tensor/types.ts";
import { disposeVariables, makeVariables, type ShapedArray } from "../tensor/variables.ts";
import { CELLS } from "../wafer/cells.ts";
import { toEncodingA } from "../wafer/encodings.ts";
import { PUBLISHED_FORMATS } from "./published/econ_formats.ts";
import type { EconFormats } from "./types.ts";

/** Options of {@linkcode buildEconAutoencoder}. */
export interface EconAutoencoderOptions {
  /**
   * Formats of the quantised encoder, or `"float"` for one that is not quantised.
   *
   * @default {PUBLISHED_FORMATS}
   */
  readonly formats?: EconFormats | "float";
  /**
   * First value of the bias of each latent. A little above zero keeps latents alive that a ReLU would
   * otherwise close for good.
   *
   * @default {0}
   */
  readonly latentBias?: number;
  /**
   * First value of the bias of the output, before the sigmoid. -3.4 starts each cell at 0.03, near
   * the mean of a normalised wafer; 0, as published, at 0.5.
   *
   * @default {0}
   */
  readonly outputBias?: number;
  /**
   * Seed of the first weights.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** The autoencoder of the ECON-T, with its two halves. */
export interface EconAutoencoder extends Model {
  /**
   * The encoder.
   *
   * @param charges `[B, 48]`, normalised by a power of two, train order.
   * @returns `[B, 16]` latents.
   */
  encode(charges: tf.Tensor): tf.Tensor;
  /**
   * The decoder.
   *
   * @param latents `[B, 16]`.
   * @returns `[B, 48]` charges between 0 and 1, train order.
   */
  decode(latents: tf.Tensor): tf.Tensor;
}

/** Height and width of the encoder's image and of what its convolution leaves; filters; latents. */
const SIDE = 8, HALF = 4, FILTERS = 8, LATENTS = 16;
const FLAT = HALF * HALF * FILTERS;

/**
 * The autoencoder of the paper: an encoder small enough for the ECON-T (2,144 parameters: a strided
 * convolution and a dense layer, quantised as in hardware) and a decoder off the detector (2,833).
 *
 * `apply` takes `[B, 48]` charges normalised by a power of two, in train order, and returns `[B, 48]`.
 * Quantised weights are rounded at each step with straight-through gradients; the variables keep their
 * full precision. The output's image has 64 pixels, of which the 16 without a cell are dropped.
 *
 * @param options Formats, first biases, seed.
 * @returns The model, on the backend in use.
 *
 * Source: arXiv 2306.04712, Section 2 and Fig. 1.
 *
 * @example
 * ```ts
 * import { buildEconAutoencoder } from "@hexmover/hexmover/models";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const autoencoder = buildEconAutoencoder({ seed: 1 });
 * const wafers = tf.fill([3, 48], 1 / 32);
 * assertEquals(autoencoder.encode(wafers).shape, [3, 16]);
 * assertEquals(autoencoder.apply(wafers, true).shape, [3, 48]);
 * ```
 */
export function buildEconAutoencoder(options: EconAutoencoderOptions = {}): EconAutoencoder {
  const { formats = PUBLISHED_FORMATS, latentBias = 0, outputBias = 0, seed = 0 } = options;
  const random = new RandomStream(seed, "econ autoencoder weights");
  const kernel = (...shape: number[]): ShapedArray => ({
    shape,
    values: glorotUniform(shape, random),
  });
  const bias = (size: number, value = 0): ShapedArray => ({
    shape: [size],
    values: new Float32Array(size).fill(value),
  });
  const variables = makeVariables({
    "encoder/conv/kernel": kernel(3, 3, 1, FILTERS),
    "encoder/conv/bias": bias(FILTERS),
    "encoder/dense/kernel": kernel(FLAT, LATENTS),
    "encoder/dense/bias": bias(LATENTS, latentBias),
    "decoder/dense/kernel": kernel(LATENTS, FLAT),
    "decoder/dense/bias": bias(FLAT),
    "decoder/conv1/kernel": kernel(3, 3, FILTERS, FILTERS),
    "decoder/conv1/bias": bias(FILTERS),
    "decoder/conv2/kernel": kernel(3, 3, 1, FILTERS),
    "decoder/conv2/bias": bias(1, outputBias),
  });
  const at = (name: string) => variables.get(name)!;
  const quantise = _quantisers(formats);
  const [toImage, fromImage] = _layouts().map((layout) => tf.keep(layout));

  function encode(charges: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const image = tf.reshape(tf.matMul(charges as tf.Tensor2D, toImage), [
        -1,
        SIDE,
        SIDE,
        1,
      ]);
      const weights = (layer: string) =>
        [quantise.weights(at(`${layer}/kernel`)), quantise.weights(at(`${layer}/bias`))] as const;
      const [convKernel, convBias] = weights("encoder/conv");
      const [denseKernel, denseBias] = weights("encoder/dense");
      const convolved = tf.conv2d(
        quantise.input(image) as tf.Tensor4D,
        convKernel as tf.Tensor4D,
        2,
        "same",
      );
      const hidden = tf.reshape(quantise.hidden(tf.add(convolved, convBias)), [-1, FLAT]);
      const latents = tf.add(
        tf.matMul(hidden as tf.Tensor2D, denseKernel as tf.Tensor2D),
        denseBias,
      );
      return quantise.latent(latents);
    });
  }

  function decode(latents: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const batch = latents.shape[0];
      const dense = tf.add(
        tf.matMul(latents as tf.Tensor2D, at("decoder/dense/kernel") as tf.Tensor2D),
        at("decoder/dense/bias"),
      );
      const small = tf.reshape(tf.relu(dense), [batch, HALF, HALF, FILTERS]);
      const large = tf.relu(_transposed(small, at("decoder/conv1/kernel"), FILTERS, 2));
      const image = _transposed(large, at("decoder/conv2/kernel"), 1, 1);
      const cells = tf.matMul(
        tf.reshape(image, [batch, SIDE * SIDE]),
        fromImage,
      );
      return tf.sigmoid(tf.add(cells, at("decoder/conv2/bias")));
    });

    function _transposed(x: tf.Tensor, kernel: tf.Tensor, filters: number, stride: number) {
      const shape: [number, number, number, number] = [x.shape[0], SIDE, SIDE, filters];
      const y = tf.conv2dTranspose(
        x as tf.Tensor4D,
        kernel as tf.Tensor4D,
        shape,
        stride,
        "same",
      );
      // The bias of the last layer is added once the pixels without a cell are gone.
      return filters === 1 ? y : tf.add(y, at("decoder/conv1/bias"));
    }
  }

  return {
    name: "econ_autoencoder",
    parameters: variables,
    state: new Map(),
    encode,
    decode,
    apply: (charges) => tf.tidy(() => decode(encode(charges))),
    dispose() {
      disposeVariables(variables);
      toImage.dispose();
      fromImage.dispose();
    },
  };
}

type _Quantise = (x: tf.Tensor) => tf.Tensor;

/** What each place of the encoder does to its numbers. */
function _quantisers(formats: EconFormats | "float"): Record<keyof EconFormats, _Quantise> {
  if (formats === "float") {
    const same: _Quantise = (x) => x;
    return { input: same, weights: same, hidden: tf.relu, latent: tf.relu };
  }
  const bits = (format: EconFormats["input"]): _Quantise => {
    const quantizer = quantizedBits(format);
    return (x) => fakeQuantize(x, quantizer);
  };
  const relu = (format: EconFormats["hidden"]): _Quantise => {
    const quantizer = quantizedRelu(format);
    return (x) => fakeQuantize(x, quantizer);
  };
  return {
    input: bits(formats.input),
    weights: bits(formats.weights),
    hidden: relu(formats.hidden),
    latent: relu(formats.latent),
  };
}

/**
 * Matrices of zeros and ones from cells to the pixels of encoding A and back: products where tfjs has
 * slow gathers.
 */
function _layouts(): [tf.Tensor2D, tf.Tensor2D] {
  const pixels = SIDE * SIDE;
  const toImage = new Float32Array(CELLS * pixels), fromImage = new Float32Array(pixels * CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const wafer = new Float64Array(CELLS);
    wafer[cell] = 1;
    const pixel = toEncodingA(wafer).indexOf(1);
    toImage[cell * pixels + pixel] = fromImage[pixel * CELLS + cell] = 1;
  }
  return [tf.tensor2d(toImage, [CELLS, pixels]), tf.tensor2d(fromImage, [pixels, CELLS])];
}
