import { batchNormTraining, tf } from "../../../src/tensor/mod.ts";
import { assertSameOnBackends, seededTensor } from "../_backends.ts";

for (const relu of [false, true]) {
  for (const shape of [[5, 3], [64, 4], [7, 4, 4, 32], [200, 1], [1, 6]]) {
    Deno.test(`batch normalisation of [${shape}], ReLU ${relu}, with its gradients`, async () => {
      const channels = shape[shape.length - 1];
      await assertSameOnBackends(() => {
        const inputs = [
          tf.add(tf.mul(seededTensor(shape, 1), 3), 5),
          seededTensor([channels], 2),
          seededTensor([channels], 3),
        ];
        const weigh = seededTensor(shape, 4);
        const run = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
          batchNormTraining(x, gamma, beta, { relu, epsilon: 1e-2 });
        // The square keeps the gradients in gamma and beta from cancelling to rounding errors.
        const loss = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
          const { y } = run(x, gamma, beta);
          return tf.sum(tf.add(tf.mul(y, weigh), tf.square(y)));
        };
        const { y, mean, variance } = run(inputs[0], inputs[1], inputs[2]);
        const gradients = tf.grads(loss as (...t: tf.Tensor[]) => tf.Tensor)(inputs);
        return [y, mean, variance, ...gradients];
      });
    });
  }
}
