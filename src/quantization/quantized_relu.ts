import { checkFormat, checkSlope } from "./check_options.ts";
import { clippedRound } from "./clipped_round.ts";
import { codedQuantizer } from "./coded_quantizer.ts";
import { checkSigmoid, type SigmoidName, SIGMOIDS } from "./sigmoids.ts";
import type { FixedPoint, Quantizer } from "./types.ts";

/** Options of {@linkcode quantizedRelu}. */
export interface QuantizedReluOptions extends FixedPoint {
  /**
   * Slope below zero: 0, or a power of two from 2^(1 - bits) to 1. One of the bits is then the sign.
   *
   * @default {0}
   */
  readonly negativeSlope?: number;
  /** A sigmoid through which x goes first (`use_sigmoid`, with QKeras's internal sigmoid). */
  readonly sigmoid?: SigmoidName;
  /**
   * Whether the gradient is zero above the highest value, as in QKeras by default.
   *
   * @default {true}
   */
  readonly isQuantizedClip?: boolean;
}

/**
 * A rectified linear unit in fixed point: QKeras's `quantized_relu(bits, integer, use_sigmoid,
 * negative_slope)`,
 *
 * y = 2^integer clip(round(x m / 2^integer) / m, 0, 1 - 1/m), m = 2^bits
 *
 * with halves rounded to even. With a negative slope s, m = 2^(bits - 1) and below zero
 * y = 2^integer clip(round(s x m / 2^integer) / m, -s, 0). With a sigmoid, x m / 2^integer is
 * replaced by m (2 sigmoid(x / 2^integer) - 1), rounded to even integers below the highest code.
 *
 * The straight-through gradient is that of the rectifier: 1 above zero, the slope at and below it;
 * and, unless `isQuantizedClip` is false, 0 above the highest value 2^integer (1 - 1/m). It is 1 at
 * that value itself, and takes no notice of the sigmoid.
 *
 * @param options Bits from 1 to 24 (from 2 with a slope), integer bits from -100 to 127.
 * @returns The quantiser; with a sigmoid its table has gaps.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { quantizedRelu } from "@hexmover/hexmover/quantization";
 * import { assertEquals } from "@std/assert";
 *
 * const latent = quantizedRelu({ bits: 9, integer: 1 });
 * assertEquals([...latent.apply([-1, 0.06, 5])], [0, 0.05859375, 1.99609375]);
 * assertEquals([latent.step, latent.min, latent.max], [1 / 256, 0, 511 / 256]);
 * // The straight-through gradient:
 * assertEquals([...latent.gradient([-1, 0, 0.1, 511 / 256, 2])], [0, 0, 1, 1, 0]);
 * ```
 */
export function quantizedRelu(options: QuantizedReluOptions): Quantizer {
  const { bits, integer, negativeSlope: slope = 0, sigmoid, isQuantizedClip = true } = options;
  checkFormat("quantized_relu", bits, integer, slope === 0 ? 1 : 2);
  checkSlope("quantized_relu", slope, 2 ** (1 - bits));
  if (sigmoid !== undefined) checkSigmoid("quantized_relu", sigmoid);

  const levels = 2 ** (slope === 0 ? bits : bits - 1);
  const scale = levels / 2 ** integer, range = 2 ** integer;
  const low = slope === 0 ? 0 : -slope * levels, high = levels - 1;
  const top = isQuantizedClip ? high / scale : Infinity;

  /** The sum of QKeras's positive and negative part, of which one is zero. */
  function codeOf(x: number): number {
    if (sigmoid === undefined) {
      const above = clippedRound(x * scale, 0, high);
      return slope === 0 ? above : above + clippedRound(x * scale * slope, low, 0);
    }
    const p = SIGMOIDS[sigmoid].value(x / range) * levels;
    const above = Math.min(2 * clippedRound(p, levels / 2, levels) - levels, high);
    return slope === 0 ? above : above + Math.min(2 * clippedRound(p * slope, 0, levels) + low, 0);
  }

  return codedQuantizer({
    text: _text(options),
    low,
    high,
    step: 1 / scale,
    codeOf,
    slopeOf: (x) => x <= top ? (x > 0 ? 1 : slope) : 0,
    ...(sigmoid && {
      isGap: (code: number) => code < 0 ? (code - low) % 2 !== 0 : code % 2 !== 0 && code !== high,
    }),
    ...(sigmoid === undefined && slope === 0 && {
      fixedPoint: { scale, low, high, alpha: 1, gate: { low: 0, high: top } },
    }),
  });
}

function _text(options: QuantizedReluOptions): string {
  const { bits, integer, negativeSlope = 0, sigmoid, isQuantizedClip = true } = options;
  const parts = [bits, integer];
  // QKeras prints a slope without the flag before it, and would take it for that flag.
  if (sigmoid !== undefined || negativeSlope !== 0) parts.push(sigmoid ? 1 : 0);
  if (negativeSlope !== 0) parts.push(negativeSlope);
  const clip = isQuantizedClip ? "" : ",is_quantized_clip=False";
  const kind = sigmoid === undefined || sigmoid === "hard" ? "" : `,sigmoid='${sigmoid}'`;
  return `quantized_relu(${parts.join(",")}${clip}${kind})`;
}
