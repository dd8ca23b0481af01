/**
 * Backend `webgpu` beside plain JavaScript, on whatever adapter there is: Mesa's software Vulkan will do
 * (`apt-get install mesa-vulkan-drivers`).
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { type Need, testNeeding } from "../_support/skips.ts";
import { autoencoderTask, emdCnnTask, taskGradients, trainTask } from "../models/_networks.ts";
import { assertClose } from "../tensor/_backends.ts";

async function needsAdapter(): Promise<Need> {
  const adapter = await (navigator as { gpu?: GPU }).gpu?.requestAdapter();
  return adapter ? undefined : "no WebGPU adapter (on Debian: apt-get install mesa-vulkan-drivers)";
}

const NEEDS = [await needsAdapter()];
const TASKS = { emd_cnn: emdCnnTask(12, 4), autoencoder: autoencoderTask(32) };

for (const [name, task] of Object.entries(TASKS)) {
  testNeeding(NEEDS, `${name}: the full gradient is that of plain JavaScript`, async () => {
    const expected = await taskGradients(task, { backend: "cpu" });
    assertClose(await taskGradients(task, { backend: "webgpu" }), expected, 1e-5);
  });

  testNeeding(NEEDS, `${name}: fifty steps follow plain JavaScript`, async () => {
    const batch = task.rows / 2;
    const expected = await trainTask(task, { backend: "cpu" }, 50, batch);
    const losses = await trainTask(task, { backend: "webgpu" }, 50, batch);
    losses.forEach((loss, k) => assertAlmostEquals(loss, expected[k], 1e-4 * expected[0]));
  });
}

testNeeding(NEEDS, "a hundred steps leave no tensor behind", async () => {
  const { description } = await useBackend({ backend: "webgpu" });
  console.log(description);
  await trainTask(TASKS.autoencoder, { backend: "webgpu" }, 1, 16);
  const before = tf.memory().numTensors;
  await trainTask(TASKS.autoencoder, { backend: "webgpu" }, 100, 16);
  assertEquals(tf.memory().numTensors, before);
});
