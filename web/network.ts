import { econDecoderInference } from "../src/models/inference/econ_decoder_inference.ts";
import { type IntegerEncoder, integerEncoder } from "../src/models/integer_encoder.ts";
import type { EconAutoencoderWeights } from "../src/models/types.ts";
import { waferEmd } from "../src/wafer/emd.ts";

/** What a network makes of a wafer. */
export interface EncodedWafer {
  /** The 16 codes of the integer encoder. */
  readonly codes: Int32Array;
  /** Largest code there is. */
  readonly largest: number;
  /** What the decoder makes of them: 48 charge fractions; none where all its outputs are zero. */
  readonly reconstruction: Float64Array | undefined;
  /** EMD of wafer and reconstruction, half pitches. */
  readonly emd: number | undefined;
}

/**
 * A trained autoencoder, its encoder in integers.
 *
 * @param weights The weights, with formats.
 * @returns What encodes and decodes one wafer, of 48 charges that are not all zero.
 */
export function network(
  weights: EconAutoencoderWeights,
): (charges: ArrayLike<number>) => EncodedWafer {
  const encoder: IntegerEncoder = integerEncoder(weights);
  const decode = econDecoderInference(weights.decoder);
  const largest = encoder.constants.dense.outputMax;
  return (charges) => {
    const codes = encoder.encode(charges);
    const outputs = Float64Array.from(decode(encoder.values(codes)));
    const sum = outputs.reduce((a, b) => a + b);
    if (sum === 0) return { codes, largest, reconstruction: undefined, emd: undefined };
    const reconstruction = outputs.map((output) => output / sum);
    return { codes, largest, reconstruction, emd: waferEmd(charges, reconstruction).value };
  };
}
