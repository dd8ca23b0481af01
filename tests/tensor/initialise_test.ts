import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/mod.ts";
import { glorotUniform } from "../../src/tensor/mod.ts";

for (const [shape, fans] of [[[300, 200], 500], [[5, 5, 6, 32], 25 * 38]] as const) {
  Deno.test(`weights of [${shape}] have the variance 2 / (fan in + fan out)`, () => {
    const weights = glorotUniform(shape, new RandomStream(1, "weights"));
    assertEquals(weights.length, shape.reduce((a: number, b: number) => a * b, 1));
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
    assertAlmostEquals(variance * fans / 2, 1, 5 / Math.sqrt(weights.length));
    assert(weights.every((w) => Math.abs(w) <= Math.sqrt(6 / fans)));
  });
}

Deno.test("weights depend on the stream alone", () => {
  const draw = (seed: number) => glorotUniform([4, 4], new RandomStream(seed, "weights"));
  assertEquals(draw(1), draw(1));
  assert(draw(1).some((w, i) => w !== draw(2)[i]));
});
