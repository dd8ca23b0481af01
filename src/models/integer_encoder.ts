import { codeEncoder } from "./integer/encode_codes.ts";
import { inputCodes } from "./integer/input_codes.ts";
import { integerEncoderSpec } from "./integer/integer_encoder_spec.ts";
import type { EconAutoencoderWeights, EconEncoderWeights, IntegerEncoderSpec } from "./types.ts";

/** The quantised encoder in integers. */
export interface IntegerEncoder {
  /** Its integers, sufficient to evaluate it in another language. */
  readonly constants: IntegerEncoderSpec;
  /**
   * The latent codes of wafers: those of the quantised encoder in float emulation, bit for bit.
   *
   * @param charges One wafer or a batch, 48 charges each in train order, row-major, of any positive
   * scale. Integers below 2^24 are the fastest: then all arithmetic is that of integers.
   * @returns 16 codes a wafer; the value of a latent is its code / 2^latentFractionBits, that is,
   * code / 2^(bits - integer).
   * @throws {TypeError} If the length is not a multiple of 48.
   * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer is empty.
   */
  encode(charges: ArrayLike<number>): Int32Array;
  /**
   * The values of latent codes, as a decoder takes them.
   *
   * @param codes Codes from `encode`.
   * @returns codes / 2^latentFractionBits.
   */
  values(codes: ArrayLike<number>): Float32Array;
}

/**
 * The quantised ECON-T encoder as pure integer arithmetic: int32 accumulators in powers of two,
 * shifts that round half to even, no floats between the input code and the latent code.
 *
 * The input code of a cell is x 2^6 / 2^floor(log2 S), rounded half to even, S being the wafer's sum
 * (numbers of the published formats); the accumulators of the convolution count 2^-9, hidden codes
 * 2^-8, the accumulators of the dense layer 2^-11 and latent codes 2^-8.
 *
 * @param weights Weights of a quantised encoder, or of an autoencoder with one: those from training,
 * quantised here.
 * @returns The encoder.
 * @throws {TypeError} If the weights have no formats, or another shape.
 * @throws {RangeError} If an accumulator could leave int32 with these weights, or the formats do not
 * fit to each other.
 *
 * @example
 * ```ts
 * import { integerEncoder, PUBLISHED_FORMATS } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const encoder = integerEncoder({
 *   conv: { kernel: new Float32Array(72), bias: new Float32Array(8) },
 *   dense: { kernel: new Float32Array(128 * 16), bias: new Float32Array(16).fill(0.75) },
 *   formats: PUBLISHED_FORMATS,
 * });
 * const codes = encoder.encode(new Float64Array(48).fill(1));
 * assertEquals(codes, new Int32Array(16).fill(192));
 * assertEquals(encoder.values(codes), new Float32Array(16).fill(0.75));
 * ```
 */
export function integerEncoder(
  weights: EconAutoencoderWeights | EconEncoderWeights,
): IntegerEncoder {
  const constants = integerEncoderSpec("encoder" in weights ? weights.encoder : weights);
  const encodeCodes = codeEncoder(constants);
  return {
    constants,
    encode: (charges) => encodeCodes(inputCodes(charges, constants)),
    values: (codes) => Float32Array.from(codes, (code) => code / 2 ** constants.latentFractionBits),
  };
}
