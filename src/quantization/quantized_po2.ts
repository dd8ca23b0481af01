import { checkInteger } from "./check_options.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import { codeOfPower, exponents, isPowerGap, powerOfCode } from "./power_of_two.ts";
import type { Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedPo2}. */
export interface QuantizedPo2Options {
  /** Bits in all: sign, and exponent with its sign. */
  readonly bits: number;
  /** Size of the largest value. At most 1, it spares the exponent's sign. */
  readonly maxValue?: number;
}

/**
 * Powers of two with a sign: QKeras's `quantized_po2(bits, max_value)`.
 *
 * y = sign(x) 2^e, with e the integer next to log2 |x| and sign(0) = 1. The straight-through
 * gradient is 1. The code of sign 2^e is the sign times the place of e, counted from 1.
 *
 * @param options Bits, of which 0 to 7 are left for the size of the exponent.
 * @returns The quantiser; its step is NaN, since values are not evenly spaced.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedPo2 } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...quantizedPo2({ bits: 4 }).apply([-3, 0.7, 0, 100])], [-4, 0.5, 0.0625, 8]);
 * ```
 */
export function quantizedPo2(options: QuantizedPo2Options): Quantizer {
  const { bits, maxValue } = options;
  checkInteger("quantized_po2", "bits", bits, 1, 9);
  const range = exponents("quantized_po2", bits - 1, maxValue);
  const places = range.high - range.low + 1;
  return codedQuantizer({
    text: `quantized_po2(${bits}${maxValue === undefined ? "" : `,${maxValue}`})`,
    low: -places,
    high: places,
    step: NaN,
    codeOf: (x) => codeOfPower(x < 0 ? -1 : 1, Math.abs(x), range),
    slopeOf: () => 1,
    codeValue: (code) => powerOfCode(code, range),
    isGap: (code) => isPowerGap(code, range),
  });
}
