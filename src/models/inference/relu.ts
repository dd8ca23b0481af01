/**
 * Rectifies numbers in place: max(x, 0).
 *
 * @param values Any numbers; they are overwritten.
 * @returns `values`.
 *
 * @example
 * ```ts
 * import { relu } from "./relu.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...relu(Float32Array.of(-1, 0.5))], [0, 0.5]);
 * ```
 */
export function relu(values: Float32Array): Float32Array {
  for (let k = 0; k < values.length; k++) if (values[k] < 0) values[k] = 0;
  return values;
}
