import { tf } from "../tf.ts";
import type { WasmHeap } from "./heap.ts";
import { type KernelMaker, runStock } from "./kernel.ts";
import type { KernelPack } from "./pack.ts";

/**
 * Kernels of biases: `Sum` over leading axes, which is a bias's gradient, and `Add` of a vector to the
 * last axis. Other sums go to the stock kernels.
 *
 * @param heap The heap.
 * @param pack The kernel pack.
 * @returns Makers by kernel name.
 */
export function rowKernels(heap: WasmHeap, pack: KernelPack): Record<string, KernelMaker> {
  const sum: KernelMaker = (stock) => (call) => {
    const { x } = call.inputs as { x: tf.TensorInfo };
    const { axis, keepDims } = call.attrs;
    const axes = tf.util.parseAxisParam(axis, [...x.shape]);
    const isLeading = axes.length > 0 && axes.length < x.shape.length &&
      axes.every((a, i) => a === i);
    const kept = x.shape.slice(axes.length), columns = tf.util.sizeFromShape(kept);
    if (x.dtype !== "float32" || !isLeading || columns === 0) return runStock("Sum", stock, call);
    const out = heap.output([...(keepDims ? axes.map(() => 1) : []), ...kept]);
    const rows = tf.util.sizeFromShape([...x.shape]) / columns;
    pack.sum_rows(rows, columns, heap.address(x), heap.address(out));
    return out;
  };

  const add: KernelMaker = (stock) => (call) => {
    const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const columns = a.shape[a.shape.length - 1];
    const isBias = a.dtype === "float32" && b.dtype === "float32" && b.shape.length === 1 &&
      b.shape[0] === columns && a.shape.length > 1 && columns > 0;
    if (!isBias) return runStock("Add", stock, call);
    const out = heap.output(a.shape);
    const rows = tf.util.sizeFromShape([...a.shape]) / columns;
    pack.add_to_rows(rows, columns, heap.address(a), heap.address(b), heap.address(out));
    return out;
  };

  return { Sum: sum, Add: add };
}
