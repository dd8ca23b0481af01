/**
 * What keeps a network from rising faster than its input moves: weights of bounded norm, and an activation
 * that sorts.
 *
 * @module
 */
import { tf } from "../tensor/tf.ts";

/**
 * Which norm of each row of a kernel is kept at or below 1: `l2` for the first layer, whose
 * input is measured by its Euclidean length, `l1` for the others, whose input is measured by its largest
 * number. (The published code calls them `two-inf` and `inf`.)
 */
export type RowNorm = "l2" | "l1";

/**
 * Kernels whose rows, one for each output unit, have at most norm 1: w / max(1, |w|) for a row w.
 * Differentiable; rows within the bound stay as they are.
 *
 * @param kernel `[..., units, inputs]`.
 * @param norm Which norm.
 * @returns The kernel, of the same shape.
 * @see The published code at github.com/niklasnolte/MonotonicNetworks
 *
 * @example
 * ```ts
 * import { boundRows } from "./lipschitz_layers.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const kernel = tf.tensor2d([[2, 0], [0.25, 0.5]]);
 * assertEquals([...boundRows(kernel, "l1").dataSync()], [1, 0, 0.25, 0.5]);
 * ```
 */
export function boundRows(kernel: tf.Tensor, norm: RowNorm): tf.Tensor {
  const size = norm === "l1"
    ? tf.sum(tf.abs(kernel), -1, true)
    // The root of zero has no slope; near 1, where it matters, this is nothing in single precision.
    : tf.sqrt(tf.add(tf.sum(tf.square(kernel), -1, true), 1e-12));
  return tf.div(kernel, tf.maximum(size, 1));
}

/**
 * The activation GroupSort: numbers are sorted within groups of units. It only exchanges numbers, and so
 * keeps gradients at their full size, where ReLU would cut half of them off. With two in a group it is
 * (min, max).
 *
 * With G groups, units k, k + G, k + 2 G, ... are a group: these are cheaper to take apart than
 * neighbours, and make no other difference.
 *
 * @param x `[networks, units, N]`: a column for each point.
 * @param groupSize Numbers in a group, a divisor of the units.
 * @returns The same numbers in each group, growing with the unit; `[networks, units, N]`.
 * @see Anil, Lucas and Grosse, arXiv 1811.05381
 *
 * @example Groups (3, 1) and (-2, 5)
 * ```ts
 * import { groupSort } from "./lipschitz_layers.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const units = tf.tensor3d([3, -2, 1, 5], [1, 4, 1]);
 * assertEquals([...groupSort(units, 2).dataSync()], [1, -2, 3, 5]);
 * ```
 */
export function groupSort(x: tf.Tensor, groupSize: number): tf.Tensor {
  if (groupSize === 1) return tf.clone(x);
  // A copy: tfjs goes back by the array that it returned.
  const members = [...tf.split(x, groupSize, 1)];
  // Odd-even transposition: after as many rounds as there are members all are in their places.
  for (let round = 0; round < groupSize; round++) {
    for (let k = round % 2; k + 1 < groupSize; k += 2) {
      const [a, b] = [members[k], members[k + 1]];
      members[k] = tf.minimum(a, b);
      members[k + 1] = tf.maximum(a, b);
    }
  }
  return tf.concat(members, 1);
}
