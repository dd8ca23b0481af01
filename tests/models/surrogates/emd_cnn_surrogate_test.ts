import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import {
  buildEconAutoencoder,
  buildEmdCnn,
  emdCnnInference,
  emdCnnWeightsOf,
} from "../../../src/models/mod.ts";
import { emdCnnSurrogate } from "../../../src/models/surrogates/emd_cnn_surrogate.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { Adam, lossGradient, type Model, tf, useBackend } from "../../../src/tensor/mod.ts";
import { CELLS, normalise } from "../../../src/wafer/mod.ts";

const ROWS = 12;

/** Showers, target and output of each row different ones, as charge fractions. */
function pairs(rows = ROWS): { target: Float64Array; output: Float64Array } {
  const fractions = normalise(toyWafers("shower", 2 * rows, 5).charges, "fraction");
  return { target: fractions.slice(0, rows * CELLS), output: fractions.slice(rows * CELLS) };
}

/** A small network whose running averages have moved away from their start. */
async function network(): Promise<Model> {
  await useBackend({ backend: "wasm" });
  const model = buildEmdCnn({ filters: 6, kernelSize: 3, convLayers: 2, denseUnits: 16, seed: 2 });
  const { target, output } = pairs(32);
  const rows = [target, output].map((wafers) => tf.tensor2d(Float32Array.from(wafers), [32, 48]));
  for (let step = 0; step < 100; step++) tf.dispose(model.apply(tf.concat(rows, 1), true));
  tf.dispose(rows);
  return model;
}

Deno.test("its values are those of the network on plain arrays, whatever the network comes as", async () => {
  const model = await network(), weights = await emdCnnWeightsOf(model);
  const { target, output } = pairs();
  const expected = emdCnnInference(weights).predict(target, output);
  for (const source of [model, weights]) {
    const surrogate = emdCnnSurrogate(source);
    const value = await surrogate.value(target, output);
    const again = (await surrogate.valueAndGradient(target, output)).value;
    assertEquals([value.length, again.length], [ROWS, ROWS]);
    expected.forEach((estimate, row) => {
      assertAlmostEquals(value[row], estimate, 1e-5);
      assertAlmostEquals(again[row], estimate, 1e-5);
    });
    surrogate.dispose();
  }
  model.dispose();
});

Deno.test("its gradient is what finite differences on plain arrays see, centred", async () => {
  const model = await network(), surrogate = emdCnnSurrogate(model);
  const plain = emdCnnInference(await emdCnnWeightsOf(model));
  const { target, output } = pairs();
  const { gradient } = await surrogate.valueAndGradient(target, output);
  const random = new RandomStream(3, "directions"), step = 2e-3;
  // Here and there a step crosses the kink of a ReLU, so the errors are judged together.
  let error = 0, total = 0;
  for (let trial = 0; trial < 10; trial++) {
    // Every cell gains or loses a part of what it has, so that none gets below zero.
    const direction = output.map((fraction) => fraction * random.normal());
    for (let row = 0; row < output.length; row += CELLS) {
      const sum = direction.subarray(row, row + CELLS).reduce((a, b) => a + b);
      for (let i = row; i < row + CELLS; i++) direction[i] -= sum * output[i];
    }
    const moved = (sign: number) =>
      plain.predict(target, output.map((y, i) => y + sign * step * direction[i]));
    const up = moved(1), down = moved(-1);
    for (let row = 0; row < ROWS; row++) {
      let slope = 0;
      for (let i = row * CELLS; i < (row + 1) * CELLS; i++) slope += gradient[i] * direction[i];
      error += Math.abs((up[row] - down[row]) / (2 * step) - slope);
      total += Math.abs(slope);
    }
  }
  assert(error < 0.04 * total, `slopes add up to ${total}, their errors to ${error}`);
  for (let row = 0; row < ROWS; row++) {
    const sum = gradient.subarray(row * CELLS, (row + 1) * CELLS).reduce((a, b) => a + b);
    assertAlmostEquals(sum, 0, 1e-10);
  }
  model.dispose();
});

Deno.test("exchanging target and output changes nothing, and batches are their rows", async () => {
  const model = await network(), surrogate = emdCnnSurrogate(model);
  const { target, output } = pairs(600); // more than are done at a time
  const value = await surrogate.value(target, output);
  const back = await surrogate.value(output, target);
  for (let row = 0; row < 600; row++) assertAlmostEquals(back[row], value[row], 1e-5);
  const last = await surrogate.valueAndGradient(target.slice(-CELLS), output.slice(-CELLS));
  const whole = await surrogate.valueAndGradient(target, output);
  assertAlmostEquals(last.value[0], whole.value[599], 1e-5);
  last.gradient.forEach((g, cell) =>
    assertAlmostEquals(g, whole.gradient[599 * CELLS + cell], 1e-4)
  );
  assertEquals(
    (await surrogate.valueAndGradient(new Float64Array(0), new Float64Array(0))).value.length,
    0,
  );
  model.dispose();
});

