import type { Augmentation } from "../../tensor/training/batches.ts";
import { CELLS } from "../../wafer/cells.ts";
import { type ConditionName, totalCondition } from "./conditions.ts";

/**
 * Mixes a part of the wafers of a batch with others of it: x becomes (1 - w) x + w x', with w between 0
 * and 1/2. Sums between 1 and 2 stay there. A wafer with another's charge above it is what pile-up makes
 * anyway; a network that has few wafers to learn from learns less of them by heart.
 *
 * Batches hold charges divided by powers of two and conditions as inputs, and the same charges as
 * targets. The condition `total` is that of the mixed wafer; the others stay those of x.
 *
 * @param part The part of the wafers that are mixed, between 0 and 1.
 * @param conditions What follows the charges in a row of inputs.
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
export function mixWafers(
  part: number,
  conditions: readonly ConditionName[] = [],
): Augmentation {
  const size = CELLS + conditions.length, total = conditions.indexOf("total");
  return ({ inputs, targets, count }, random) => {
    const before = targets.slice();
    for (let row = 0; row < count; row++) {
      if (random.uniform() >= part) continue;
      const other = random.integer(count) * CELLS, own = row * CELLS, weight = random.uniform() / 2;
      let sum = 0;
      for (let cell = 0; cell < CELLS; cell++) {
        const charge = (1 - weight) * before[own + cell] + weight * before[other + cell];
        targets[own + cell] = inputs[row * size + cell] = charge;
        sum += charge;
      }
      if (total >= 0) inputs[row * size + CELLS + total] = totalCondition(sum);
    }
  };
}
