import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { exactEmd, normalised } from "../../src/losses/mod.ts";
import {
  buildEconAutoencoder,
  econAutoencoderInference,
  econAutoencoderWeightsOf,
  PUBLISHED_FORMATS,
} from "../../src/models/mod.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { assertClose, WASM_VARIANTS } from "../tensor/_backends.ts";
import { autoencoderTask, taskGradients, trainTask } from "./_networks.ts";

Deno.test("encoder and decoder have the published numbers of parameters", async () => {
  await useBackend({ backend: "wasm" });
  const { parameters, dispose } = buildEconAutoencoder();
  const count = (half: string) =>
    [...parameters].reduce((sum, [name, { size }]) => name.startsWith(half) ? sum + size : sum, 0);
  assertEquals([count("encoder"), count("decoder")], [2144, 2833]);
  dispose();
});

for (const formats of [PUBLISHED_FORMATS, "float"] as const) {
  const name = formats === "float" ? "float" : "quantised";
  Deno.test(`${name}: encoding and decoding are those of plain arrays`, async () => {
    await useBackend({ backend: "wasm" });
    const { inputs, rows } = autoencoderTask(50);
    const model = buildEconAutoencoder({ formats, seed: 1, latentBias: 0.5 });
    const weights = await econAutoencoderWeightsOf(
      model,
      formats === "float" ? undefined : formats,
    );
    const plain = econAutoencoderInference(weights);
    const latents = model.encode(tf.tensor2d(inputs, [rows, 48]));
    const tolerance = formats === "float" ? 1e-5 : 0;
    const expected = plain.encode(inputs);
    latents.dataSync().forEach((latent, k) => assertAlmostEquals(latent, expected[k], tolerance));
    const decoded = plain.decode(expected);
    model.decode(latents).dataSync().forEach((charge, k) =>
      assertAlmostEquals(charge, decoded[k], 1e-5)
    );
    model.dispose();
  });
}

Deno.test("its full gradient is that of plain JavaScript", async () => {
  const task = autoencoderTask(40);
  const expected = await taskGradients(task, { backend: "cpu" });
  for (const variant of WASM_VARIANTS) {
    assertClose(await taskGradients(task, variant), expected, 1e-5, JSON.stringify(variant));
  }
});

Deno.test("fifty steps of training follow plain JavaScript", async () => {
  const task = autoencoderTask(128);
  const expected = await trainTask(task, { backend: "cpu" }, 50, 32);
  // Four batches make an epoch: the first and the last see the same wafers.
  const epoch = (first: number) => expected.slice(first, first + 4).reduce((a, b) => a + b);
  assert(epoch(44) < 0.98 * epoch(0), `the loss falls from ${epoch(0)} to ${epoch(44)}`);
  for (const variant of WASM_VARIANTS) {
    const losses = await trainTask(task, variant, 50, 32);
    losses.forEach((loss, k) => assertAlmostEquals(loss, expected[k], 1e-4 * expected[0]));
  }
});

Deno.test("a hundred steps leave no tensor behind, with a loss of plain numbers and the exact EMD", async () => {
  const telescope = autoencoderTask(16);
  for (const loss of [telescope.loss, normalised(exactEmd())]) {
    const task = { ...telescope, loss };
    await trainTask(task, { backend: "wasm" }, 1, 16);
    const before = tf.memory().numTensors;
    await trainTask(task, { backend: "wasm" }, 100, 16);
    assertEquals(tf.memory().numTensors, before);
  }
});

Deno.test("first biases are where they were asked to be", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildEconAutoencoder({ latentBias: 0.5, outputBias: -3.4 });
  const empty = tf.zeros([1, 48]);
  assertEquals([...model.encode(empty).dataSync()], new Array(16).fill(0.5));
  const output = model.decode(tf.zeros([1, 16])).dataSync();
  output.forEach((charge) => assertAlmostEquals(charge, 1 / (1 + Math.exp(3.4)), 1e-6));
  model.dispose();
});
