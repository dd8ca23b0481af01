import { tf } from "../../../src/tensor/mod.ts";
import { assertSameOnBackends, seededTensor, WASM_VARIANTS } from "../_backends.ts";

interface Case {
  readonly x: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number;
}

const CASES: Case[] = [
  // The layers of the two networks.
  { x: [10, 4, 4, 6], filter: [5, 5, 6, 32], strides: 1, pad: "same" },
  { x: [70, 4, 4, 32], filter: [5, 5, 32, 32], strides: 1, pad: "same" },
  { x: [9, 8, 8, 1], filter: [3, 3, 1, 8], strides: 2, pad: "same" },
  { x: [9, 8, 8, 8], filter: [3, 3, 8, 8], strides: 2, pad: "same" },
  { x: [9, 8, 8, 1], filter: [3, 3, 1, 8], strides: 1, pad: "same" },
];
for (const kernel of [1, 2, 3, 5]) {
  for (const strides of [1, 2, [2, 1], [3, 2]] as const) {
    for (const pad of ["same", "valid", 1] as const) {
      if (kernel === 1 && pad === 1) continue;
      const [height, channels, filters] = [5 + kernel % 2, kernel, 9 - kernel];
      CASES.push({
        x: [3, height, 7, channels],
        filter: [kernel, kernel, channels, filters],
        strides: strides as Case["strides"],
        pad,
      });
    }
  }
}

/** tfjs's own convolution writes beyond its output where padding is given as a number. */
const PACKS = WASM_VARIANTS.filter(({ kernels }) => kernels !== "composed");

for (const { x, filter, strides, pad } of CASES) {
  const name = `convolution of [${x}] by [${filter}], strides ${strides}, padding ${pad}`;
  Deno.test(`${name}, with both gradients`, async () => {
    await assertSameOnBackends(() => {
      const conv = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2d(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          strides,
          pad,
          "NHWC",
          1,
          typeof pad === "number" ? "floor" : undefined,
        );
      const [image, kernel] = [seededTensor(x, 1), seededTensor(filter, 2)];
      const y = conv(image, kernel);
      const weigh = seededTensor(y.shape, 3);
      const loss = (x: tf.Tensor, w: tf.Tensor) => tf.sum(tf.mul(conv(x, w), weigh));
      return [y, ...tf.grads(loss as (...t: tf.Tensor[]) => tf.Tensor)([image, kernel])];
    }, pad === 1 ? PACKS : WASM_VARIANTS);
  });
}

for (const [strides, filters] of [[1, 1], [1, 8], [2, 1], [2, 8]]) {
  Deno.test(`transposed convolution, stride ${strides}, ${filters} filters`, async () => {
    await assertSameOnBackends(() => {
      const side = 4 * strides;
      const conv = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2dTranspose(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          [9, side, side, filters],
          strides,
          "same",
        );
      const [x, w] = [seededTensor([9, 4, 4, 8], 1), seededTensor([3, 3, filters, 8], 2)];
      const y = conv(x, w);
      const loss = (x: tf.Tensor, w: tf.Tensor) =>
        tf.sum(tf.mul(conv(x, w), seededTensor(y.shape, 3)));
      return [y, ...tf.grads(loss as (...t: tf.Tensor[]) => tf.Tensor)([x, w])];
    });
  });
}

Deno.test("a dilated convolution, and one of images too large for the pack", async () => {
  await assertSameOnBackends(() => [
    tf.conv2d(
      seededTensor([2, 7, 7, 3], 1) as tf.Tensor4D,
      seededTensor([3, 3, 3, 5], 2) as tf.Tensor4D,
      1,
      "same",
      "NHWC",
      2,
    ),
    tf.conv2d(
      seededTensor([1, 70, 70, 8], 3) as tf.Tensor4D,
      seededTensor([1, 1, 8, 4], 4) as tf.Tensor4D,
      1,
      "same",
    ),
  ]);
});
