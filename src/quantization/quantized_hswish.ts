import { checkFormat, checkPositive } from "./check_options.ts";
import { clippedRound } from "./clipped_round.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import type { FixedPoint, Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedHswish}. */
export interface QuantizedHswishOptions extends FixedPoint {
  /**
   * Whether the codes behind are symmetric about zero.
   *
   * @default {false}
   */
  readonly symmetric?: boolean;
  /**
   * By how much the rectifier is shifted.
   *
   * @default {3}
   */
  readonly reluShift?: number;
  /**
   * Where the rectifier ends.
   *
   * @default {6}
   */
  readonly reluUpperBound?: number;
}

/**
 * The hard swish in fixed point: QKeras's `quantized_hswish(bits, integer, symmetric, relu_shift,
 * relu_upper_bound)`, which is `quantized_bits(bits, integer, symmetric)` of
 *
 * h(x) = x min(max(x + shift, 0), bound) / bound
 *
 * with the gradient of h. Its table holds no codes below the least value of h.
 *
 * @param options Bits from 2 to 24, with the sign; integer bits from -100 to 127; shift and bound
 * positive.
 * @returns The quantiser.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedHswish } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const swish = quantizedHswish({ bits: 6, integer: 2 });
 * assertEquals([...swish.apply([-5, -1.5, 0, 1, 3])], [0, -0.375, 0, 0.625, 3]);
 * ```
 */
export function quantizedHswish(options: QuantizedHswishOptions): Quantizer {
  const { bits, integer, symmetric = false, reluShift: shift = 3, reluUpperBound: bound = 6 } =
    options;
  checkFormat("quantized_hswish", bits, integer, 2);
  checkPositive("quantized_hswish", "reluShift", shift);
  checkPositive("quantized_hswish", "reluUpperBound", bound);
  const levels = 2 ** (bits - 1), scale = levels / 2 ** integer;
  const lowest = -levels + (symmetric ? 1 : 0), high = levels - 1;

  /** The rectifier of h. */
  const rectified = (x: number) => Math.min(Math.max(Math.fround(x + shift), 0), bound);
  const swish = (x: number) => Math.fround(Math.fround(x * rectified(x)) / bound);
  const codeOf = (x: number) => clippedRound(swish(x) * scale, lowest, high);
  return codedQuantizer({
    text: `quantized_hswish(${bits},${integer},${symmetric ? 1 : 0},` +
      `relu_shift=${shift},relu_upper_bound=${bound})`,
    // The parabola is lowest at -shift / 2; where the bound comes before, h is lowest there.
    low: Math.min(codeOf(-shift / 2), codeOf(bound - shift)),
    high,
    step: 1 / scale,
    codeOf,
    slopeOf(x) {
      const shifted = Math.fround(x + shift);
      if (shifted > bound) return 1;
      return shifted > 0 ? (shifted + x) / bound : 0;
    },
  });
}
