import type { WasmHeap } from "./heap.ts";
import type { KernelPack } from "./pack.ts";

/** A matrix in the heap: where it begins, and by how many floats its rows and columns are apart. */
export interface MatrixView {
  /** Address in bytes. */
  readonly address: number;
  /** Floats from a row to the next. */
  readonly row: number;
  /** Floats from a column to the next. */
  readonly column: number;
}

/** Products of matrices in the heap. */
export interface Products {
  /**
   * C = A B, or C += A B.
   *
   * @param m Rows of A and C.
   * @param n Columns of B and C.
   * @param k Columns of A, rows of B.
   * @param a A; one of its strides is 1.
   * @param b B; one of its strides is 1.
   * @param c C; its column stride is 1.
   * @param add Whether to add to C. Default false.
   */
  multiply(
    m: number,
    n: number,
    k: number,
    a: MatrixView,
    b: MatrixView,
    c: MatrixView,
    add?: boolean,
  ): void;
}

/** Columns that a tile of the pack's product is wide, and the depth of its blocks. */
const LANES = 8, DEPTH = 256, BLOCK = 64;

/**
 * Products by the kernel pack.
 *
 * @param heap The heap of the WASM backend.
 * @param pack The pack.
 * @returns The products.
 */
export function packProducts(heap: WasmHeap, pack: KernelPack): Products {
  return {
    multiply(m, n, k, a, b, c, add = false) {
      // deno-fmt-ignore
      pack.gemm(
        m, n, k, a.address, a.row, a.column, b.address, b.row, b.column, c.address, c.row, add ? 1 : 0,
        heap.scratch(DEPTH * (Math.ceil(n / LANES) * LANES + BLOCK)),
      );
    },
  };
}
