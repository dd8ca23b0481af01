import { tf } from "../tf.ts";
import type { WasmHeap } from "./heap.ts";
import { type KernelMaker, runStock } from "./kernel.ts";
import type { MatrixView, Products } from "./products.ts";

/**
 * The kernel behind `tf.matMul`. The stock one takes 20 to 50 times as long where a factor is
 * transposed, as one is in every gradient of a product.
 *
 * @param heap The heap.
 * @param products What multiplies.
 * @returns The kernel's maker.
 */
export function matMulKernel(heap: WasmHeap, products: Products): KernelMaker {
  return (stock) => (call) => {
    const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
    const aBatch = a.shape.slice(0, -2), bBatch = b.shape.slice(0, -2);
    const aCount = tf.util.sizeFromShape(aBatch), bCount = tf.util.sizeFromShape(bBatch);
    const isPlain = a.dtype === "float32" && b.dtype === "float32" &&
      (aCount === 1 || bCount === 1 || tf.util.arraysEqual(aBatch, bBatch));
    if (!isPlain) return runStock("BatchMatMul", stock, call);
    const [aRows, aColumns] = a.shape.slice(-2), [bRows, bColumns] = b.shape.slice(-2);
    const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
    const n = transposeB ? bRows : bColumns;
    const batch = aCount >= bCount && aBatch.length >= bBatch.length ? aBatch : bBatch;
    const out = heap.output([...batch, m, n]);
    if (k === 0) heap.view(out).fill(0);
    const [aAt, bAt, cAt] = [a, b, out].map((tensor) => heap.address(tensor));
    const count = Math.max(aCount, bCount);
    for (let i = 0; i < count; i++) {
      products.multiply(
        m,
        n,
        k,
        _view(aAt + (aCount === 1 ? 0 : 4 * i * m * k), aColumns, transposeA),
        _view(bAt + (bCount === 1 ? 0 : 4 * i * k * n), bColumns, transposeB),
        { address: cAt + 4 * i * m * n, row: n, column: 1 },
      );
    }
    return out;
  };
}

function _view(address: number, columns: number, isTransposed: boolean): MatrixView {
  return isTransposed ? { address, row: 1, column: columns } : { address, row: columns, column: 1 };
}
