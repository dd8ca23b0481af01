import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { crossEntropy } from "../../src/losses/cross_entropy.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("crossEntropy()", crossEntropy({ classes: 24 }));

Deno.test("crossEntropy() passes p - t through a softmax", async () => {
  const target = Float64Array.of(0.1, 0.7, 0, 0.2), p = Float64Array.of(0.1, 0.2, 0.6, 0.1);
  const { gradient } = await crossEntropy({ classes: 4 }).valueAndGradient(target, p);
  const mean = p.reduce((sum, q, k) => sum + q * gradient[k], 0);
  p.forEach((q, k) => assertAlmostEquals(q * (gradient[k] - mean), q - target[k], 1e-12));
});

Deno.test("crossEntropy() of a probability that underflowed is finite", async () => {
  const { value, gradient } = await crossEntropy({ classes: 2 })
    .valueAndGradient(Float64Array.of(0, 1), Float64Array.of(1, 0));
  assertAlmostEquals(value[0], -Math.log(1e-7), 1e-12);
  assertAlmostEquals(gradient[1] - gradient[0], -1e7, 1);
});

Deno.test("crossEntropy() needs two classes", () => {
  assertEquals(crossEntropy().size, 48);
  for (const classes of [1, 2.5, NaN]) {
    assertThrows(
      () => crossEntropy({ classes }),
      RangeError,
      `classes must be an integer >= 2, current value is ${classes}`,
    );
  }
});
