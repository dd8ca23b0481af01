import { assert, assertEquals } from "@std/assert";
import { IMPACT_LOSSES } from "../../../scripts/std/impact_losses.ts";
import { trainOnImpacts } from "../../../scripts/std/impact_training.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { Tree } from "../../../src/transport/mod.ts";

/** Class k has its charge in cells 12 k to 12 k + 11. */
function rows(count: number, seed: number) {
  const random = new RandomStream(seed, "rows"), inputs = new Float32Array(48 * count);
  const labels = Uint16Array.from({ length: count }, (_, row) => row % 4);
  labels.forEach((label, row) => inputs[48 * row + 12 * label + random.integer(12)] = 2);
  return { inputs, labels };
}

const TASK = {
  tree: new Tree([-1, 0, 0, 1, 1, 2, 2], { bins: [3, 4, 5, 6] }),
  train: rows(160, 1),
  test: rows(40, 2),
};
const TRAINING = { hidden: [16], batchSize: 16, epochs: 10, learningRate: 0.02 };

Deno.test("trainOnImpacts() learns an easy task by every loss, the same for the same seed", async () => {
  await useBackend({ backend: "wasm" });
  const before = tf.memory().numTensors;
  for (const name of IMPACT_LOSSES) {
    const { train, test } = await trainOnImpacts(name, TRAINING, TASK, 1);
    assert(test.top1 > 0.8, `${name}: ${test.top1}`);
    assert(train.emd < 1.5 && test.distance < 1, `${name}: ${train.emd} ${test.distance}`);
  }
  const few = { ...TRAINING, epochs: 1 };
  assertEquals(
    await trainOnImpacts("relaxed tree", few, TASK, 2),
    await trainOnImpacts("relaxed tree", few, TASK, 2),
  );
  assertEquals(tf.memory().numTensors, before);
});
