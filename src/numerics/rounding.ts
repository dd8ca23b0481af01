/**
 * Rounding to the nearest integer, ties to the even one (IEEE 754 `roundTiesToEven`), as numpy,
 * TensorFlow and QKeras round. `Math.round` sends ties upwards and is not a substitute.
 *
 * @param x Any number.
 * @returns The nearest integer; of two equally near, the even one. NaN and infinities pass through.
 *
 * @example
 * ```ts
 * import { roundHalfEven } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.5, 1.5, 2.5, -2.5].map(roundHalfEven), [0, 2, 2, -2]);
 * ```
 */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest < 0.5) return below;
  if (rest > 0.5) return below + 1;
  if (rest !== 0.5) return x; // NaN and infinities have no fractional part
  return below % 2 === 0 ? below : below + 1;
}
