import { tf } from "../tf.ts";
import type { WasmHeap } from "./heap.ts";
import type { KernelMaker } from "./kernel.ts";
import type { KernelPack } from "./pack.ts";

/**
 * Kernels that take each number by itself, in one pass: `AdamStep`, `FakeQuantize`, `GateGradient`.
 * And `Identity`, by which tfjs keeps what a gradient needs: the stock kernel copies it.
 *
 * @param heap The heap.
 * @param pack The kernel pack.
 * @returns Makers by kernel name.
 */
export function elementKernels(heap: WasmHeap, pack: KernelPack): Record<string, KernelMaker> {
  const at = (tensor: tf.TensorInfo) => heap.address(tensor);
  const size = (tensor: tf.TensorInfo) => tf.util.sizeFromShape([...tensor.shape]);

  const adamStep: KernelMaker = () => ({ inputs, attrs }) => {
    const { parameter, gradient, mean, variance } = inputs;
    const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = attrs;
    const out = [1, 2, 3].map(() => heap.output(parameter.shape));
    // deno-fmt-ignore
    pack.adam(
      size(parameter), at(parameter), at(gradient), at(mean), at(variance), learningRate, beta1, beta2,
      1 - beta1, 1 - beta2, epsilon, correction1, correction2, at(out[0]), at(out[1]), at(out[2]),
    );
    return out;
  };

  const fakeQuantize: KernelMaker = () => ({ inputs: { x }, attrs: { scale, low, high } }) => {
    const y = heap.output(x.shape);
    pack.fake_quantize(size(x), at(x), scale, low, high, at(y));
    return y;
  };

  const gateGradient: KernelMaker = () => ({ inputs: { dy, x }, attrs: { low, high } }) => {
    const dx = heap.output(x.shape);
    pack.gate_gradient(size(x), at(dy), at(x), low, high, at(dx));
    return dx;
  };

  const identity: KernelMaker = () => ({ inputs: { x } }) => heap.share(x);

  return {
    Identity: identity,
    AdamStep: adamStep,
    FakeQuantize: fakeQuantize,
    GateGradient: gateGradient,
  };
}
