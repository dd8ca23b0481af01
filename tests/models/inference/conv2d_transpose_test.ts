import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import "npm:@tensorflow/tfjs-backend-cpu@4.22.0";
import type { Conv2dShape } from "../../../src/models/inference/conv2d.ts";
import { conv2dTranspose } from "../../../src/models/inference/conv2d_transpose.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { paddedConvolution, randomNumbers } from "../_convolution.ts";

/** The shapes of the paper's decoder, and others. */
const SHAPES: readonly Conv2dShape[] = [
  { rows: 4, columns: 4, channels: 8, filters: 8, size: 3, stride: 2 },
  { rows: 8, columns: 8, channels: 8, filters: 1, size: 3, stride: 1 },
  { rows: 2, columns: 3, channels: 2, filters: 3, size: 4, stride: 2 },
  { rows: 3, columns: 2, channels: 1, filters: 2, size: 5, stride: 3 },
];

for (const shape of SHAPES) {
  const { rows, columns, channels, filters, size, stride } = shape;
  const name = `${rows}x${columns}x${channels} to ${filters}, size ${size}, stride ${stride}`;
  const random = new RandomStream(1, "conv2d_transpose");
  const images = randomNumbers(random, rows * columns * channels);
  const kernel = randomNumbers(random, size * size * channels * filters);
  const outputs = stride * rows * stride * columns * filters;

  Deno.test(`conv2dTranspose() is the transpose of a padded convolution: ${name}`, () => {
    // <y, A x> = <A^T y, x> for the convolution A from outputs to inputs, whose kernel is the same.
    const x = randomNumbers(random, outputs);
    const there = paddedConvolution(x, { kernel, bias: new Float32Array(channels) }, {
      rows: stride * rows,
      columns: stride * columns,
      channels: filters,
      filters: channels,
      size,
      stride,
    });
    const back = conv2dTranspose(images, { kernel, bias: new Float32Array(filters) }, shape);
    assertEquals([there.length, back.length], [images.length, outputs]);
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);
    assertAlmostEquals(dot(images, there), dot(back, x), 1e-4);
  });

  Deno.test(`conv2dTranspose() agrees with tfjs: ${name}`, async () => {
    const bias = randomNumbers(random, filters);
    const batch = Float32Array.of(...images, ...images.toReversed());
    const out = conv2dTranspose(batch, { kernel, bias }, shape);
    await tf.setBackend("cpu");
    const theirs = tf.tidy(() =>
      tf.add(
        tf.conv2dTranspose(
          tf.tensor4d(batch, [2, rows, columns, channels]),
          tf.tensor4d(kernel, [size, size, filters, channels]),
          [2, stride * rows, stride * columns, filters],
          stride,
          "same",
        ),
        tf.tensor1d(bias),
      ).dataSync()
    );
    assertEquals(out.length, theirs.length);
    out.forEach((value, k) => assertAlmostEquals(value, theirs[k], 1e-5));
  });
}

Deno.test("conv2dTranspose() refuses parts of images and kernels of another size", () => {
  const shape = { rows: 2, columns: 2, channels: 1, filters: 1, size: 3, stride: 2 };
  const weights = { kernel: new Float32Array(9), bias: new Float32Array(1) };
  assertThrows(() => conv2dTranspose(new Float32Array(5), weights, shape), TypeError, "of 4");
  assertThrows(
    () => conv2dTranspose(new Float32Array(4), { ...weights, bias: new Float32Array(2) }, shape),
    TypeError,
    "must have 9 and 1 numbers",
  );
});
