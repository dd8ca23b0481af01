import { tf } from "../tf.ts";
import type { WasmHeap } from "./heap.ts";
import type { KernelMaker } from "./kernel.ts";
import type { KernelPack } from "./pack.ts";

/**
 * Batch normalisation while training, with the ReLU behind it, and its gradient: `BatchNormTraining`
 * and `BatchNormTrainingGradient` (see `src/tensor/batch_norm.ts`).
 *
 * @param heap The heap.
 * @param pack The kernel pack.
 * @returns Makers by kernel name.
 */
export function batchNormKernels(heap: WasmHeap, pack: KernelPack): Record<string, KernelMaker> {
  const forward: KernelMaker = () => ({ inputs: { x, gamma, beta }, attrs: { epsilon, relu } }) => {
    const { rows, channels } = _matrix(x);
    const y = heap.output(x.shape);
    const [mean, variance, inverse] = [1, 2, 3].map(() => heap.output([channels]));
    const at = (tensor: tf.TensorInfo) => heap.address(tensor);
    // deno-fmt-ignore
    pack.batch_norm(
      rows, channels, at(x), at(gamma), at(beta), epsilon, relu ? 1 : 0, at(y), at(mean), at(variance),
      at(inverse), heap.scratch(3 * channels),
    );
    return [y, mean, variance, inverse];
  };

  const gradient: KernelMaker = () => ({ inputs, attrs: { relu } }) => {
    const { dy, x, y, gamma, mean, inverse } = inputs;
    const { rows, channels } = _matrix(x);
    const dx = heap.output(x.shape),
      dgamma = heap.output([channels]),
      dbeta = heap.output([channels]);
    const at = (tensor: tf.TensorInfo) => heap.address(tensor);
    // deno-fmt-ignore
    pack.batch_norm_gradient(
      rows, channels, at(dy), at(x), at(y), at(gamma), at(mean), at(inverse), relu ? 1 : 0, at(dx),
      at(dgamma), at(dbeta), heap.scratch(3 * channels),
    );
    return [dx, dgamma, dbeta];
  };

  return { BatchNormTraining: forward, BatchNormTrainingGradient: gradient };
}

function _matrix({ shape }: tf.TensorInfo): { rows: number; channels: number } {
  const channels = shape[shape.length - 1];
  return { rows: tf.util.sizeFromShape([...shape]) / channels, channels };
}
