import { checkPositive } from "./check_options.ts";
import { codedQuantizer, type Coding } from "./coded_quantizer.ts";
import type { Quantizer } from "./types.ts";

/** Options of {@linkcode binary}. */
export interface BinaryOptions {
  /**
   * Whether negative numbers give 0 instead of -alpha.
   *
   * @default {false}
   */
  readonly use01?: boolean;
  /**
   * The size of the values.
   *
   * @default {1}
   */
  readonly alpha?: number;
}

/**
 * The sign: QKeras's `binary(use_01, alpha)` and, at inference, its `stochastic_binary(alpha)`.
 *
 * y = alpha for x >= 0, else -alpha (or 0 with `use01`). The straight-through gradient is 1.
 *
 * @param options Whether the values are 0 and alpha, and alpha > 0.
 * @returns The quantiser; codes -1 and 1, or 0 and 1.
 * @throws {RangeError} If alpha is not positive.
 *
 * @example
 * ```ts
 * import { binary } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...binary().apply([-3, -0.2, 0, 4])], [-1, -1, 1, 1]);
 * assertEquals([...binary({ use01: true, alpha: 5 }).apply([-3, 0.3])], [0, 5]);
 * ```
 */
export function binary(options: BinaryOptions = {}): Quantizer {
  const { use01 = false, alpha = 1 } = options;
  checkPositive("binary", "alpha", alpha);
  const text = `binary(${use01 ? "use_01=1," : ""}alpha=${alpha})`;
  return codedQuantizer(signCoding(text, alpha, use01));
}

/**
 * The coding of the sign, which `quantized_bits` of one bit shares.
 *
 * @param text The configuration.
 * @param alpha The size of the values.
 * @param use01 Whether negative numbers give 0.
 * @returns The coding.
 */
export function signCoding(text: string, alpha: number, use01 = false): Coding {
  const low = use01 ? 0 : -1;
  return {
    text,
    low,
    high: 1,
    step: Math.fround(alpha),
    codeOf: (x) => x >= 0 ? 1 : x < 0 ? low : NaN,
    slopeOf: () => 1,
    isGap: (code) => code !== low && code !== 1,
  };
}
