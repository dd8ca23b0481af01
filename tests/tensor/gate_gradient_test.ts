import { assertEquals } from "@std/assert";
import { gateGradient, tf, useBackend } from "../../src/tensor/mod.ts";
import { WASM_VARIANTS } from "./_backends.ts";

for (const variant of [{ backend: "cpu" } as const, ...WASM_VARIANTS]) {
  Deno.test(`gates of ${JSON.stringify(variant)}`, async () => {
    await useBackend(variant);
    const x = tf.tensor1d([-1, 0, 1e-30, 1, 6, 6.5, NaN]), dy = tf.tensor1d([1, 2, 3, 4, 5, 6, 7]);
    assertEquals([...gateGradient(dy, x, 0).dataSync()], [0, 0, 3, 4, 5, 6, 0]);
    assertEquals([...gateGradient(dy, x, 0, 6).dataSync()], [0, 0, 3, 4, 5, 0, 0]);
  });

  Deno.test(`tf.relu passes nothing at zero on ${JSON.stringify(variant)}`, async () => {
    await useBackend(variant);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(tf.relu(x), [1, 2, 3])));
    assertEquals([...gradient(tf.tensor1d([-1, 0, 1])).dataSync()], [0, 0, 3]);
  });
}
