import { tf } from "../../../src/tensor/mod.ts";
import { assertSameOnBackends, seededTensor } from "../_backends.ts";

Deno.test("sums over leading axes, and all other sums", async () => {
  for (const shape of [[3, 5], [64, 4], [200, 7], [5, 4, 4, 32], [1000, 1], [2, 3, 1]]) {
    const axes = shape.map((_, axis) => axis);
    const choices = [
      ...axes.slice(1).map((count) => axes.slice(0, count)),
      [shape.length - 1],
      axes,
    ];
    await assertSameOnBackends(() =>
      choices.flatMap((axis) =>
        [false, true].map((keepDims) => tf.sum(seededTensor(shape, 1), axis, keepDims))
      )
    );
  }
});

Deno.test("a vector added to the last axis, and all other sums of two", async () => {
  await assertSameOnBackends(() => [
    tf.add(seededTensor([5, 7], 1), seededTensor([7], 2)),
    tf.add(seededTensor([5, 4, 4, 8], 3), seededTensor([8], 4)),
    tf.add(seededTensor([7], 5), seededTensor([5, 7], 6)),
    tf.add(seededTensor([5, 7], 7), seededTensor([5, 1], 8)),
    tf.add(seededTensor([7], 9), seededTensor([7], 10)),
    tf.add(seededTensor([5, 7], 11), seededTensor([1], 12)),
    tf.add(seededTensor([5, 7], 13), 3),
  ]);
});

Deno.test("a bias has the sum of the output's gradient as its gradient", async () => {
  await assertSameOnBackends(() => {
    const weigh = seededTensor([6, 3, 3, 5], 1);
    return [
      tf.grad((bias: tf.Tensor) =>
        tf.sum(tf.mul(tf.add(seededTensor(weigh.shape, 2), bias), weigh))
      )(
        seededTensor([5], 3),
      ),
    ];
  });
});
