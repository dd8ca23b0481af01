import type { Augmentation } from "../../tensor/training/batches.ts";
import { CELLS } from "../../wafer/cells.ts";
import { type ConditionName, totalCondition } from "./conditions.ts";

/**
 * Lets the charges of each wafer of a batch fluctuate: x_k becomes x_k exp(s n_k), with n_k normal and
 * independent, and the wafer is divided by 2^floor(log2 of its sum) again. A large decoder would
 * otherwise learn the few thousand wafers of a sample by heart (docs/performance.md).
 *
 * Batches hold charges divided by powers of two and conditions as inputs, and the same charges as
 * targets. The condition `total` is that of the smeared wafer.
 *
 * @param strength s, not negative; 0.2 is a fifth.
 * @param conditions What follows the charges in a row of inputs.
 * @returns The augmentation.
 *
 * @example
 * ```ts
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 * import { smearWafers } from "./smear_wafers.ts";
 *
 * const inputs = new Float32Array(48).fill(1 / 32, 0, 40);
 * const batch = { inputs, targets: inputs.slice(), count: 1 };
 * smearWafers(0.2)(batch, new RandomStream(1, "example"));
 * assertEquals(batch.targets, batch.inputs);
 * assertEquals(batch.inputs.findIndex((charge) => charge === 0), 40);
 * ```
 */
export function smearWafers(
  strength: number,
  conditions: readonly ConditionName[] = [],
): Augmentation {
  const size = CELLS + conditions.length, total = conditions.indexOf("total");
  return ({ inputs, targets, count }, random) => {
    for (let row = 0; row < count; row++) {
      const charges = targets.subarray(row * CELLS, (row + 1) * CELLS);
      let sum = 0;
      for (let cell = 0; cell < CELLS; cell++) {
        if (charges[cell] === 0) continue;
        sum += charges[cell] *= Math.exp(strength * random.normal());
      }
      const scale = 2 ** -Math.floor(Math.log2(sum));
      for (let cell = 0; cell < CELLS; cell++) charges[cell] *= scale;
      inputs.set(charges, row * size);
      if (total >= 0) inputs[row * size + CELLS + total] = totalCondition(sum);
    }
  };
}
