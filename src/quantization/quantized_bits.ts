import { autoScaledBits, type AutoScaledBitsOptions } from "./auto_scaled_bits.ts";
import { signCoding } from "./binary.ts";
import { checkFormat, checkPositive } from "./check_options.ts";
import { clippedRound } from "./clipped_round.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import type { AutoScaledQuantizer, FixedPoint, Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedBits}. */
export interface QuantizedBitsOptions extends FixedPoint {
  /**
   * Whether there are negative numbers; one of the bits is then the sign.
   *
   * @default {true}
   */
  readonly keepNegative?: boolean;
  /**
   * Whether to leave out the lowest code, so that codes are symmetric about zero.
   *
   * @default {false}
   */
  readonly symmetric?: boolean;
  /**
   * A factor on the quantised values; it does not touch what is rounded.
   *
   * @default {1}
   */
  readonly alpha?: number;
}

/**
 * Signed or unsigned fixed-point numbers: QKeras's `quantized_bits(bits, integer, symmetric,
 * keep_negative, alpha)`,
 *
 * y = alpha 2^integer clip(round(x m / 2^integer), -m + symmetric, m - 1) / m,
 * m = 2^(bits - 1), or without negative numbers m = 2^bits and the lower end 0
 *
 * with halves rounded to even. One bit with sign gives the sign, -alpha or alpha (alpha at zero),
 * whatever `integer` is. The straight-through gradient is 1 everywhere, also where y is clipped.
 * `ap_fixed<W, I>` of HLS is `quantizedBits({ bits: W, integer: I - 1 })`.
 *
 * QKeras adds y as x + (y - x), which in float32 may change the last bits of a clipped output where
 * x is more than twice as large, and makes NaN of infinities. Here the output is y itself, so that
 * it is always in the table. Its `alpha=None` is 1; there is no scale but the one that is given.
 *
 * @param options Bits from 1 to 24, with the sign; integer bits from -100 to 127; alpha > 0.
 * @returns The quantiser. With `alpha: "auto"` or `"auto_po2"` one that takes its scales from the
 * values; its codes are symmetric.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedBits } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const weights = quantizedBits({ bits: 5, integer: 1 });
 * assertEquals([...weights.apply([-3, -0.0625, 0.1875, 1.9])], [-2, 0, 0.25, 1.875]);
 * assertEquals([...weights.encode([-3, -0.0625, 0.1875, 1.9])], [-16, 0, 2, 15]);
 * assertEquals([weights.step, weights.min, weights.max], [0.125, -2, 1.875]);
 * assertEquals(`${weights}`, "quantized_bits(5,1,0,alpha=1)");
 * // The straight-through gradient:
 * assertEquals([...weights.gradient([-3, 0.1, 5])], [1, 1, 1]);
 * ```
 */
export function quantizedBits(options: QuantizedBitsOptions): Quantizer;
/**
 * The same with scales taken from the values, one for each channel.
 *
 * @param options Bits from 2 to 24, integer bits, the kind of scale and the number of channels.
 * @returns The quantiser.
 * @throws {RangeError} If an option is out of range.
 *
 * @example A column of small numbers gets a small scale
 * ```ts
 * import { quantizedBits } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const quantizer = quantizedBits({ bits: 4, integer: 0, alpha: "auto_po2", channels: 2 });
 * const kernel = [0.75, 0.046875, 0.5, 0.03125];
 * assertEquals([...quantizer.scales(kernel)], [1, 0.0625]);
 * assertEquals([...quantizer.apply(kernel)], kernel);
 * ```
 */
export function quantizedBits(options: AutoScaledBitsOptions): AutoScaledQuantizer;
export function quantizedBits(
  options: QuantizedBitsOptions | AutoScaledBitsOptions,
): Quantizer | AutoScaledQuantizer {
  if (typeof options.alpha === "string") {
    return autoScaledBits(options as AutoScaledBitsOptions);
  }
  const { bits, integer, keepNegative = true, symmetric = false, alpha = 1 } =
    options as QuantizedBitsOptions;
  checkFormat("quantized_bits", bits, integer);
  checkPositive("quantized_bits", "alpha", alpha);
  const sign = keepNegative ? "" : ",keep_negative=False";
  const text = `quantized_bits(${bits},${integer},${symmetric ? 1 : 0}${sign},alpha=${alpha})`;
  if (bits === 1 && keepNegative) return codedQuantizer(signCoding(text, alpha));

  const unsignedBits = keepNegative ? bits - 1 : bits;
  const scale = 2 ** (unsignedBits - integer), levels = 2 ** unsignedBits;
  const low = keepNegative ? -levels + (symmetric ? 1 : 0) : 0, high = levels - 1;
  const alpha32 = Math.fround(alpha);
  return codedQuantizer({
    text,
    low,
    high,
    step: alpha32 / scale,
    codeOf: (x) => clippedRound(x * scale, low, high),
    slopeOf: () => 1,
    fixedPoint: { scale, low, high, alpha: alpha32 },
  });
}
