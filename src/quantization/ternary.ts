import { checkPositive } from "./check_options.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import type { Quantizer } from "./types.ts";

/** Options of {@linkcode ternary}. */
export interface TernaryOptions {
  /**
   * The size of the values.
   *
   * @default {1}
   */
  readonly alpha?: number;
  /**
   * Numbers whose size is smaller than this give 0.
   *
   * @default {0.33}
   */
  readonly threshold?: number;
}

/**
 * The sign with a dead band: QKeras's `ternary(alpha, threshold)` and, at inference, its
 * `stochastic_ternary(alpha, threshold)`.
 *
 * y = alpha sign(x) where |x| >= threshold, else 0. The straight-through gradient is 1.
 *
 * @param options Alpha and threshold, both positive.
 * @returns The quantiser; codes -1, 0 and 1.
 * @throws {RangeError} If an option is not positive.
 *
 * @example
 * ```ts
 * import { ternary } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...ternary().apply([-3, -0.2, 0, 0.3, 1])], [-1, 0, 0, 0, 1]);
 * ```
 */
export function ternary(options: TernaryOptions = {}): Quantizer {
  const { alpha = 1, threshold = 0.33 } = options;
  checkPositive("ternary", "alpha", alpha);
  checkPositive("ternary", "threshold", threshold);
  const threshold32 = Math.fround(threshold);
  return codedQuantizer({
    text: `ternary(alpha=${alpha},threshold=${threshold})`,
    low: -1,
    high: 1,
    step: Math.fround(alpha),
    codeOf: (x) => Math.abs(x) < threshold32 ? 0 : Math.sign(x),
    slopeOf: () => 1,
  });
}
