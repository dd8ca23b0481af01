/**
 * Products by a BLAS library of the machine, working in place on the heap of tfjs's WASM backend.
 * Needs `--allow-ffi`.
 *
 * @module
 */
import type { WasmHeap } from "./wasm/heap.ts";
import type { MatrixView, Products } from "./wasm/products.ts";

/** Where the usual libraries are found, best first: by name, so that the system's loader searches. */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  linux: ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so", "libblis.so.4"],
  darwin: [
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "libopenblas.dylib",
  ],
  windows: ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll"],
};

/** Functions by which libraries are told how many threads to use; each has one of them, or none. */
const THREAD_SETTERS = [
  "openblas_set_num_threads",
  "MKL_Set_Num_Threads",
  "bli_thread_set_num_threads",
] as const;

const SGEMM = {
  // deno-fmt-ignore
  parameters: [
    "i32", "i32", "i32", "i32", "i32", "i32", "f32", "usize", "i32", "usize", "i32", "f32", "usize", "i32",
  ],
  result: "void",
} as const;

/** The values that `cblas.h` gives these names. */
const ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112;

/** A library that was opened. */
export interface Blas {
  /** Path or name of the library. */
  readonly library: string;
  /** Its products; views whose strides no BLAS knows go elsewhere. */
  readonly products: Products;
}

/** Options of {@linkcode openBlas}. */
export interface OpenBlasOptions {
  /** Path or name of the library. Default: the usual ones are tried. */
  readonly library?: string | undefined;
  /**
   * Threads of the library.
   *
   * @default {1}
   */
  readonly threads?: number | undefined;
}

/**
 * Opens a BLAS library.
 *
 * @param heap The heap on which it shall work.
 * @param fallback Products for views that BLAS does not know.
 * @param options Which library, how many threads.
 * @returns The library, or the reason why there is none, as part of a sentence.
 */
export function openBlas(
  heap: WasmHeap,
  fallback: Products,
  options: OpenBlasOptions = {},
): Blas | string {
  const { threads = 1 } = options;
  const candidates = options.library === undefined
    ? CANDIDATES[Deno.build.os] ?? []
    : [options.library];
  const reasons: string[] = [];
  for (const library of candidates) {
    const { state } = Deno.permissions.querySync({ name: "ffi", path: library });
    if (state !== "granted") return "--allow-ffi is missing";
    try {
      const { symbols } = Deno.dlopen(library, { cblas_sgemm: SGEMM });
      _setThreads(library, threads);
      // Deno takes safe integers where it declares bigint.
      const sgemm = symbols.cblas_sgemm as unknown as (...numbers: number[]) => void;
      return { library, products: _products(heap, sgemm, fallback) };
    } catch (error) {
      reasons.push((error as Error).message.split("\n")[0]);
    }
  }
  return options.library === undefined
    ? `no BLAS was found (tried ${candidates.join(", ")})`
    : reasons[0];
}

function _setThreads(library: string, threads: number): void {
  for (const name of THREAD_SETTERS) {
    try {
      const setter = { [name]: { parameters: ["i32"], result: "void" } } as const;
      const { symbols } = Deno.dlopen(library, setter);
      (symbols[name] as (threads: number) => void)(threads);
      return;
    } catch {
      // Another library's function.
    }
  }
}

function _products(
  heap: WasmHeap,
  sgemm: (...numbers: number[]) => void,
  fallback: Products,
): Products {
  let buffer: ArrayBufferLike | undefined, base = 0;
  const native = (address: number) => {
    // The memory moves when it grows, and has another buffer then.
    if (heap.memory.buffer !== buffer) {
      buffer = heap.memory.buffer;
      base = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(buffer))));
    }
    return base + address;
  };
  return {
    multiply(m, n, k, a, b, c, add = false) {
      if (!_isKnown(a) || !_isKnown(b) || m === 0 || n === 0 || k === 0) {
        fallback.multiply(m, n, k, a, b, c, add);
        return;
      }
      const [transA, lda] = _layout(a, m, k), [transB, ldb] = _layout(b, k, n);
      // deno-fmt-ignore
      sgemm(
        ROW_MAJOR, transA, transB, m, n, k, 1, native(a.address), lda, native(b.address), ldb, add ? 1 : 0,
        native(c.address), Math.max(c.row, n),
      );
    },
  };
}

function _isKnown({ row, column }: MatrixView): boolean {
  return row === 1 || column === 1;
}

/** BLAS wants a leading dimension of at least a row's length, also where there is one row only. */
function _layout(
  { row, column }: MatrixView,
  rows: number,
  columns: number,
): [trans: number, leading: number] {
  return column === 1
    ? [NO_TRANSPOSE, Math.max(row, columns)]
    : [TRANSPOSE, Math.max(column, rows)];
}
