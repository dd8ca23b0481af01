import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { turnWafers } from "../../../src/datasets/pairs/augment.ts";
import { scaleFreeSurrogate } from "../../../src/models/surrogates/scale_free_surrogate.ts";
import { buildScaleFree } from "../../../src/models/surrogates/scale_free.ts";
import type { Model } from "../../../src/tensor/mod.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { showerPairs } from "./_fractions.ts";

const surrogate = (seed = 1) => scaleFreeSurrogate(buildScaleFree({ units: 64, seed }));

/** A stand-in of which value and gradient are known: sum_k w_k (x_k - y_k)^2. */
function squares(weights: Float32Array): Model {
  return {
    name: "squares",
    parameters: new Map(),
    state: new Map(),
    apply: (differences) =>
      tf.tidy(() => tf.sum(tf.mul(tf.square(differences), tf.tensor1d(weights)), 1, true)),
    dispose() {},
  };
}

Deno.test("scaleFreeSurrogate() has the values and the centred gradients of its network", async () => {
  await useBackend({ backend: "wasm" });
  const ofNetwork = Float32Array.from({ length: 48 }, (_, k) => k + 1);
  // Over three turns every cell has had the places of two others.
  const weights = ofNetwork.map((_, k) =>
    [0, 16, 32].reduce((sum, turn) => sum + ofNetwork[(k + turn) % 48], 0) / 3
  );
  // More pairs than are shown to the network at a time.
  const { x, y } = showerPairs(1100);
  const { value, gradient } = await scaleFreeSurrogate(squares(ofNetwork))
    .valueAndGradient(x, y);
  assertEquals([value.length, gradient.length], [1100, 1100 * 48]);
  for (const pair of [0, 1, 1023, 1024, 1099]) {
    let expected = 0, mean = 0;
    const slopes: number[] = [];
    for (let k = 0; k < 48; k++) {
      const difference = x[48 * pair + k] - y[48 * pair + k];
      expected += weights[k] * difference ** 2;
      slopes.push(-2 * weights[k] * difference);
      mean += slopes[k] / 48;
    }
    assertAlmostEquals(value[pair], expected, 1e-6 * (1 + expected));
    slopes.forEach((slope, k) => assertAlmostEquals(gradient[48 * pair + k], slope - mean, 1e-5));
  }
});

Deno.test("the gradient of a scale-free surrogate is its slope along the simplex", async () => {
  await useBackend({ backend: "wasm" });
  const loss = surrogate(), random = new RandomStream(1, "directions");
  const { x, y } = showerPairs(200, 4);
  const direction = new Float64Array(x.length);
  for (let row = 0; row < x.length; row += 48) {
    // Charge moves between cells that hold some, so that both ways lie on the simplex.
    const cells = [...Array(48).keys()].filter((k) => y[row + k] > 1e-3);
    const [from, to] = random.shuffle(cells);
    direction[row + from] = -1;
    direction[row + to] = 1;
  }
  const h = 2e-4, { gradient } = await loss.valueAndGradient(x, y);
  const [above, below] = await Promise.all(
    [h, -h].map((step) => loss.value(x, y.map((charge, k) => charge + step * direction[k]))),
  );
  let fits = 0;
  for (let pair = 0; pair < 200; pair++) {
    const slope = (above[pair] - below[pair]) / (2 * h);
    let expected = 0;
    for (let k = 48 * pair; k < 48 * pair + 48; k++) expected += gradient[k] * direction[k];
    if (Math.abs(slope - expected) < 0.03 * (0.1 + Math.abs(expected))) fits++;
  }
  // The network is piecewise smooth: a few steps cross a bend.
  assert(fits >= 180, `${fits} of 200 fit`);
});

Deno.test("a scale-free surrogate is symmetric, zero at zero, and defined for single cells", async () => {
  await useBackend({ backend: "wasm" });
  const loss = surrogate();
  assertEquals([loss.kind, loss.name, loss.size, loss.domain, loss.symmetric], [
    "scale_free",
    "scale_free",
    48,
    "simplex",
    true,
  ]);
  const { x, y } = showerPairs(40);
  assertEquals(await loss.value(x, y), await loss.value(y, x));
  const same = await loss.valueAndGradient(x, x.slice());
  assert(same.value.every((value) => value === 0));
  assert(same.gradient.every((slope) => slope === 0));
  const one = new Float64Array(48).with(3, 1), other = new Float64Array(48).with(40, 1);
  const { value, gradient } = await loss.valueAndGradient(one, other);
  assert(value[0] > 0 && gradient.every(Number.isFinite));
  assertAlmostEquals(gradient.reduce((sum, slope) => sum + slope, 0), 0, 1e-9);
  assertEquals((await loss.value(new Float64Array(0), new Float64Array(0))).length, 0);
});

Deno.test("a scale-free surrogate does not see by which thirds of a turn both wafers are turned", async () => {
  await useBackend({ backend: "wasm" });
  const loss = surrogate(), { x, y } = showerPairs(20);
  const before = await loss.valueAndGradient(x, y);
  for (const turn of [1, 2]) {
    const turns = new Uint8Array(20).fill(turn);
    const [turnedX, turnedY] = [x, y].map((wafers) => turnWafers(wafers, turns));
    const after = await loss.valueAndGradient(turnedX, turnedY);
    const gradient = turnWafers(before.gradient, turns);
    after.value.forEach((value, pair) => assertAlmostEquals(value, before.value[pair], 1e-6));
    after.gradient.forEach((slope, k) => assertAlmostEquals(slope, gradient[k], 1e-5));
  }
});

Deno.test("a surrogate refuses empty wafers and wafers that are not normalised", async () => {
  await useBackend({ backend: "wasm" });
  const loss = surrogate();
  const fine = new Float64Array(48).fill(1 / 48);
  for (const wrong of [new Float64Array(48), fine.map((charge) => 2 * charge)]) {
    for (const call of [loss.value, loss.valueAndGradient]) {
      await assertRejects(async () => await call(fine, wrong), RangeError, "must sum to 1");
      await assertRejects(async () => await call(wrong, fine), RangeError, "must sum to 1");
    }
  }
  await assertRejects(async () => await loss.value(fine, fine.with(4, -1)), RangeError, "cell 4");
  await assertRejects(async () => await loss.value(fine, new Float64Array(47)), TypeError);
});

Deno.test("scaleFreeSurrogate() leaves no tensor behind", async () => {
  await useBackend({ backend: "wasm" });
  const before = tf.memory().numTensors, loss = surrogate();
  const { x, y } = showerPairs(3);
  await loss.value(x, y);
  await loss.valueAndGradient(x, y);
  loss.dispose();
  assertEquals(tf.memory().numTensors, before);
});
