/** A fixed-point format in QKeras's words: `quantized_bits(bits, integer)` or `quantized_relu`. */
export interface FixedPoint {
  /** Bits in all; those of signed numbers include the sign. */
  readonly bits: number;
  /** Bits left of the binary point, the sign not counted. */
  readonly integer: number;
}

/** What every quantiser does with an array: values out, and the gradient that training uses. */
export interface QuantizingFunction {
  /**
   * The quantised values, in float32 as QKeras computes them.
   *
   * NaN stays NaN; infinities are clipped to the ends of the range.
   *
   * @param values Any numbers; they are first rounded to float32.
   * @returns A fresh array of the same length.
   */
  apply(values: ArrayLike<number>): Float32Array;
  /**
   * The straight-through gradient d output / d input at each value, as training uses it.
   *
   * @param values Where to take it.
   * @returns A fresh array of the same length.
   */
  gradient(values: ArrayLike<number>): Float32Array;
  /**
   * The configuration as QKeras writes it, for example `quantized_bits(5,1,0,alpha=1)`;
   * {@linkcode parseQuantizer} reads it back.
   */
  toString(): string;
}

/** A quantiser with a fixed table of values. */
export interface Quantizer extends QuantizingFunction {
  /**
   * The value of code 1: every value is code times step. NaN where values are powers of two and
   * codes number them.
   */
  readonly step: number;
  /** The smallest value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** Present where the quantiser is plain rounding and clipping, with nothing else before. */
  readonly fixedPoint?: FixedPointRule;
  /** All integer codes, ascending, as are their values: `decode(codes())` is the table of values. */
  codes(): Int32Array;
  /**
   * The integer codes of the quantised values.
   *
   * @param values Any numbers.
   * @returns `apply(values)` as codes; value / step where values are evenly spaced.
   * @throws {RangeError} If a value is NaN, which has no code.
   */
  encode(values: ArrayLike<number>): Int32Array;
  /**
   * The values of integer codes.
   *
   * @param codes Codes of the table.
   * @returns Their values.
   * @throws {RangeError} If a code is not in the table.
   */
  decode(codes: ArrayLike<number>): Float32Array;
}

/** y = alpha clip(roundHalfEven(x scale), low, high) / scale, with its gradient. */
export interface FixedPointRule {
  /** Codes per unit, a power of two. */
  readonly scale: number;
  /** The lowest code. */
  readonly low: number;
  /** The highest code. */
  readonly high: number;
  /** What the values are multiplied with at the end, 1 by default. */
  readonly alpha: number;
  /** The gradient is 1 where low < x <= high and 0 elsewhere; without a gate, 1 everywhere. */
  readonly gate?: Gate;
}

/** The open and closed end of an interval: low < x <= high. */
export interface Gate {
  /** The open end. */
  readonly low: number;
  /** The closed end; may be infinite. */
  readonly high: number;
}

/** A quantiser that takes its scales from the values themselves, one for each channel. */
export interface AutoScaledQuantizer extends QuantizingFunction {
  /** Length of the last axis, along which scales differ. */
  readonly channels: number;
  /**
   * The scale of each channel: what QKeras calls `scale`, a factor on the values of the format.
   *
   * @param values Row-major, the last axis counting channels.
   * @returns One scale for each channel.
   * @throws {TypeError} If the length is not a multiple of the channels.
   */
  scales(values: ArrayLike<number>): Float32Array;
}
