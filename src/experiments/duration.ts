/**
 * A duration in words, to two units at most.
 *
 * @param seconds The duration, >= 0.
 * @returns For example `"0.4 s"`, `"48 s"`, `"3 min 5 s"`, `"2 h 10 min"`.
 *
 * @example
 * ```ts
 * import { duration } from "./duration.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.42, 48.3, 185, 7800].map(duration), ["0.4 s", "48 s", "3 min 5 s", "2 h 10 min"]);
 * ```
 */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return _two(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  return _two(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function _two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
