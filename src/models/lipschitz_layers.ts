/**
 * What keeps a network from rising faster than its input moves: weights of bounded norm, and an activation
 * that sorts.
 *
 * @module
 */
import { tf } from "../tensor/tf.ts";

/**
 * Which norm of the weights of each output unit is kept at or below 1: `l2` for the first layer, whose
 * input is measured by its Euclidean length, `l1` for the others, whose input is measured by its largest
 * number. (The published code calls them `two-inf` and `inf`.)
 */
export type UnitNorm = "l2" | "l1";

/**
 * Kernels whose units have at most norm 1: w / max(1, |w|) for the weights w of each unit. Differentiable;
 * units within the bound stay as they are.
 *
 * @param kernel `[..., inputs, units]`.
 * @param norm Which norm.
 * @returns The kernel, of the same shape.
 * @see The published code at github.com/niklasnolte/MonotonicNetworks
 *
 * @example
 * ```ts
 * import { boundUnits } from "./lipschitz_layers.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * // Two units: (2, 0) is too long, (0.25, 0.5) is not.
 * const kernel = tf.tensor2d([[2, 0.25], [0, 0.5]]);
 * assertEquals([...boundUnits(kernel, "l1").dataSync()], [1, 0.25, 0, 0.5]);
 * ```
 */
export function boundUnits<T extends tf.Tensor>(kernel: T, norm: UnitNorm): T {
  const inputs = kernel.rank - 2;
  const size = norm === "l1"
    ? tf.sum(tf.abs(kernel), inputs, true)
    // The root of zero has no slope; where it matters, at 1, this changes nothing in single precision.
    : tf.sqrt(tf.add(tf.sum(tf.square(kernel), inputs, true), 1e-12));
  return tf.div(kernel, tf.maximum(size, 1));
}

/**
 * The activation GroupSort: numbers are sorted upwards within groups of neighbours. It changes no
 * difference of numbers but by exchanging them, and so keeps gradients at their full size, where ReLU
 * would cut half of them off. In groups of two it is (min, max).
 *
 * @param x `[..., units]`.
 * @param groupSize Numbers in a group, a divisor of the units.
 * @returns The same numbers in each group, sorted; `[..., units]`.
 * @see Anil, Lucas and Grosse, arXiv 1811.05381
 *
 * @example
 * ```ts
 * import { groupSort } from "./lipschitz_layers.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * assertEquals([...groupSort(tf.tensor1d([3, 1, -2, 5]), 2).dataSync()], [1, 3, -2, 5]);
 * ```
 */
export function groupSort(x: tf.Tensor, groupSize: number): tf.Tensor {
  const groups = tf.reshape(x, [-1, groupSize]);
  const sorted = tf.unstack(groups, 1);
  // Odd-even transposition: after as many rounds as there are numbers all are in their places.
  for (let round = 0; round < groupSize && groupSize > 1; round++) {
    for (let k = round % 2; k + 1 < groupSize; k += 2) {
      const [a, b] = [sorted[k], sorted[k + 1]];
      sorted[k] = tf.minimum(a, b);
      sorted[k + 1] = tf.maximum(a, b);
    }
  }
  return tf.reshape(tf.stack(sorted, 1), x.shape);
}
