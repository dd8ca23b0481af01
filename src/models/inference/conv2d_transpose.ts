import type { LayerWeights } from "../types.ts";
import { checkLayer } from "./check_layer.ts";
import type { Conv2dShape } from "./conv2d.ts";
import { type AxisTap, tapLists } from "./tap_lists.ts";

/**
 * Transposed convolution of images with "same" padding, as Keras means it: what carries gradients
 * back through a convolution whose input has stride times as many rows and columns,
 *
 *     out[r, c, f] = bias[f] + sum_k kernel[i, j, f, k] in[(r + top - i) / stride, (c + left - j) / stride, k]
 *
 * summed over the i and j for which these are pixels of the image; top and left are those of that
 * convolution. With stride 2 and size 3 they are 0: of the full result the last row and column are
 * cut off.
 *
 * Sums run in double precision and are then rounded to float32.
 *
 * @param images A batch, indexed [image, row, column, channel].
 * @param weights Kernel [size, size, filters, channels], in this order, and bias [filters].
 * @param shape Shape, `rows`, `columns` and `channels` being those of the input; size >= stride.
 * @returns The batch of outputs, [image, stride rows, stride columns, filters].
 * @throws {TypeError} If the number of numbers in `images` or `weights` does not fit to `shape`.
 *
 * @example One pixel becomes four, the kernel's upper left ones
 * ```ts
 * import { conv2dTranspose } from "./conv2d_transpose.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const kernel = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), bias = Float32Array.of(0);
 * const shape = { rows: 1, columns: 1, channels: 1, filters: 1, size: 3, stride: 2 };
 * const image = conv2dTranspose(Float32Array.of(10), { kernel, bias }, shape);
 * assertEquals([...image], [10, 20, 40, 50]);
 * ```
 */
export function conv2dTranspose(
  images: Float32Array,
  weights: LayerWeights,
  shape: Conv2dShape,
): Float32Array {
  const { rows, columns, channels, filters, size } = shape;
  const count = checkLayer(
    "convolve images, transposed",
    images,
    rows * columns * channels,
    weights,
    size * size * channels,
    filters,
  );
  const { kernel, bias } = weights;
  const sources = _sources(shape);
  const out = new Float32Array(count * sources.length * filters);
  for (let image = 0, end = 0; image < count; image++) {
    const first = image * rows * columns * channels;
    for (const taps of sources) {
      for (let f = 0; f < filters; f++) {
        let sum = bias[f];
        for (let tap = 0; tap < taps.length; tap += 2) {
          const pixel = first + taps[tap] * channels;
          const weight = (taps[tap + 1] * filters + f) * channels;
          for (let channel = 0; channel < channels; channel++) {
            sum += images[pixel + channel] * kernel[weight + channel];
          }
        }
        out[end++] = sum;
      }
    }
  }
  return out;
}

/** For each output pixel, the pixels of the image and of the kernel that meet there. */
function _sources({ rows, columns, size, stride }: Conv2dShape): Uint16Array[] {
  return tapLists(_taps(rows, size, stride), _taps(columns, size, stride), columns, size);
}

/** Along one axis, the taps of each output. */
function _taps(length: number, size: number, stride: number): AxisTap[][] {
  const before = Math.floor((size - stride) / 2);
  return Array.from(
    { length: length * stride },
    (_, output) =>
      Array.from({ length: size }, (_, tap): AxisTap => [
        (output + before - tap) / stride,
        tap,
      ])
        .filter(([place]) => Number.isInteger(place) && place >= 0 && place < length),
  );
}
