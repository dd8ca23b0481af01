/**
 * Wafers as charge fractions, for tests of surrogates.
 *
 * @module
 */
import { blurWafers } from "../../../src/datasets/toy/toy_distortions.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { normalise } from "../../../src/wafer/normalise.ts";

/** Pairs of showers, every other one with a blurred copy of itself. */
export function showerPairs(count: number, seed = 1): { x: Float64Array; y: Float64Array } {
  const x = toyWafers("shower", count, seed).charges;
  const y = toyWafers("shower", count, seed + 1).charges.slice();
  const blurred = blurWafers(x, new RandomStream(seed, "blur"));
  for (let pair = 0; pair < count; pair += 2) {
    y.set(blurred.subarray(48 * pair, 48 * pair + 48), 48 * pair);
  }
  return { x: normalise(x, "fraction"), y: normalise(y, "fraction") };
}