Deno.test("within tfjs it takes rows of any scale, and the gradient knows of the division", async () => {
  const model = await network(), surrogate = emdCnnSurrogate(model);
  const { target, output } = pairs();
  const expected = await surrogate.value(target, output);
  const rows = (wafers: Float64Array, scale: number) =>
    tf.tensor2d(Float32Array.from(wafers, (x) => scale * x), [ROWS, CELLS]);
  const [x, y] = [rows(target, 1.7), rows(output, 0.6)];
  surrogate.graph(x, y).dataSync().forEach((value, row) =>
    assertAlmostEquals(value, expected[row], 1e-5)
  );
  // A function that no scaling changes has no slope along its argument (Euler).
  const slopes = tf.grad((scaled) => tf.sum(surrogate.graph(x, scaled as tf.Tensor2D)))(y);
  const along = tf.sum(tf.mul(slopes, y), 1).dataSync();
  const size = tf.sum(tf.abs(tf.mul(slopes, y)), 1).dataSync();
  along.forEach((slope, row) => assert(Math.abs(slope) < 1e-4 * size[row]));
  model.dispose();
});

Deno.test("told not to normalise, it shows the network the rows as they are", async () => {
  const model = await network();
  const surrogate = emdCnnSurrogate(model, { normaliseInput: false });
  assertEquals([surrogate.domain, emdCnnSurrogate(model).domain], ["charge", "simplex"]);
  const { target, output } = pairs();
  const scaled = output.map((fraction) => 1.5 * fraction);
  const inputs = tf.concat([target, scaled].map((w) => tf.tensor2d([...w], [ROWS, CELLS])), 1);
  const expected = model.apply(inputs, false).dataSync();
  const { value, gradient } = await surrogate.valueAndGradient(target, scaled);
  value.forEach((v, row) => assertAlmostEquals(v, expected[row], 1e-5));
  const sums = Array.from(
    { length: ROWS },
    (_, row) => gradient.subarray(row * CELLS, (row + 1) * CELLS).reduce((a, b) => a + b),
  );
  assert(sums.some((sum) => Math.abs(sum) > 0.1), "gradients are not centred");
  model.dispose();
});

Deno.test("an autoencoder trains against it within tfjs, and it stays as it was", async () => {
  const model = await network(), surrogate = emdCnnSurrogate(model);
  const weights = await emdCnnWeightsOf(model);
  const autoencoder = buildEconAutoencoder({ outputBias: -3.4, latentBias: 0.5, seed: 4 });
  const wafers = Float32Array.from(normalise(toyWafers("shower", 64, 2).charges, "power_of_two"));
  using adam = new Adam(autoencoder.parameters);
  const losses: number[] = [];
  let tensors = 0;
  for (let step = 0; step < 40; step++) {
    const input = tf.tensor2d(wafers, [64, CELLS]);
    const { loss, gradients } = await lossGradient(autoencoder, surrogate, input, wafers);
    adam.step(gradients, 3e-3);
    losses.push(loss);
    tf.dispose([input, ...gradients]);
    if (step === 10) tensors = tf.memory().numTensors;
  }
  assertEquals(tf.memory().numTensors, tensors);
  assert(losses[39] < losses[0], `from ${losses[0]} to ${losses[39]}`);
  assertEquals((await emdCnnWeightsOf(model)).output, weights.output);
  autoencoder.dispose();
  model.dispose();
});

Deno.test("what is no pair of wafers, and no EMD CNN, is refused", async () => {
  const model = await network(), surrogate = emdCnnSurrogate(model);
  const { target, output } = pairs(2);
  await assertRejects(
    () => Promise.resolve(surrogate.value(target, output.slice(1))),
    TypeError,
    "Cannot compute emd_cnn: target and output must be batches",
  );
  await assertRejects(
    async () => await surrogate.valueAndGradient(target, output.fill(0, 48)),
    RangeError,
    "Cannot compute emd_cnn of row 1: the output must sum to 1, current sum is 0",
  );
  model.dispose();
  const other = buildEconAutoencoder();
  assertThrows(
    () => emdCnnSurrogate(other),
    TypeError,
    "Cannot make a surrogate of econ_autoencoder: it must be an EMD CNN",
  );
  other.dispose();
});

Deno.test("disposing of it frees the weights that it loaded, and no model of others", async () => {
  const model = await network(), weights = await emdCnnWeightsOf(model);
  const before = tf.memory().numTensors;
  const own = emdCnnSurrogate(weights);
  assert(tf.memory().numTensors > before);
  own.dispose();
  emdCnnSurrogate(model).dispose();
  assertEquals(tf.memory().numTensors, before);
  model.dispose();
});
