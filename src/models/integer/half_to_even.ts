/**
 * a / 2^shift rounded to the nearest integer, ties to the even one, in int32 arithmetic:
 * adding just less than a half, or a half where the floor is odd, and cutting off the fraction.
 *
 * @param a An integer; |a| + 2^(shift - 1) < 2^31.
 * @param shift Bits to drop, 0 to 30.
 * @returns The rounded quotient.
 *
 * @example
 * ```ts
 * import { halfToEven } from "./half_to_even.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([-6, -2, 2, 3, 5, 6].map((a) => halfToEven(a, 2)), [-2, 0, 0, 1, 1, 2]);
 * ```
 */
export function halfToEven(a: number, shift: number): number {
  if (shift === 0) return a;
  return a + (1 << shift - 1) - 1 + (a >> shift & 1) >> shift;
}
