import type { Conv2dShape } from "../../src/models/inference/conv2d.ts";
import type { LayerWeights } from "../../src/models/types.ts";
import type { RandomStream } from "../../src/numerics/mod.ts";

/** Random numbers, one in four of them zero, as behind a ReLU. */
export function randomNumbers(random: RandomStream, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.integer(4) === 0 ? 0 : random.normal());
}

/** Convolution with "same" padding the long way: zeros about a copy of the image, then all taps. */
export function paddedConvolution(
  images: Float32Array,
  { kernel, bias }: LayerWeights,
  { rows, columns, channels, filters, size, stride }: Conv2dShape,
): number[] {
  const outRows = Math.ceil(rows / stride), outColumns = Math.ceil(columns / stride);
  const top = Math.floor(Math.max((outRows - 1) * stride + size - rows, 0) / 2);
  const left = Math.floor(Math.max((outColumns - 1) * stride + size - columns, 0) / 2);
  const out: number[] = [];
  for (let image = 0; image < images.length / (rows * columns * channels); image++) {
    const padded = Array.from(
      { length: rows + 2 * size },
      () => Array.from({ length: columns + 2 * size }, () => new Array<number>(channels).fill(0)),
    );
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const first = ((image * rows + row) * columns + column) * channels;
        padded[row + top][column + left] = [...images.subarray(first, first + channels)];
      }
    }
    for (let row = 0; row < outRows; row++) {
      for (let column = 0; column < outColumns; column++) {
        for (let f = 0; f < filters; f++) {
          let sum = bias[f];
          for (let i = 0; i < size; i++) {
            for (let j = 0; j < size; j++) {
              padded[row * stride + i][column * stride + j].forEach((x, channel) =>
                sum += x * kernel[((i * size + j) * channels + channel) * filters + f]
              );
            }
          }
          out.push(sum);
        }
      }
    }
  }
  return out;
}
