import { CELLS } from "../../wafer/cells.ts";
import { WAFER_SYMMETRIES } from "../../wafer/symmetries.ts";
import type { Augmentation } from "../../tensor/training/batches.ts";
import type { ConditionName } from "./conditions.ts";

/**
 * Turns each wafer of a batch by 0, 120 or 240 degrees: the symmetries that leave all distances as they
 * are. A wafer's place in the layer turns with it: (u, v) becomes (v - u, -u), so that the direction to
 * the beam, along which pile-up falls off, stays what it is for the cells.
 *
 * Batches hold charges and conditions as inputs and the same charges as targets.
 *
 * @param conditions What follows the charges in a row.
 * @returns The augmentation.
 *
 * @example
 * ```ts
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 * import { randomTurns } from "./turns.ts";
 *
 * const inputs = new Float32Array(48).with(3, 1);
 * const batch = { inputs, targets: inputs.slice(), count: 1 };
 * randomTurns([])(batch, new RandomStream(1, "example"));
 * assertEquals(batch.inputs.indexOf(1) % 16, 3);
 * assertEquals(batch.targets, batch.inputs);
 * ```
 */
export function randomTurns(conditions: readonly ConditionName[]): Augmentation {
  const size = CELLS + conditions.length;
  const u = conditions.indexOf("waferu"), v = conditions.indexOf("waferv");
  if ((u < 0) !== (v < 0)) {
    throw new TypeError("Cannot turn wafers: their place needs both waferu and waferv");
  }
  const place = u < 0 ? undefined : { u: CELLS + u, v: CELLS + v };
  const before = new Float32Array(CELLS);
  return ({ inputs, targets, count }, random) => {
    for (let row = 0; row < count; row++) {
      const turns = random.integer(WAFER_SYMMETRIES.length);
      if (turns === 0) continue;
      const begin = row * size, symmetry = WAFER_SYMMETRIES[turns];
      before.set(inputs.subarray(begin, begin + CELLS));
      for (let cell = 0; cell < CELLS; cell++) inputs[begin + symmetry[cell]] = before[cell];
      targets.set(inputs.subarray(begin, begin + CELLS), row * CELLS);
      if (place === undefined) continue;
      for (let turn = 0; turn < turns; turn++) {
        const [atU, atV] = [inputs[begin + place.u], inputs[begin + place.v]];
        inputs[begin + place.u] = atV - atU;
        inputs[begin + place.v] = -atU;
      }
    }
  };
}
