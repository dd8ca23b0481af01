import { checkInteger } from "./check_options.ts";
import { clippedRound } from "./clipped_round.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import { checkSigmoid, type SigmoidName, SIGMOIDS } from "./sigmoids.ts";
import type { Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedSigmoid}. */
export interface QuantizedSigmoidOptions {
  /** Bits of the value. */
  readonly bits: number;
  /**
   * Whether to leave out zero, so that values are symmetric about 1/2.
   *
   * @default {false}
   */
  readonly symmetric?: boolean;
  /**
   * The sigmoid.
   *
   * @default {"hard"}
   */
  readonly sigmoid?: SigmoidName;
}

/**
 * A sigmoid in fixed point: QKeras's `quantized_sigmoid(bits, symmetric, use_real_sigmoid)`,
 *
 * y = clip(round(m sigmoid(x)) / m, symmetric / m, 1 - 1/m), m = 2^bits
 *
 * with halves rounded to even. The gradient is that of the sigmoid where the rounded value is not
 * clipped, else zero.
 *
 * QKeras chooses between the hard and the smooth sigmoid for the whole program; here it is an option,
 * and `smooth` is printed as `sigmoid='smooth'`. The real one is correct to the last bit of float32
 * or next to it.
 *
 * @param options Bits from 1 to 24, symmetry, kind of sigmoid.
 * @returns The quantiser.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedSigmoid } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const sigmoid = quantizedSigmoid({ bits: 4 });
 * assertEquals([...sigmoid.apply([-2, 0, 0.5, 2])], [0, 0.5, 0.75, 0.9375]);
 * ```
 */
export function quantizedSigmoid(options: QuantizedSigmoidOptions): Quantizer {
  const { bits, symmetric = false, sigmoid = "hard" } = options;
  checkInteger("quantized_sigmoid", "bits", bits, 1, 24);
  checkSigmoid("quantized_sigmoid", sigmoid);
  const { value, slope } = SIGMOIDS[sigmoid];
  const levels = 2 ** bits, low = symmetric ? 1 : 0, high = levels - 1;
  return codedQuantizer({
    text: `quantized_sigmoid(${bits}${symmetric ? ",1" : ""}${_KIND[sigmoid]})`,
    low,
    high,
    step: 1 / levels,
    codeOf: (x) => clippedRound(value(x) * levels, low, high),
    slopeOf(x) {
      const code = clippedRound(value(x) * levels, low - 1, high + 1);
      return code >= low && code <= high ? slope(x) : 0;
    },
  });
}

const _KIND: Readonly<Record<SigmoidName, string>> = {
  hard: "",
  smooth: ",sigmoid='smooth'",
  real: ",use_real_sigmoid=1",
};
