import { checkInteger, checkSlope } from "./check_options.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import { codeOfPower, exponents, isPowerGap, powerOfCode } from "./power_of_two.ts";
import type { Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedReluPo2}. */
export interface QuantizedReluPo2Options {
  /** Bits of the exponent, with its sign. */
  readonly bits: number;
  /** Size of the largest value. At most 1, it spares the exponent's sign. */
  readonly maxValue?: number;
  /**
   * Slope below zero: 0, or a power of two from 2^-24 to 1.
   *
   * @default {0}
   */
  readonly negativeSlope?: number;
}

/**
 * A rectified linear unit whose values are powers of two: QKeras's `quantized_relu_po2(bits,
 * max_value, negative_slope)`.
 *
 * y = 2^e, with e the integer next to log2 x; numbers below 1e-7, and negative ones, get the lowest
 * exponent. With a negative slope s, negative x give -2^e with e next to log2 (s |x|). A power below
 * 2^-126, the least normal float32, is zero, as in TensorFlow.
 *
 * The gradient is 1 above zero, the slope at and below it, and 0 above `maxValue`. The code of 2^e
 * is the place of e, counted from 1, with the sign of the value.
 *
 * @param options Bits, of which 0 to 7 are left for the size of the exponent.
 * @returns The quantiser; its step is NaN, since values are not evenly spaced.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedReluPo2 } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const relu = quantizedReluPo2({ bits: 3, negativeSlope: 0.125 });
 * assertEquals([...relu.apply([-3, 0, 0.7, 100])], [-0.5, 0.0625, 0.5, 8]);
 * ```
 */
export function quantizedReluPo2(options: QuantizedReluPo2Options): Quantizer {
  const { bits, maxValue, negativeSlope: slope = 0 } = options;
  checkInteger("quantized_relu_po2", "bits", bits, 1, 8);
  checkSlope("quantized_relu_po2", slope, 2 ** -24);
  const range = exponents("quantized_relu_po2", bits, maxValue);
  const places = range.high - range.low + 1;
  return codedQuantizer({
    text: `quantized_relu_po2(${bits}` + (maxValue === undefined ? "" : `,${maxValue}`) +
      `${slope === 0 ? "" : `,negative_slope=${slope}`})`,
    low: slope === 0 ? 1 : -places,
    high: places,
    step: NaN,
    codeOf: (x) =>
      x < 0 && slope !== 0
        ? codeOfPower(-1, -x * slope, range)
        : codeOfPower(1, Math.max(x, 0), range),
    slopeOf: (x) => x <= range.maxValue ? (x > 0 ? 1 : slope) : 0,
    codeValue: (code) => powerOfCode(code, range),
    isGap: (code) => isPowerGap(code, range),
  });
}
