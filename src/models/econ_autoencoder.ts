import { RandomStream } from "../numerics/random.ts";
import { tf } from "../tensor/tf.ts";
import type { Model } from "../tensor/types.ts";
import { disposeVariables, makeVariables } from "../tensor/variables.ts";
import { CELLS } from "../wafer/cells.ts";
import { convolutionalDecoder } from "./autoencoder/convolutional_decoder.ts";
import { denseDecoder } from "./autoencoder/dense_decoder.ts";
import { econEncoder } from "./autoencoder/encoder.ts";
import { type DecoderArchitecture, LATENTS } from "./autoencoder/architecture.ts";
import type { NetworkHalf } from "./autoencoder/types.ts";
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
   * The decoder.
   *
   * @default {{ kind: "convolutional" }}
   */
  readonly decoder?: DecoderArchitecture;
  /**
   * Numbers that the decoder gets of each wafer besides its latents.
   *
   * @default {0}
   */
  readonly conditions?: number;
  /**
   * First value of the bias of each latent. A little above zero keeps latents alive that a ReLU would
   * otherwise close for good.
   *
   * @default {0}
   */
  readonly latentBias?: number;
  /**
   * First value of the bias of the published decoder's output, before the sigmoid. -3.4 starts each cell at 0.03, near
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
   * @param latents `[B, 16]`, followed by the conditions where there are any.
   * @returns `[B, 48]` charges between 0 and 1, train order; of any sum.
   */
  decode(latents: tf.Tensor): tf.Tensor;
}

/**
 * The autoencoder of the paper: an encoder small enough for the ECON-T (2,144 parameters: a strided
 * convolution and a dense layer, quantised as in hardware) and a decoder off the detector (2,833, or
 * a larger one).
 *
 * `apply` takes `[B, 48]` charges normalised by a power of two, in train order, followed by the
 * conditions where there are any, and returns `[B, 48]`. Quantised weights are rounded at each step with
 * straight-through gradients; the variables keep their full precision.
 *
 * @param options Formats, decoder, first biases, seed.
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
  const { formats = PUBLISHED_FORMATS, conditions = 0, latentBias = 0, seed = 0 } = options;
  const random = new RandomStream(seed, "econ autoencoder weights");
  const halves = {
    encoder: econEncoder(random, formats, latentBias),
    decoder: _decoder(random, LATENTS + conditions, options),
  };
  const variables = makeVariables({ ...halves.encoder.initial, ...halves.decoder.initial });
  const encode = halves.encoder.bind(variables), decode = halves.decoder.bind(variables);

  function apply(input: tf.Tensor): tf.Tensor {
    if (conditions === 0) return tf.tidy(() => decode(encode(input as tf.Tensor2D)));
    return tf.tidy(() => {
      const [charges, known] = tf.split<tf.Tensor2D>(input, [CELLS, conditions], 1);
      return decode(tf.concat2d([encode(charges), known], 1));
    });
  }

  return {
    name: "econ_autoencoder",
    parameters: variables,
    state: new Map(),
    encode: (charges) => encode(charges as tf.Tensor2D),
    decode: (latents) => decode(latents as tf.Tensor2D),
    apply,
    dispose() {
      disposeVariables(variables);
      halves.encoder.dispose();
      halves.decoder.dispose();
    },
  };
}

function _decoder(
  random: RandomStream,
  inputs: number,
  { decoder = { kind: "convolutional" }, outputBias = 0 }: EconAutoencoderOptions,
): NetworkHalf {
  return decoder.kind === "dense"
    ? denseDecoder(random, inputs, decoder.units)
    : convolutionalDecoder(random, inputs, outputBias);
}
