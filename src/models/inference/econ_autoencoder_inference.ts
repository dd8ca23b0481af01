import type { EconAutoencoderWeights, EconEncoderWeights } from "../types.ts";
import { toEncodingA } from "../../wafer/encodings.ts";
import { normalise } from "../../wafer/normalise.ts";
import { quantizedBits } from "../../quantization/quantized_bits.ts";
import { quantizedRelu } from "../../quantization/quantized_relu.ts";
import { conv2d, type Conv2dShape } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { econDecoderInference } from "./econ_decoder_inference.ts";
import { relu } from "./relu.ts";

/** An ECON-T autoencoder with given weights, without tensors. */
export interface EconAutoencoderInference {
  /**
   * The latents of wafers.
   *
   * @param charges One wafer or a batch, 48 charges each in train order, row-major, of any positive
   * scale: the encoder gets them divided by 2^floor(log2 S), S being the wafer's sum.
   * @returns 16 latents a wafer, >= 0; with formats, multiples of the latents' step.
   * @throws {TypeError} If the length is not a multiple of 48.
   * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer is empty.
   */
  encode(charges: ArrayLike<number>): Float32Array;
  /**
   * The wafers for which latents stand.
   *
   * @param latents 16 latents a wafer, row-major.
   * @returns 48 numbers in (0, 1) a wafer, train order; their sum is not normalised.
   * @throws {TypeError} If the length is not a multiple of 16.
   */
  decode(latents: ArrayLike<number>): Float32Array;
  /**
   * `decode(encode(charges))`.
   *
   * @param charges As for `encode`.
   * @returns 48 numbers in (0, 1) a wafer, train order.
   */
  reconstruct(charges: ArrayLike<number>): Float32Array;
}

/**
 * The ECON-T autoencoder of the paper on plain typed arrays.
 *
 * The encoder takes a wafer in encoding A through a convolution of stride 2 and a dense layer, each
 * with a ReLU. With `formats` it computes what the detector would: input, weights, biases, hidden
 * numbers and latents are quantised as QKeras quantises them, and all products and sums between are
 * exact. The decoder goes back through a dense layer and two transposed convolutions to a sigmoid; of
 * its 8 x 8 pixels, the 16 that hold no cell are dropped.
 *
 * @param weights The weights, from `econAutoencoderWeights`, or only those of the half that is needed
 * and zeros for the other.
 * @returns The autoencoder.
 * @throws {RangeError} If a format has bits that no quantiser has.
 *
 * @example A decoder without weights gives every cell sigmoid(0)
 * ```ts
 * import { econAutoencoderInference, PUBLISHED_FORMATS } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = (inputs: number, outputs: number, bias = 0) => ({
 *   kernel: new Float32Array(inputs * outputs),
 *   bias: new Float32Array(outputs).fill(bias),
 * });
 * const autoencoder = econAutoencoderInference({
 *   encoder: { conv: layer(9, 8), dense: layer(128, 16, 0.3), formats: PUBLISHED_FORMATS },
 *   decoder: { dense: layer(16, 128), conv1: layer(72, 8), conv2: layer(72, 1) },
 * });
 * const wafer = new Float64Array(48).fill(1);
 * // The bias has a step of 1/8.
 * assertEquals(autoencoder.encode(wafer), new Float32Array(16).fill(0.25));
 * assertEquals(autoencoder.reconstruct(wafer), new Float32Array(48).fill(0.5));
 * ```
 */
export function econAutoencoderInference(
  weights: EconAutoencoderWeights,
): EconAutoencoderInference {
  const encode = econEncoderInference(weights.encoder);
  const decode = econDecoderInference(weights.decoder);
  return { encode, decode, reconstruct: (charges) => decode(encode(charges)) };
}

const _STRIDED: Conv2dShape = { rows: 8, columns: 8, channels: 1, filters: 8, size: 3, stride: 2 };
const _HIDDEN = 4 * 4 * _STRIDED.filters;

type _Step = (values: Float32Array) => Float32Array;

/**
 * The encoder alone; see {@linkcode econAutoencoderInference}.
 *
 * @param weights Its weights.
 * @returns From charges to latents.
 * @throws {RangeError} If a format has bits that no quantiser has.
 */
export function econEncoderInference(
  weights: EconEncoderWeights,
): EconAutoencoderInference["encode"] {
  const { input, conv, dense: last, hidden, latent } = _quantised(weights);
  return (charges) => {
    const images = toEncodingA(Float32Array.from(normalise(charges, "power_of_two")));
    return latent(dense(hidden(conv2d(input(images), conv, _STRIDED)), last, _HIDDEN));
  };
}

/** The encoder's layers as they are applied, and what is done to the numbers between them. */
function _quantised({ conv, dense, formats }: EconEncoderWeights) {
  if (formats === undefined) {
    return { conv, dense, input: (x: Float32Array) => x, hidden: relu, latent: relu };
  }
  const fixed = quantizedBits(formats.weights);
  const layer = ({ kernel, bias }: typeof conv) => ({
    kernel: fixed.apply(kernel),
    bias: fixed.apply(bias),
  });
  const step = ({ apply }: { apply: _Step }): _Step => apply;
  return {
    conv: layer(conv),
    dense: layer(dense),
    input: step(quantizedBits(formats.input)),
    hidden: step(quantizedRelu(formats.hidden)),
    latent: step(quantizedRelu(formats.latent)),
  };
}
