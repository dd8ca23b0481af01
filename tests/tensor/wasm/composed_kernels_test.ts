import { assertEquals } from "@std/assert";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { assertSameOnBackends, seededTensor } from "../_backends.ts";

/** The other tests of kernels run the composed ones, too; here is what only they have. */
const COMPOSED = [{ backend: "wasm", kernels: "composed" }] as const;

Deno.test("without the pack a network of both kinds of layers still has its gradients", async () => {
  await assertSameOnBackends(() => {
    const loss = (x: tf.Tensor, w: tf.Tensor, v: tf.Tensor) => {
      const y = tf.relu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, "same"));
      return tf.sum(tf.square(tf.matMul(tf.reshape(y, [4, -1]) as tf.Tensor2D, v as tf.Tensor2D)));
    };
    return tf.grads(loss as (...t: tf.Tensor[]) => tf.Tensor)([
      seededTensor([4, 6, 6, 3], 1),
      seededTensor([3, 3, 3, 2], 2),
      seededTensor([18, 5], 3),
    ]);
  }, COMPOSED);
});

Deno.test("fused kernels are gone when the composed ones are chosen", async () => {
  const names = ["BatchNormTraining", "AdamStep", "FakeQuantize", "GateGradient"];
  const present = () => names.map((name) => tf.getKernel(name, "wasm") !== undefined);
  await useBackend({ backend: "wasm" });
  assertEquals(present(), [true, true, true, true]);
  await useBackend(COMPOSED[0]);
  assertEquals(present(), [false, false, false, false]);
});
