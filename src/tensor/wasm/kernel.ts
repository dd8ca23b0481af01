import { tf } from "../tf.ts";

/** A function that computes the outputs of a tfjs kernel. */
export type KernelFunction = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[];

/** What a kernel is given. */
export interface KernelCall {
  /** Tensors by name. */
  // deno-lint-ignore no-explicit-any
  readonly inputs: any;
  /** Attributes by name. */
  // deno-lint-ignore no-explicit-any
  readonly attrs: any;
  /** The backend. */
  readonly backend: unknown;
}

/** Makes a kernel from the one that it replaces, if there is one. */
export type KernelMaker = (stock: KernelFunction | undefined) => KernelFunction;

/** Kernels of the backend as tfjs ships it, by name; `undefined` where it has none. */
const _stock = new Map<string, KernelFunction | undefined>();

/**
 * Replaces kernels of the WASM backend, and gives back those that an earlier call had replaced.
 *
 * @param kernels What to replace or add, by kernel name. What a maker does not want to compute itself
 * it passes on to the stock kernel.
 */
export function installKernels(kernels: Readonly<Record<string, KernelMaker>>): void {
  for (const [kernelName, stock] of _stock) _register(kernelName, stock);
  for (const [kernelName, make] of Object.entries(kernels)) {
    if (!_stock.has(kernelName)) {
      _stock.set(kernelName, _kernel(kernelName));
    }
    _register(kernelName, make(_stock.get(kernelName)));
  }
}

function _kernel(kernelName: string): KernelFunction | undefined {
  return tf.getKernel(kernelName, "wasm")?.kernelFunc as unknown as KernelFunction | undefined;
}

function _register(kernelName: string, kernel: KernelFunction | undefined): void {
  if (_kernel(kernelName) !== undefined) tf.unregisterKernel(kernelName, "wasm");
  if (kernel === undefined) return;
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: kernel as unknown as tf.KernelFunc,
  });
}

/**
 * Passes a call on to the stock kernel.
 *
 * @param kernelName For the message.
 * @param stock The stock kernel.
 * @param call The call.
 * @returns What the stock kernel returns.
 * @throws {Error} If tfjs has no such kernel on WASM.
 */
export function runStock(
  kernelName: string,
  stock: KernelFunction | undefined,
  call: KernelCall,
): tf.TensorInfo | tf.TensorInfo[] {
  if (stock === undefined) {
    throw new Error(`Cannot run ${kernelName} on backend wasm: no kernel takes these arguments`);
  }
  return stock(call);
}
