import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { buildEmdCnn, emdCnnInference, emdCnnWeightsOf } from "../../src/models/mod.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { assertClose, WASM_VARIANTS } from "../tensor/_backends.ts";
import { emdCnnTask, taskGradients, trainTask } from "./_networks.ts";

Deno.test("the default network has the published layers", async () => {
  await useBackend({ backend: "wasm" });
  const network = buildEmdCnn();
  const shapes = [...network.parameters].map(([name, { shape }]) => `${name} [${shape}]`);
  assertEquals(shapes.filter((text) => text.includes("kernel")), [
    "conv1/kernel [5,5,6,32]",
    "conv2/kernel [5,5,32,32]",
    "conv3/kernel [5,5,32,32]",
    "dense1/kernel [512,256]",
    "output/kernel [256,1]",
  ]);
  // The published file has 189,089 numbers, of which 352 are biases that cancel.
  const count = [...network.parameters.values(), ...network.state.values()]
    .reduce((sum, { size }) => sum + size, 0);
  assertEquals(count, 189_089 - 352);
  network.dispose();
});

Deno.test("exchanging the wafers changes nothing", async () => {
  await useBackend({ backend: "wasm" });
  const { inputs, rows, build } = emdCnnTask(6);
  const network = build();
  const swapped = inputs.slice();
  for (let row = 0; row < rows; row++) {
    const begin = 2 * row * CELLS;
    swapped.copyWithin(begin, begin + CELLS, begin + 2 * CELLS);
    swapped.set(inputs.subarray(begin, begin + CELLS), begin + CELLS);
  }
  const estimate = (pairs: Float32Array) =>
    network.apply(tf.tensor2d(pairs, [rows, 2 * CELLS]), false).dataSync();
  const estimates = estimate(inputs);
  assert(new Set(estimates).size === rows);
  estimate(swapped).forEach((value, k) => assertAlmostEquals(value, estimates[k], 1e-6));
  network.dispose();
});

Deno.test("after training, inference on tensors is inference on plain arrays", async () => {
  await useBackend({ backend: "wasm" });
  const task = emdCnnTask(32);
  const network = task.build();
  // Running averages away from their start.
  for (let step = 0; step < 20; step++) {
    tf.dispose(network.apply(tf.tensor2d(task.inputs, [32, 96]), true));
  }
  const estimates = network.apply(tf.tensor2d(task.inputs, [32, 96]), false).dataSync();
  const rows = Array.from(
    { length: 32 },
    (_, row) => task.inputs.subarray(96 * row, 96 * row + 96),
  );
  const plain = emdCnnInference(await emdCnnWeightsOf(network)).predict(
    rows.flatMap((row) => [...row.subarray(0, 48)]),
    rows.flatMap((row) => [...row.subarray(48)]),
  );
  estimates.forEach((value, k) => assertAlmostEquals(value, plain[k], 1e-5));
  network.dispose();
});

Deno.test("its full gradient is that of plain JavaScript", async () => {
  const task = emdCnnTask(12);
  const expected = await taskGradients(task, { backend: "cpu" });
  for (const variant of WASM_VARIANTS) {
    assertClose(await taskGradients(task, variant), expected, 1e-5, JSON.stringify(variant));
  }
});

Deno.test("every kernel, number of convolutions and of dense layers has its right gradient", async () => {
  for (
    const [kernelSize, convLayers, denseLayers] of [[1, 1, 1], [1, 4, 2], [3, 2, 3], [5, 4, 1]]
  ) {
    const options = { kernelSize, convLayers, denseLayers, filters: 4, denseUnits: 8, seed: 3 };
    const task = { ...emdCnnTask(6), build: () => buildEmdCnn(options) };
    const expected = await taskGradients(task, { backend: "cpu" });
    const found = await taskGradients(task, { backend: "wasm" });
    assertClose(found, expected, 2e-5, JSON.stringify(options));
  }
});

Deno.test("fifty steps of training follow plain JavaScript", async () => {
  const task = emdCnnTask(64, 4);
  const expected = await trainTask(task, { backend: "cpu" }, 50, 16);
  assert(expected[49] < 0.5 * expected[0], `the loss falls from ${expected[0]} to ${expected[49]}`);
  for (const variant of WASM_VARIANTS) {
    const losses = await trainTask(task, variant, 50, 16);
    losses.forEach((loss, k) => assertAlmostEquals(loss, expected[k], 1e-4 * expected[0]));
  }
});

Deno.test("a hundred steps leave no tensor behind", async () => {
  await useBackend({ backend: "wasm" });
  const task = emdCnnTask(8, 4);
  await trainTask(task, { backend: "wasm" }, 1, 8);
  const before = tf.memory().numTensors;
  await trainTask(task, { backend: "wasm" }, 100, 8);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("hyperparameters that make no network are refused", () => {
  assertThrows(
    () => buildEmdCnn({ kernelSize: 4 }),
    RangeError,
    "Cannot build an EMD CNN: kernelSize must be odd, current value is 4",
  );
  assertThrows(
    () => buildEmdCnn({ convLayers: 0 }),
    RangeError,
    "convLayers must be a positive integer, current value is 0",
  );
});
