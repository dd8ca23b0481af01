import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { agreement, arenaPairs, PAIR_KINDS } from "../../../scripts/std/arena_agreement.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { exactEmd, type Loss, weightedMse } from "../../../src/losses/mod.ts";

Deno.test("the exact EMD agrees with itself, its square in the order alone, another loss in neither", async () => {
  const pairs = await arenaPairs(toyWafers("shower", 60, 1), 50, 1);
  assertEquals(Object.keys(pairs), [...PAIR_KINDS]);
  const emd = exactEmd();
  const square: Pick<Loss, "valueAndGradient"> = {
    async valueAndGradient(x, y) {
      const { value, gradient } = await emd.valueAndGradient(x, y);
      return {
        value: value.map((v) => v * v),
        gradient: gradient.map((slope, k) => 2 * slope * value[Math.floor(k / 48)]),
      };
    },
  };
  for (const kind of PAIR_KINDS) {
    const itself = await agreement(emd, pairs[kind]);
    for (const value of [itself.correlation, itself.rankCorrelation, itself.cosine]) {
      assertAlmostEquals(value, 1, 1e-9);
    }
    assertAlmostEquals(itself.relativeError, 0, 1e-9);
    const squared = await agreement(square, pairs[kind]);
    assertAlmostEquals(squared.rankCorrelation, 1, 1e-9);
    assertAlmostEquals(squared.cosine, 1, 1e-9);
    assert(squared.correlation < 0.9999);
    // The spread of value / EMD is that of the EMD here.
    const { exact } = pairs[kind], mean = exact.reduce((a, b) => a + b) / exact.length;
    const variance = exact.reduce((sum, v) => sum + (v - mean) ** 2, 0) / exact.length;
    assertAlmostEquals(squared.relativeError, Math.sqrt(variance) / mean, 0.02);
    const other = await agreement(weightedMse(), pairs[kind]);
    assert(other.rankCorrelation < 0.999 && other.cosine < 0.999 && other.relativeError > 0.05);
  }
});
