import type { LayerWeights } from "../types.ts";

/**
 * Checks that a batch and a layer's weights have as many numbers as the layer's shape says.
 *
 * @param doing What is being done, for the error.
 * @param batch The batch.
 * @param size Numbers of a sample.
 * @param weights Kernel and bias.
 * @param inputs Numbers of the kernel for each output.
 * @param outputs Numbers of the bias.
 * @returns The number of samples.
 * @throws {TypeError} If one of them has another length.
 */
export function checkLayer(
  doing: string,
  batch: ArrayLike<number>,
  size: number,
  { kernel, bias }: LayerWeights,
  inputs: number,
  outputs: number,
): number {
  if (batch.length % size !== 0) {
    throw new TypeError(
      `Cannot ${doing}: length of the batch must be a multiple of ${size}, ` +
        `current value is ${batch.length}`,
    );
  }
  if (kernel.length !== inputs * outputs || bias.length !== outputs) {
    throw new TypeError(
      `Cannot ${doing}: kernel and bias must have ${inputs * outputs} and ${outputs} numbers, ` +
        `current values are ${kernel.length} and ${bias.length}`,
    );
  }
  return batch.length / size;
}
