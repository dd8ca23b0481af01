import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mdsBasis } from "../../../src/models/surrogates/mds_basis.ts";
import { buildScaleFree } from "../../../src/models/surrogates/scale_free.ts";
import { type Model, tf, useBackend } from "../../../src/tensor/mod.ts";
import { sharedWaferDistances } from "../../../src/wafer/distances.ts";
import { showerPairs } from "./_fractions.ts";

/** The network's estimates, by its own tensors. */
function estimates(model: Model, x: ArrayLike<number>, y: ArrayLike<number>): Float32Array {
  const differences = Float32Array.from(x, (charge, k) => charge - y[k]);
  return tf.tidy(() => {
    const rows = tf.tensor2d(differences, [x.length / 48, 48]);
    return model.apply(rows, false).dataSync() as Float32Array;
  });
}

/** f(q) of the docstring in double precision, by plain loops. */
function plainNetwork(model: Model, q: Float64Array): number {
  const weights = (name: string) => model.parameters.get(name)!.dataSync();
  const basis = mdsBasis(sharedWaferDistances(), 48);
  const layer = (inputs: number[], kernel: ArrayLike<number>, bias: ArrayLike<number>) =>
    Array.from(
      bias,
      (b, unit) =>
        inputs.reduce((sum, input, i) => sum + input * kernel[i * bias.length + unit], b),
    );
  const relu = (units: number[]) => units.map((unit) => Math.max(unit, 0));
  const coordinates = Array.from(
    { length: 47 },
    (_, k) => q.reduce((sum, value, i) => sum + value * basis[i * 47 + k], 0),
  );
  const kernel = [...weights("hidden1/odd"), ...weights("hidden1/even")];
  const first = relu(layer([...coordinates, ...q.map(Math.abs)], kernel, weights("hidden1/bias")));
  const second = relu(layer(first, weights("hidden2/kernel"), weights("hidden2/bias")));
  return layer(second, weights("output/kernel"), weights("output/bias"))[0];
}

for (const backend of ["wasm", "cpu"] as const) {
  Deno.test(`buildScaleFree() is n (f(q) + f(-q)) / 2 on ${backend}`, async () => {
    await useBackend({ backend });
    const model = buildScaleFree({ units: 12, seed: 5 });
    const { x, y } = showerPairs(8);
    const found = estimates(model, x, y);
    for (let pair = 0; pair < 8; pair++) {
      const difference = x.slice(48 * pair, 48 * pair + 48).map((c, k) => c - y[48 * pair + k]);
      const norm = difference.reduce((sum, d) => sum + Math.abs(d), 0);
      const q = difference.map((d) => d / norm);
      const mean = (plainNetwork(model, q) + plainNetwork(model, q.map((d) => -d))) / 2;
      assertAlmostEquals(found[pair], norm * mean, 2e-6 * norm);
    }
    model.dispose();
  });

  Deno.test(`buildScaleFree() is even to the last bit on ${backend}`, async () => {
    await useBackend({ backend });
    const model = buildScaleFree({ units: 33, seed: 2 });
    const { x, y } = showerPairs(31);
    assertEquals(estimates(model, x, y), estimates(model, y, x));
    model.dispose();
  });
}

Deno.test("buildScaleFree() grows in proportion to the difference", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildScaleFree({ seed: 3 });
  const { x, y } = showerPairs(50);
  const whole = estimates(model, x, y);
  for (const t of [0.5, 0.1, 0.01, 1e-4, 1e-6]) {
    const part = estimates(model, x, x.map((charge, k) => (1 - t) * charge + t * y[k]));
    part.forEach((value, pair) => assertAlmostEquals(value / (t * whole[pair]), 1, 1e-5));
  }
  model.dispose();
});

Deno.test("buildScaleFree() is exactly 0 of equal wafers, with gradients of 0", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildScaleFree({ units: 16, seed: 3 });
  const { x } = showerPairs(5);
  assert(estimates(model, x, x).every((value) => value === 0));
  const slopes = tf.grad((rows) => model.apply(rows, false))(tf.zeros([5, 48])).dataSync();
  assert(slopes.every((slope) => slope === 0));
  model.dispose();
});

Deno.test("buildScaleFree() draws weights by its seed, and frees all that it made", async () => {
  await useBackend({ backend: "wasm" });
  const { x, y } = showerPairs(2);
  const before = tf.memory().numTensors;
  const of = (seed: number) => {
    const model = buildScaleFree({ units: 8, seed }), found = estimates(model, x, y);
    model.dispose();
    return found;
  };
  assertEquals(of(1), of(1));
  assert(of(1)[0] !== of(2)[0]);
  assertEquals(tf.memory().numTensors, before);
  for (const units of [0, 1.5, NaN]) {
    assertThrows(() => buildScaleFree({ units }), RangeError, `current value is ${units}`);
  }
});
