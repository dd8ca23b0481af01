import type { RandomStream } from "../../numerics/random.ts";
import { fakeQuantize } from "../../quantization/layers/fake_quantize.ts";
import { quantizedBits } from "../../quantization/quantized_bits.ts";
import { quantizedRelu } from "../../quantization/quantized_relu.ts";
import { glorotUniform } from "../../tensor/initialise.ts";
import { tf } from "../../tensor/tf.ts";
import type { Variables } from "../../tensor/types.ts";
import type { EconFormats } from "../types.ts";
import { imageLayouts } from "./image_layouts.ts";
import { LATENTS } from "./architecture.ts";
import type { NetworkHalf } from "./types.ts";

/** Height and width of the image and of what the convolution leaves; filters. */
const SIDE = 8, HALF = 4, FILTERS = 8;
const FLAT = HALF * HALF * FILTERS;

/**
 * The encoder of the ECON-T, from `[B, 48]` charges to `[B, 16]` latents: a strided convolution and a
 * dense layer, each with a ReLU, 2,144 parameters. Quantised weights are rounded at each step with
 * straight-through gradients; the variables keep their full precision.
 *
 * @param random Where first weights are drawn from.
 * @param formats Fixed-point formats, or `"float"`.
 * @param latentBias First bias of the latents.
 * @returns The half, with variables `encoder/...`.
 */
export function econEncoder(
  random: RandomStream,
  formats: EconFormats | "float",
  latentBias: number,
): NetworkHalf {
  const quantise = _quantisers(formats);
  const [toImage, fromImage] = imageLayouts();
  fromImage.dispose();
  const weights = (...shape: number[]) => ({ shape, values: glorotUniform(shape, random) });
  const initial = {
    "encoder/conv/kernel": weights(3, 3, 1, FILTERS),
    "encoder/conv/bias": { shape: [FILTERS], values: new Float32Array(FILTERS) },
    "encoder/dense/kernel": weights(FLAT, LATENTS),
    "encoder/dense/bias": {
      shape: [LATENTS],
      values: new Float32Array(LATENTS).fill(latentBias),
    },
  };

  function bind(variables: Variables) {
    const rounded = (name: string) => quantise.weights(variables.get(name)!);
    return (charges: tf.Tensor2D) =>
      tf.tidy(() => {
        const image = tf.reshape(tf.matMul(charges, toImage), [-1, SIDE, SIDE, 1]);
        const convolved = tf.conv2d(
          quantise.input(image) as tf.Tensor4D,
          rounded("encoder/conv/kernel") as tf.Tensor4D,
          2,
          "same",
        );
        const hidden = quantise.hidden(tf.add(convolved, rounded("encoder/conv/bias")));
        const latents = tf.matMul(
          tf.reshape(hidden, [-1, FLAT]) as tf.Tensor2D,
          rounded("encoder/dense/kernel") as tf.Tensor2D,
        );
        return quantise.latent(tf.add(latents, rounded("encoder/dense/bias"))) as tf.Tensor2D;
      });
  }

  return { initial, bind, dispose: () => toImage.dispose() };
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
