/** A fixed-point format in QKeras's words: `quantized_bits(bits, integer)` or `quantized_relu`. */
export interface FixedPoint {
  /** Bits in all; those of signed numbers include the sign. */
  readonly bits: number;
  /** Bits left of the binary point, the sign not counted. */
  readonly integer: number;
}
