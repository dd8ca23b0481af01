import type { RandomStream } from "../numerics/random.ts";

/**
 * First weights of a layer, uniform between plus and minus sqrt(6 / (fan in + fan out)): the Glorot
 * initialisation that Keras layers have by default.
 *
 * @param shape Shape of the kernel: any leading axes (rows, columns), then two axes of channels or
 * units. A fan is the product of the leading axes with one of the two.
 * @param random Where the numbers come from.
 * @returns The numbers, row-major.
 *
 * Source: X. Glorot and Y. Bengio, AISTATS 2010, Eq. (16).
 *
 * @example
 * ```ts
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { glorotUniform } from "@hexmover/hexmover/tensor";
 * import { assert } from "@std/assert";
 *
 * const kernel = glorotUniform([3, 3, 1, 8], new RandomStream(1, "weights"));
 * const limit = Math.sqrt(6 / (9 * (1 + 8)));
 * assert(kernel.every((weight) => Math.abs(weight) <= limit));
 * ```
 */
export function glorotUniform(shape: readonly number[], random: RandomStream): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const [a, b] = shape.slice(-2);
  const limit = Math.sqrt(6 / (size / b + size / a));
  return Float32Array.from({ length: size }, () => limit * (2 * random.uniform() - 1));
}
