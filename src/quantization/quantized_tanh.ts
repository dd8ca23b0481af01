import { checkInteger } from "./check_options.ts";
import { clippedRound } from "./clipped_round.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import { checkSigmoid, type SigmoidName, TANHS } from "./sigmoids.ts";
import type { Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedTanh}. */
export interface QuantizedTanhOptions {
  /** Bits of the value, with its sign. */
  readonly bits: number;
  /**
   * Whether to leave out -1, so that values are symmetric about zero.
   *
   * @default {false}
   */
  readonly symmetric?: boolean;
  /**
   * The sigmoid of which twice minus 1 stands for the tanh; `real` is the tanh itself.
   *
   * @default {"hard"}
   */
  readonly sigmoid?: SigmoidName;
}

/**
 * A tanh in fixed point: QKeras's `quantized_tanh(bits, symmetric, use_real_tanh)`,
 *
 * y = clip(round(m tanh(x)) / m, -1 + symmetric / m, 1 - 1/m), m = 2^(bits - 1)
 *
 * with halves rounded to even. The gradient is that of the tanh where the rounded value is not
 * clipped, else zero.
 *
 * @param options Bits from 2 to 24, symmetry, kind of sigmoid.
 * @returns The quantiser.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedTanh } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const tanh = quantizedTanh({ bits: 4, symmetric: true });
 * assertEquals([...tanh.apply([-2, -0.25, 0, 0.7])], [-0.875, -0.25, 0, 0.75]);
 * ```
 */
export function quantizedTanh(options: QuantizedTanhOptions): Quantizer {
  const { bits, symmetric = false, sigmoid = "hard" } = options;
  checkInteger("quantized_tanh", "bits", bits, 2, 24);
  checkSigmoid("quantized_tanh", sigmoid);
  const { value, slope } = TANHS[sigmoid];
  const levels = 2 ** (bits - 1), low = -levels + (symmetric ? 1 : 0), high = levels - 1;
  return codedQuantizer({
    text: `quantized_tanh(${bits}${symmetric ? ",symmetric=1" : ""}${_KIND[sigmoid]})`,
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
  real: ",use_real_tanh=1",
};
