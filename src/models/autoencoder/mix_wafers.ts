import type { Augmentation } from "../../tensor/training/batches.ts";
import { CELLS } from "../../wafer/cells.ts";

/**
 * Mixes a part of the wafers of a batch with others of it: x becomes (1 - w) x + w x', with w between 0
 * and 1/2, brought back to a sum between 1 and 2 by a power of two. A wafer with another's charge above
 * it is what pile-up makes anyway; a network that has few wafers to learn from learns less of them by
 * heart.
 *
 * Batches hold charges, followed by as many further numbers as are told, as inputs; the charges are
 * the targets.
 *
 * @param part The part of the wafers that are mixed, between 0 and 1.
 * @param further Numbers that follow the charges in a row of inputs; they are kept.
 * @returns The augmentation.
 *
 * @example
 * ```ts
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert } from "@std/assert";
 * import { mixWafers } from "./mix_wafers.ts";
 *
 * const inputs = new Float32Array(96);
 * inputs[0] = inputs[50] = 1;
 * const batch = { inputs, targets: inputs.slice(), count: 2 };
 * mixWafers(1)(batch, new RandomStream(3, "example"));
 * const sum = batch.targets.subarray(0, 48).reduce((a, b) => a + b);
 * assert(sum >= 1 && sum < 2);
 * ```
 */
export function mixWafers(part: number, further = 0): Augmentation {
  const size = CELLS + further;
  return ({ inputs, targets, count }, random) => {
    const before = targets.slice();
    for (let row = 0; row < count; row++) {
      if (random.uniform() >= part) continue;
      const other = random.integer(count) * CELLS, own = row * CELLS, weight = random.uniform() / 2;
      let sum = 0;
      for (let cell = 0; cell < CELLS; cell++) {
        sum += (1 - weight) * before[own + cell] + weight * before[other + cell];
      }
      const scale = 2 ** -Math.floor(Math.log2(sum));
      for (let cell = 0; cell < CELLS; cell++) {
        const charge = (1 - weight) * before[own + cell] + weight * before[other + cell];
        targets[own + cell] = inputs[row * size + cell] = scale * charge;
      }
    }
  };
}
