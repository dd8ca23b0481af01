/**
 * A codec: it says what a wafer looks like in a fixed number of bits.
 *
 * The charge of the whole wafer is sent apart, as it is beside the latents of the autoencoder, and is
 * not counted here: a codec sees charge fractions, and so does the EMD.
 */
export interface Codec {
  /** The name in the registry. */
  readonly name: string;
  /** Bits a wafer: every wafer takes as many. */
  readonly bits: number;
  /** Bytes a wafer in what {@linkcode Codec.encode} returns: ceil(bits / 8). */
  readonly bytes: number;
  /**
   * Encodes wafers.
   *
   * @param charges B wafers of 48 charges in train order, row-major, any positive scale; not changed.
   * @returns B * `bytes` bytes. A wafer starts at a byte, the most significant bit first; bits beyond
   * `bits` are zero.
   * @throws {TypeError} If the number of charges is not a multiple of 48.
   * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer has no charge.
   */
  encode(charges: ArrayLike<number>): Uint8Array;
  /**
   * Decodes wafers.
   *
   * @param codes What {@linkcode Codec.encode} returned; not changed.
   * @returns B wafers of 48 charge fractions in train order: not negative, the sum of each is one.
   * @throws {TypeError} If the number of bytes is not a multiple of `bytes`.
   * @throws {RangeError} If no wafer has such a code.
   */
  decode(codes: Uint8Array): Float64Array;
  /**
   * What is left of wafers: `decode(encode(charges))`.
   *
   * @param charges As for {@linkcode Codec.encode}.
   * @returns As {@linkcode Codec.decode}.
   * @throws {TypeError | RangeError} As {@linkcode Codec.encode}.
   */
  reconstruct(charges: ArrayLike<number>): Float64Array;
}
