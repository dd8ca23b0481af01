import { assertEquals } from "@std/assert";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { assertSameOnBackends, seededTensor, WASM_VARIANTS } from "../_backends.ts";

/** Rows, columns and depth: smaller than a tile, its size, not its multiple, larger than a block. */
const SIZES = [1, 3, 4, 8, 9, 67, 260];

for (
  const [transposeA, transposeB] of [[false, false], [true, false], [false, true], [true, true]]
) {
  Deno.test(`products of all sizes, transposed ${transposeA}, ${transposeB}`, async () => {
    for (const m of SIZES) {
      for (const n of SIZES) {
        await assertSameOnBackends(() => {
          return SIZES.map((k) => {
            const a = seededTensor(transposeA ? [k, m] : [m, k], k);
            const b = seededTensor(transposeB ? [n, k] : [k, n], k + 1);
            return tf.matMul(a, b, transposeA, transposeB);
          });
        }, m * n > 1000 ? WASM_VARIANTS : [WASM_VARIANTS[0], WASM_VARIANTS[2]]);
      }
    }
  });
}

Deno.test("batches of products, and one matrix for a whole batch", async () => {
  await assertSameOnBackends(() => [
    tf.matMul(seededTensor([3, 5, 6], 1), seededTensor([3, 6, 7], 2)),
    tf.matMul(seededTensor([3, 5, 6], 3), seededTensor([1, 6, 7], 4)),
    tf.matMul(seededTensor([1, 5, 6], 5), seededTensor([4, 6, 7], 6)),
    tf.matMul(seededTensor([2, 3, 5, 6], 7), seededTensor([2, 3, 7, 6], 8), false, true),
    tf.matMul(seededTensor([2, 1, 5, 6], 9), seededTensor([1, 3, 6, 7], 10)),
  ]);
});

Deno.test("the gradients of products, in both factors", async () => {
  for (const [m, k, n] of [[5, 6, 7], [256, 128, 16], [33, 300, 1]]) {
    await assertSameOnBackends(() => {
      const weigh = seededTensor([m, n], 3);
      const loss = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(tf.matMul(a, b), weigh));
      return tf.grads(loss as (...x: tf.Tensor[]) => tf.Tensor)([
        seededTensor([m, k], 1),
        seededTensor([k, n], 2),
      ]);
    });
  }
});

Deno.test("a product without depth is zero, one without rows is empty", async () => {
  for (const variant of WASM_VARIANTS.slice(0, 2)) {
    await useBackend(variant);
    // What lay there before must not shine through.
    tf.fill([4, 4], 7).dispose();
    const zero = tf.matMul(tf.zeros([4, 0]), tf.zeros([0, 4]));
    assertEquals([...zero.dataSync()], new Array(16).fill(0));
    assertEquals(tf.matMul(tf.zeros([0, 4]), tf.zeros([4, 3])).shape, [0, 3]);
  }
});
