import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { exactEmd } from "../../src/losses/exact_emd.ts";
import { normalised } from "../../src/losses/normalised.ts";
import { weightedMse } from "../../src/losses/weighted_mse.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("normalised(exactEmd())", normalised(exactEmd()), { degree: 0 });

Deno.test("normalised() gives rows without charge the value agreed on, and a zero gradient", async () => {
  const x = new Float64Array(3 * 48).fill(2), y = new Float64Array(3 * 48).fill(1);
  y[5] = 30;
  x.fill(0, 48, 96);
  y.fill(0, 96);
  const loss = normalised(exactEmd(), { emptyValue: -1 });
  const { value, gradient } = await loss.valueAndGradient(x, y);
  assert(value[0] > 0);
  assertEquals([...value.subarray(1)], [-1, -1]);
  assert(gradient.subarray(48).every((g) => g === 0));
  await assertRejects(
    () => Promise.resolve(normalised(exactEmd()).valueAndGradient(x, y)),
    RangeError,
    "target 1: it has no charge",
  );
});

Deno.test("normalised() has a gradient along which scaling does nothing", async () => {
  const x = Float64Array.from({ length: 48 }, (_, i) => i % 5);
  const y = Float64Array.from({ length: 48 }, (_, i) => 9 * ((3 * i + 1) % 7));
  const { gradient } = await normalised(exactEmd()).valueAndGradient(x, y);
  assertAlmostEquals(gradient.reduce((sum, g, k) => sum + g * y[k], 0), 0, 1e-13);
});

Deno.test("normalised() refuses losses that take charges already", () => {
  assertThrows(
    () => normalised(weightedMse()),
    TypeError,
    "Cannot lift weighted_mse to charges: its domain must be simplex, current value is charge",
  );
});
