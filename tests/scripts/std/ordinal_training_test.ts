import { assert, assertEquals } from "@std/assert";
import { METHODS, trainAndScore } from "../../../scripts/std/ordinal_training.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";

await useBackend({ backend: "wasm" });

/** Class k has its charge in cells 12 k to 12 k + 11. */
function rows(count: number, seed: number) {
  const random = new RandomStream(seed, "rows"), inputs = new Float32Array(48 * count);
  const labels = Uint8Array.from({ length: count }, (_, row) => row % 4);
  labels.forEach((label, row) => inputs[48 * row + 12 * label + random.integer(12)] = 2);
  return { inputs, labels };
}

const TASK = { classes: 4, train: rows(200, 1), test: rows(40, 2) };
const TRAINING = {
  rows: 160,
  batchSize: 16,
  epochs: 8,
  learningRate: 0.01,
  sensitivity: 1,
  bias: 0,
};

Deno.test("trainAndScore() learns an easy task by every loss, the same for the same seed", async () => {
  const before = tf.memory().numTensors;
  for (const method of METHODS) {
    const { scores, distances } = await trainAndScore(method, TRAINING, TASK, 1);
    assert(scores.accuracy > 0.7, `${method}: ${scores.accuracy}`);
    assertEquals(distances.length, method === "learned matrix" ? 16 : 0);
    const few = { ...TRAINING, epochs: 1 };
    const [one, same] = [
      await trainAndScore(method, few, TASK, 2),
      await trainAndScore(method, few, TASK, 2),
    ];
    assertEquals(same, one);
  }
  assertEquals(tf.memory().numTensors, before);
});
