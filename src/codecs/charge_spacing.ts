/** How charges are spaced in {@linkcode chargeSpacing}. */
export type ChargeSpacingKind = "logarithmic" | "square_root";

/** Codes for charges relative to the largest one. */
export interface ChargeSpacing {
  /**
   * The code of a charge.
   *
   * @param ratio The charge over the largest one, in [0, 1].
   * @returns The code, an integer in [0, 2^bits).
   */
  toCode(ratio: number): number;
  /** The charge of each code, over the largest one: ascending from 0 to 1. */
  readonly ratios: Float64Array;
}

/**
 * Codes for charges x relative to the largest one: 0 for no charge, M = 2^bits - 1 for the largest,
 * and in between
 *
 *     logarithmic: x_c = smallest^((M - c) / (M - 1)),   square_root: x_c = (c / M)^2
 *
 * Charges are rounded where codes are in equal steps, to the nearest one of them: the logarithm or the
 * square root. Below the smallest logarithmic level, half of it is the border to no charge.
 *
 * @param kind Which of the two: the same relative error for all charges, or a smaller absolute one.
 * @param bits Bits of a code, an integer in [2, 12].
 * @param smallest The smallest logarithmic level above zero, in (0, 1).
 * @returns Codes and charges.
 * @throws {RangeError} If there is no such kind.
 *
 * @example
 * ```ts
 * import { chargeSpacing } from "./charge_spacing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { ratios, toCode } = chargeSpacing("logarithmic", 2, 1 / 16);
 * assertEquals([...ratios], [0, 1 / 16, 1 / 4, 1]);
 * assertEquals([0, 0.01, 0.04, 0.2, 0.9].map(toCode), [0, 0, 1, 2, 3]);
 * ```
 */
export function chargeSpacing(
  kind: ChargeSpacingKind,
  bits: number,
  smallest: number,
): ChargeSpacing {
  const largestCode = 2 ** bits - 1;
  const codes = Float64Array.from({ length: largestCode + 1 }, (_, code) => code);
  switch (kind) {
    case "square_root":
      return {
        ratios: codes.map((code) => (code / largestCode) ** 2),
        toCode: (ratio) => Math.round(Math.sqrt(ratio) * largestCode),
      };
    case "logarithmic": {
      const steps = largestCode - 1, stepsInLogarithm = steps / -Math.log(smallest);
      return {
        ratios: codes.map((code) => code === 0 ? 0 : smallest ** ((largestCode - code) / steps)),
        toCode(ratio) {
          if (ratio < smallest) return ratio < smallest / 2 ? 0 : 1;
          return largestCode + Math.round(Math.log(ratio) * stepsInLogarithm);
        },
      };
    }
    default:
      throw new RangeError(
        "Cannot space charges: spacing must be logarithmic or square_root, " +
          `current value is ${kind}`,
      );
  }
}
