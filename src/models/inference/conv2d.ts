import type { LayerWeights } from "../types.ts";
import { checkLayer } from "./check_layer.ts";
import { type AxisTap, tapLists } from "./tap_lists.ts";

/** Shape of a convolution of images. */
export interface Conv2dShape {
  /** Rows of an input image. */
  readonly rows: number;
  /** Columns of an input image. */
  readonly columns: number;
  /** Channels of an input image. */
  readonly channels: number;
  /** Channels of an output image. */
  readonly filters: number;
  /** Rows and columns of the kernel. */
  readonly size: number;
  /** Step from window to window, in rows and in columns. */
  readonly stride: number;
}

/**
 * Convolution of images with "same" padding, as Keras means it:
 *
 *     out[r, c, f] = bias[f] + sum_ijk kernel[i, j, k, f] in[stride r + i - top, stride c + j - left, k]
 *
 * with ceil(rows / stride) output rows and P = max((output rows - 1) stride + size - rows, 0) rows of
 * zeros about the image, of which top = floor(P / 2) above it and the rest below; columns likewise.
 * With stride 2 on even images and size 3 that is none above and one below.
 *
 * Sums run in double precision over the taps that lie in the image and are not zero (behind a ReLU
 * many are), and are then rounded to float32: closer to the true sum than float32 kernels are.
 *
 * @param images A batch, indexed [image, row, column, channel].
 * @param weights Kernel [size, size, channels, filters] and bias [filters].
 * @param shape Shape of the convolution.
 * @returns The batch of outputs, indexed [image, row, column, filter].
 * @throws {TypeError} If the number of numbers in `images` or `weights` does not fit to `shape`.
 *
 * @example A 2 x 2 image; all windows but the first reach over its lower or right edge
 * ```ts
 * import { conv2d } from "./conv2d.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const weights = { kernel: Float32Array.of(1, 10, 100, 1000), bias: Float32Array.of(0) };
 * const shape = { rows: 2, columns: 2, channels: 1, filters: 1, size: 2, stride: 1 };
 * assertEquals([...conv2d(Float32Array.of(1, 2, 3, 4), weights, shape)], [4321, 402, 43, 4]);
 * ```
 */
export function conv2d(
  images: Float32Array,
  weights: LayerWeights,
  shape: Conv2dShape,
): Float32Array {
  const { rows, columns, channels, filters, size } = shape;
  const count = checkLayer(
    "convolve images",
    images,
    rows * columns * channels,
    weights,
    size * size * channels,
    filters,
  );
  const { kernel, bias } = weights;
  const windows = _windows(shape);
  const out = new Float32Array(count * windows.length * filters);
  const sums = new Float64Array(filters);
  for (let image = 0, end = 0; image < count; image++) {
    const first = image * rows * columns * channels;
    for (const taps of windows) {
      sums.set(bias);
      for (let tap = 0; tap < taps.length; tap += 2) {
        const pixel = first + taps[tap] * channels, weight = taps[tap + 1] * channels * filters;
        for (let channel = 0; channel < channels; channel++) {
          const x = images[pixel + channel];
          if (x === 0) continue;
          const from = weight + channel * filters;
          for (let f = 0; f < filters; f++) sums[f] += kernel[from + f] * x;
        }
      }
      out.set(sums, end);
      end += filters;
    }
  }
  return out;
}

/** For each output pixel, the pixels of the image and of the kernel that meet there. */
function _windows({ rows, columns, size, stride }: Conv2dShape): Uint16Array[] {
  return tapLists(_taps(rows, size, stride), _taps(columns, size, stride), columns, size);
}

/** Along one axis, the taps of each output. */
function _taps(length: number, size: number, stride: number): AxisTap[][] {
  const outputs = Math.ceil(length / stride);
  const padding = Math.max((outputs - 1) * stride + size - length, 0);
  const before = Math.floor(padding / 2);
  return Array.from(
    { length: outputs },
    (_, output) =>
      Array.from({ length: size }, (_, tap): AxisTap => [
        output * stride + tap - before,
        tap,
      ])
        .filter(([place]) => place >= 0 && place < length),
  );
}
