import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import "npm:@tensorflow/tfjs-backend-cpu@4.22.0";
import { conv2d, type Conv2dShape } from "../../../src/models/inference/conv2d.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { paddedConvolution, randomNumbers } from "../_convolution.ts";

/** The shapes of the paper's networks, and others: odd images, even kernels, larger strides. */
const SHAPES: readonly Conv2dShape[] = [
  { rows: 8, columns: 8, channels: 1, filters: 8, size: 3, stride: 2 },
  { rows: 4, columns: 4, channels: 6, filters: 5, size: 5, stride: 1 },
  { rows: 4, columns: 4, channels: 3, filters: 2, size: 1, stride: 1 },
  { rows: 5, columns: 7, channels: 2, filters: 3, size: 3, stride: 2 },
  { rows: 6, columns: 5, channels: 2, filters: 1, size: 2, stride: 3 },
  { rows: 3, columns: 4, channels: 1, filters: 2, size: 4, stride: 1 },
];

for (const shape of SHAPES) {
  Deno.test(`conv2d() agrees with a padded convolution and with tfjs: ${_text(shape)}`, async () => {
    const { rows, columns, channels, filters, size, stride } = shape;
    const random = new RandomStream(1, "conv2d");
    const images = randomNumbers(random, 3 * rows * columns * channels);
    const kernel = randomNumbers(random, size * size * channels * filters);
    const bias = randomNumbers(random, filters);
    const out = conv2d(images, { kernel, bias }, shape);

    const expected = paddedConvolution(images, { kernel, bias }, shape);
    assertEquals(out.length, expected.length);
    out.forEach((value, k) => assertAlmostEquals(value, expected[k], 1e-5));

    await tf.setBackend("cpu");
    const theirs = tf.tidy(() =>
      tf.add(
        tf.conv2d(
          tf.tensor4d(images, [3, rows, columns, channels]),
          tf.tensor4d(kernel, [size, size, channels, filters]),
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

Deno.test("conv2d() of stride 2 on an even image reaches over the lower and right edge only", () => {
  // The kernel picks out its last row and column, which the last window has outside the image.
  const kernel = new Float32Array(9), bias = Float32Array.of(0);
  kernel[8] = 1;
  const images = Float32Array.from({ length: 16 }, (_, k) => k + 1);
  const shape = { rows: 4, columns: 4, channels: 1, filters: 1, size: 3, stride: 2 };
  assertEquals([...conv2d(images, { kernel, bias }, shape)], [11, 0, 0, 0]);
});

Deno.test("conv2d() refuses parts of images and kernels of another size", () => {
  const shape = { rows: 2, columns: 2, channels: 1, filters: 1, size: 3, stride: 1 };
  const weights = { kernel: new Float32Array(9), bias: new Float32Array(1) };
  assertThrows(() => conv2d(new Float32Array(5), weights, shape), TypeError, "multiple of 4");
  assertThrows(
    () => conv2d(new Float32Array(4), { ...weights, kernel: new Float32Array(8) }, shape),
    TypeError,
    "Cannot convolve images: kernel and bias must have 9 and 1 numbers, current values are 8 and 1",
  );
});

function _text({ rows, columns, channels, filters, size, stride }: Conv2dShape): string {
  return `${rows}x${columns}x${channels} to ${filters}, size ${size}, stride ${stride}`;
}
