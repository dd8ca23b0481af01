import { assertAlmostEquals, assertThrows } from "@std/assert";
import { weightedMse } from "../../src/losses/weighted_mse.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("weightedMse()", weightedMse(), { degree: 3 });

Deno.test("weightedMse() gives the worked value of a pair of charge fractions", async () => {
  const { x, y } = _workedPair();
  const { value } = await weightedMse().valueAndGradient(x, y);
  assertAlmostEquals(value[0], 1.526e-5, 5e-9);
});

Deno.test("weightedMse() over the pixels of encoding A is three quarters of it", async () => {
  const { x, y } = _workedPair();
  const cells = await weightedMse().valueAndGradient(x, y);
  const pixels = await weightedMse({ mean: "pixels" }).valueAndGradient(x, y);
  assertAlmostEquals(pixels.value[0], 0.75 * cells.value[0], 1e-18);
});

Deno.test("weightedMse() refuses another mean", () => {
  assertThrows(
    () => weightedMse({ mean: "rows" as "cells" }),
    RangeError,
    "mean must be cells or pixels, current value is rows",
  );
});

/** x proportional to i mod 5, y to (3 i + 1) mod 7. */
function _workedPair(): { x: Float64Array; y: Float64Array } {
  const fractions = (charge: (i: number) => number) => {
    const charges = Float64Array.from({ length: 48 }, (_, i) => charge(i));
    const sum = charges.reduce((a, b) => a + b);
    return charges.map((c) => c / sum);
  };
  return { x: fractions((i) => i % 5), y: fractions((i) => (3 * i + 1) % 7) };
}
