/**
 * A charge as it arrives when it is sent with a few bits of mantissa: the largest float of that
 * mantissa that is not above it.
 *
 * @param counts The charge in counts, >= 0; its fraction is cut off first.
 * @param mantissaBits Bits of the mantissa after the leading one, >= 0: 3 in the code 4E3M.
 * @returns The charge in counts: whole numbers below 2^(mantissaBits + 1) are sent exactly.
 *
 * Source: the published emulation of the concentrator (`encode`, without rounding).
 *
 * @example
 * ```ts
 * import { truncatedFloat } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([15, 16, 17, 19, 100.7].map((counts) => truncatedFloat(counts, 3)), [15, 16, 16, 18, 96]);
 * ```
 */
export function truncatedFloat(counts: number, mantissaBits: number): number {
  // Whole counts that went through another unit may come back a rounding below.
  const whole = Math.floor(counts * (1 + 1e-12));
  let step = 1;
  while (whole >= step * 2 ** (mantissaBits + 1)) step *= 2;
  return Math.floor(whole / step) * step;
}
