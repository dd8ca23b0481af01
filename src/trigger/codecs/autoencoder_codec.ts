import { integerEncoder } from "../../models/integer_encoder.ts";
import type { EconEncoderWeights } from "../../models/types.ts";
import type { WaferCodec } from "../types.ts";
import { shareCodec, type ShareCodecOptions } from "./share_codec.ts";

/** What the trigger needs of an ECON-T autoencoder; `loadEconAutoencoder` gives one. */
export interface CodecNetwork {
  /** The encoder's weights. */
  readonly encoder: EconEncoderWeights;
  /**
   * The latents of wafers.
   *
   * @param charges 48 charges a wafer in train order, any positive scale.
   * @returns 16 latents a wafer.
   */
  encode(charges: ArrayLike<number>): Float32Array;
  /**
   * The wafers for which latents stand.
   *
   * @param latents 16 latents a wafer.
   * @returns 48 numbers a wafer, in any scale.
   */
  decode(latents: ArrayLike<number>): Float32Array;
}

const LATENTS = 16;
/** Bits of a latent where the encoder computes in floats: those of the published one. */
const PUBLISHED_LATENT_BITS = 9;

/**
 * An autoencoder as a codec: see `shareCodec` for what is done with its outputs. A quantised encoder runs
 * in integers, bit for bit as on the detector.
 *
 * @param network The autoencoder.
 * @param options Name, and how the sum is sent; the bits of the shares are those of the latents.
 * @returns The codec: 157 bits a wafer with latents of 9 bits.
 *
 * @example
 * ```ts
 * import { loadEconAutoencoder } from "@hexmover/hexmover/models/inference";
 * import { autoencoderCodec } from "@hexmover/hexmover/trigger";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const codec = autoencoderCodec(await loadEconAutoencoder(), { name: "default" });
 * const charges = new Float64Array(48).fill(1);
 * const sent = await codec.transmit(charges);
 * assertEquals(codec.bits(charges), 157);
 * assert(Math.abs(Array.from(sent).reduce((sum, charge) => sum + charge) - 48) < 5);
 * ```
 */
export function autoencoderCodec(
  network: CodecNetwork,
  options: Omit<ShareCodecOptions, "shareBits">,
): WaferCodec {
  const { formats } = network.encoder;
  const encode = formats === undefined ? network.encode : _integerEncode(network.encoder);
  const latentBits = formats?.latent.bits ?? PUBLISHED_LATENT_BITS;
  const reconstruct = (charges: Float64Array) => network.decode(encode(charges));
  return shareCodec(reconstruct, { ...options, shareBits: LATENTS * latentBits });
}

/** The same latents as in float emulation, five times faster. */
function _integerEncode(encoder: EconEncoderWeights): CodecNetwork["encode"] {
  const { encode, values } = integerEncoder(encoder);
  return (charges) => values(encode(charges));
}
