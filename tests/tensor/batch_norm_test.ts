import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { batchNormTraining, tf, useBackend } from "../../src/tensor/mod.ts";
import { seededNumbers } from "./_backends.ts";

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`${backend}: each channel has mean beta and deviation gamma over the batch`, async () => {
    await useBackend({ backend });
    const x = tf.tensor2d(seededNumbers(600, 1), [300, 2]);
    const { y, mean, variance } = batchNormTraining(
      x,
      tf.tensor1d([2, 3]),
      tf.tensor1d([-1, 5]),
      { epsilon: 0 },
    );
    const values = y.dataSync(), inputs = x.dataSync();
    for (const c of [0, 1]) {
      const channel = (data: ArrayLike<number>) =>
        Array.from({ length: 300 }, (_, row) => data[2 * row + c]);
      const average = (data: number[]) => data.reduce((a, b) => a + b) / 300;
      const spread = (data: number[]) => average(data.map((v) => (v - average(data)) ** 2));
      assertAlmostEquals(average(channel(values)), [-1, 5][c], 1e-5);
      assertAlmostEquals(Math.sqrt(spread(channel(values))), [2, 3][c], 1e-4);
      assertAlmostEquals(mean.dataSync()[c], average(channel(inputs)), 1e-6);
      assertAlmostEquals(variance.dataSync()[c], spread(channel(inputs)), 1e-6);
    }
  });

  Deno.test(`${backend}: a shift of the input changes nothing, so that biases before it cancel`, async () => {
    await useBackend({ backend });
    const x = seededNumbers(90, 2), one = tf.ones([3]), zero = tf.zeros([3]);
    const of = (shift: number) =>
      batchNormTraining(tf.tensor2d(x.map((v) => v + shift), [30, 3]), one, zero).y.dataSync();
    of(4).forEach((v, i) => assertAlmostEquals(v, of(0)[i], 1e-5));
  });

  Deno.test(`${backend}: nothing is left behind`, async () => {
    await useBackend({ backend });
    const parts = [tf.ones([5, 3]), tf.ones([3]), tf.zeros([3])] as const;
    const before = tf.memory().numTensors;
    const { y, mean, variance } = tf.tidy(() => ({ ...batchNormTraining(...parts) }));
    assertEquals(tf.memory().numTensors, before + 3);
    tf.dispose([y, mean, variance]);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(batchNormTraining(x, parts[1], parts[2]).y));
    tf.dispose(gradient(parts[0]));
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("a gamma that does not fit is told with both shapes", async () => {
  await useBackend({ backend: "cpu" });
  assertThrows(
    () => batchNormTraining(tf.ones([4, 3]), tf.ones([2]), tf.zeros([3])),
    TypeError,
    "Cannot normalise a batch: gamma must have shape [3], current shape is [2]",
  );
});
