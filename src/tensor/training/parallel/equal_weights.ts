import type { Model } from "../../types.ts";
import { namedArrays } from "../named_arrays.ts";
import type { Replica } from "../types.ts";

/**
 * Makes sure that all replicas have the same weights, to the last bit.
 *
 * @param model This replica's network.
 * @param replica How it hears of the others.
 * @throws {Error} If they differ, for some of the replicas at least.
 */
export async function assertEqualWeights(model: Model, replica: Replica): Promise<void> {
  let hash = 0;
  for (const variables of [model.parameters, model.state]) {
    for (const array of (await namedArrays(variables)).values()) {
      // FNV-1a over the bits of the numbers.
      for (const bits of new Uint32Array(array.buffer)) hash = Math.imul(hash ^ bits, 0x01000193);
    }
  }
  // Sums of halves are exact in single precision for up to 256 replicas.
  const halves = Float32Array.of(hash & 0xffff, hash >>> 16);
  const [sums] = await replica.sum([halves]);
  if (sums.every((sum, k) => sum === replica.workers * halves[k])) return;
  throw new Error(
    `the copies of ${model.name} do not have the same weights: draw them from a seed, and let ` +
      "nothing in training depend on chance or time",
  );
}
