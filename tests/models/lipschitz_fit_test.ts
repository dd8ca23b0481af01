import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fitLipschitzPotentials } from "../../src/models/lipschitz_fit.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";

await useBackend({ backend: "wasm" });

/** Small and quick, for tests. */
const SMALL = { units: 8, groupSize: 2, learningRate: 0.05 };

/** Half of 0 and of 1 to 2; half of -1 and of 1 to 0: the optimal f are -x and |x|. */
const WORKED = {
  count: 2,
  dimension: 1,
  positions: Float64Array.of(0, 1, 2, -1, 1, 0),
  charges: Float64Array.of(0.5, 0.5, -1, 0.5, 0.5, -1),
};

Deno.test("fitLipschitzPotentials() approaches the worked values from below", async () => {
  const at = async (steps: number) => await fitLipschitzPotentials(WORKED, { ...SMALL, steps });
  const soon = await at(15), late = await at(150);
  for (const [k, exact] of [1.5, 1].entries()) {
    assert(soon.values[k] < late.values[k]);
    assert(late.values[k] <= exact + 1e-5 && late.values[k] > 0.99 * exact);
  }
  const [f0, f1, f2, g0, g1, g2] = late.potentials;
  assertAlmostEquals(f0 - f2, 2, 0.02);
  assertAlmostEquals(f1 - f2, 1, 0.02);
  assertAlmostEquals((g0 + g1) / 2 - g2, 1, 0.02);
  // Slopes of -x, and of |x| where it has one.
  [-1, -1, -1, -1, 1].forEach((slope, k) => assertAlmostEquals(late.slopes[k], slope, 0.02));
});

Deno.test("fitLipschitzPotentials() knows no unit and no origin", async () => {
  const options = { ...SMALL, steps: 40 };
  const { values } = await fitLipschitzPotentials(WORKED, options);
  const moved = await fitLipschitzPotentials(
    { ...WORKED, positions: WORKED.positions.map((x) => 1024 * x + 4096) },
    options,
  );
  values.forEach((value, k) => assertAlmostEquals(moved.values[k], 1024 * value, 1));
});

Deno.test("fitLipschitzPotentials() gives equal results for equal seeds, and frees its memory", async () => {
  const before = tf.memory().numTensors;
  const progress: number[] = [];
  const fit = (seed: number) =>
    fitLipschitzPotentials(WORKED, {
      steps: 5,
      seed,
      onProgress: (step, steps) => progress.push(step / steps),
    });
  const [one, same, other] = [await fit(1), await fit(1), await fit(2)];
  assertEquals(same, one);
  assert(other.values[0] !== one.values[0]);
  assertEquals(progress.slice(0, 5), [0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("fitLipschitzPotentials() of charges that all cancel is zero", async () => {
  const { values } = await fitLipschitzPotentials({
    count: 1,
    dimension: 2,
    positions: Float64Array.of(0, 0, 1, 1),
    charges: new Float64Array(2),
  }, { steps: 3 });
  assertEquals(values[0], 0);
});

Deno.test("fitLipschitzPotentials() names an approach that never ends", async () => {
  await assertRejects(
    () => fitLipschitzPotentials(WORKED, { approach: 1 }),
    RangeError,
    "approach must be within [0, 1), current value is 1",
  );
});
