import { tf } from "../../../src/tensor/mod.ts";
import { assertSameOnBackends, seededTensor } from "../_backends.ts";

Deno.test("the gradient of a gather adds up what was gathered twice, and leaves out the rest", async () => {
  await assertSameOnBackends(() => {
    const indices = tf.tensor1d([4, 0, 4, 2], "int32");
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(tf.gather(x, indices), seededTensor([4, 3], 1)));
    return [tf.grad(loss)(seededTensor([6, 3], 2))];
  });
});

Deno.test("negative segments are dropped", async () => {
  await assertSameOnBackends(() => [
    tf.unsortedSegmentSum(seededTensor([3, 2], 1), tf.tensor1d([1, -1, 1], "int32"), 3),
  ]);
});
