import { roundHalfEven } from "../numerics/rounding.ts";

/**
 * The integer in [low, high] that is nearest to a number, ties to even.
 *
 * @param x The number; NaN stays NaN.
 * @param low The lower end, an integer.
 * @param high The upper end, an integer.
 * @returns The integer.
 */
export function clippedRound(x: number, low: number, high: number): number {
  return Math.min(Math.max(roundHalfEven(x), low), high);
}
