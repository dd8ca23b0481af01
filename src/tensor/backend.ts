/**
 * Which machine computes tensors: one adapter for all backends, so that models and training are the
 * same code on each.
 *
 * @module
 */
import "npm:@tensorflow/tfjs-backend-cpu@4.22.0";

import { registerBatchNormGradient } from "./batch_norm.ts";
import { registerReluGradient } from "./gate_gradient.ts";
import { tf } from "./tf.ts";
import { batchNormKernels } from "./wasm/batch_norm_kernels.ts";
import { composedKernels } from "./wasm/composed_kernels.ts";
import { convKernels } from "./wasm/conv_kernels.ts";
import { elementKernels } from "./wasm/element_kernels.ts";
import { WasmHeap } from "./wasm/heap.ts";
import { installKernels } from "./wasm/kernel.ts";
import { matMulKernel } from "./wasm/matmul_kernel.ts";
import { bestBuild, type KernelPack, loadKernelPack, type PackBuild } from "./wasm/pack.ts";
import { packProducts, type Products } from "./wasm/products.ts";
import { rowKernels } from "./wasm/row_kernels.ts";
import { segmentSumKernel } from "./wasm/segment_kernel.ts";
import { startWasmBackend } from "./wasm/start.ts";

/** The backends by name. */
export const BACKENDS = ["auto", "wasm", "blas", "webgpu", "cpu"] as const;

/** Name of a backend; `auto` is `blas` where it may and can be used, else `wasm`. */
export type BackendName = typeof BACKENDS[number];

/** Options of {@linkcode useBackend}. */
export interface BackendOptions {
  /**
   * Which backend.
   *
   * @default {"auto"}
   */
  readonly backend?: BackendName | undefined;
  /** Path or name of the BLAS library. Default: the usual ones are tried. */
  readonly blas?: string | undefined;
  /**
   * Threads of the BLAS library.
   *
   * @default {1}
   */
  readonly threads?: number | undefined;
  /**
   * Kernels of the WASM backend: a build of the pack, or `composed` of tfjs's own, without the pack.
   * Default: the best build that the engine can run.
   */
  readonly kernels?: PackBuild | "composed" | undefined;
}

/** The backend that is in use. */
export interface Backend {
  /** Which one: never `auto`. */
  readonly name: Exclude<BackendName, "auto">;
  /** What computes, for results: for example `"wasm (relaxed SIMD)"`. */
  readonly description: string;
  /** Why this one, as a sentence without a full stop. */
  readonly reason: string;
}

/** What opens a library; loaded in Deno only. */
type _OpenBlas = typeof import("./blas_deno.ts").openBlas;

let _heap: WasmHeap | undefined;
const _packs = new Map<PackBuild, KernelPack>();

/**
 * Chooses what computes tensors, and completes it: kernels that tfjs lacks or has slow are supplied.
 *
 * - `wasm`: needs nothing but tfjs. Products, convolutions, batch normalisation and Adam are the
 *   project's own kernels.
 * - `blas`: the same, with large products done by a BLAS library of the machine; needs `--allow-ffi`.
 *   Where it cannot be had, `wasm` takes its place and the reason says why.
 * - `webgpu`: a graphics processor; needs an adapter. Read results with `await tensor.data()`.
 * - `cpu`: plain JavaScript, hundreds of times slower; the reference of the tests.
 *
 * Tensors do not move with a change of backend: make models afterwards.
 *
 * @param options Which backend, which library.
 * @returns What is in use, and why.
 * @throws {RangeError} If the name is not one of {@linkcode BACKENDS}.
 * @throws {Error} If `webgpu` was asked for and there is no adapter.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * const { name } = await useBackend({ backend: "wasm" });
 * assertEquals(name, "wasm");
 * const product = tf.matMul([[1, 2]], [[3], [4]]);
 * assertEquals(product.dataSync()[0], 11);
 * ```
 */
export async function useBackend(options: BackendOptions = {}): Promise<Backend> {
  const { backend = "auto" } = options;
  if (!BACKENDS.includes(backend)) {
    throw new RangeError(
      `Cannot use a backend: its name must be one of ${
        BACKENDS.join(", ")
      }, current value is ${backend}`,
    );
  }
  registerReluGradient();
  registerBatchNormGradient();
  if (backend === "cpu") return await _useCpu();
  if (backend === "webgpu") return await _useWebGpu();
  return await _useWasm(backend, options);
}

async function _useCpu(): Promise<Backend> {
  // At its first tensor it would advise to install tfjs's Node package, which Deno cannot load.
  tf.env().set("PROD", true);
  await tf.setBackend("cpu");
  tf.dispose(tf.scalar(0));
  tf.env().set("PROD", false);
  return { name: "cpu", description: "cpu (tfjs)", reason: "It was asked for" };
}

async function _useWebGpu(): Promise<Backend> {
  const adapter = await (navigator as { gpu?: GPU }).gpu?.requestAdapter();
  if (!adapter) {
    throw new Error("Cannot use backend webgpu: this machine shows no adapter");
  }
  // Named by a variable, so that only who asks for it downloads it.
  const specifier = "npm:@tensorflow/tfjs-backend-webgpu@4.22.0";
  await import(specifier);
  if (!await tf.setBackend("webgpu")) {
    throw new Error("Cannot use backend webgpu: it could not be started");
  }
  const { vendor, architecture, description } = adapter.info;
  const device = [vendor, architecture, description].filter((text) => text !== "").join(" ");
  return {
    name: "webgpu",
    description: `webgpu (${device || "unnamed adapter"})`,
    reason: "It was asked for",
  };
}

async function _useWasm(backend: "auto" | "wasm" | "blas", options: BackendOptions) {
  await startWasmBackend();
  const heap = _heap ??= new WasmHeap();
  const build = _choosePack(heap, options.kernels);
  if (build === undefined) {
    installKernels({ ...composedKernels(), UnsortedSegmentSum: segmentSumKernel(heap) });
    return {
      name: "wasm",
      description: "wasm (tfjs's own kernels)",
      reason: options.kernels === "composed" ? "It was asked for" : "This engine has no SIMD",
    } as const;
  }
  const pack = _packs.get(build)!;
  const products = packProducts(heap, pack);
  const blas = backend === "wasm" ? undefined : await _openBlas(heap, products, options);
  const library = typeof blas === "object" ? blas.products : undefined;
  installKernels(_packKernels(heap, pack, products, library));
  if (typeof blas === "object") {
    return {
      name: "blas",
      description: `blas (${blas.library} for large products, ${_words(build)} for the rest)`,
      reason: backend === "blas" ? "It was asked for" : "Foreign functions are allowed",
    } as const;
  }
  return {
    name: "wasm",
    description: `wasm (${_words(build)})`,
    reason: backend === "wasm" ? "It was asked for" : `Backend blas cannot be used: ${blas}`,
  } as const;
}

function _packKernels(heap: WasmHeap, pack: KernelPack, products: Products, library?: Products) {
  return {
    BatchMatMul: matMulKernel(heap, library ?? products),
    ...convKernels(heap, pack, library),
    ...rowKernels(heap, pack),
    ...batchNormKernels(heap, pack),
    ...elementKernels(heap, pack),
    UnsortedSegmentSum: segmentSumKernel(heap),
  };
}

/** The build in use, loaded; `undefined` for kernels composed of tfjs's own. */
function _choosePack(heap: WasmHeap, kernels: BackendOptions["kernels"]): PackBuild | undefined {
  if (kernels === "composed") return undefined;
  const build = kernels ?? bestBuild();
  try {
    if (!_packs.has(build)) _packs.set(build, loadKernelPack(heap, build));
    return build;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

async function _openBlas(heap: WasmHeap, products: Products, options: BackendOptions) {
  if (!("Deno" in globalThis)) return "foreign functions need Deno";
  const { openBlas }: { openBlas: _OpenBlas } = await import("./blas_deno.ts");
  return openBlas(heap, products, { library: options.blas, threads: options.threads });
}

function _words(build: PackBuild): string {
  return build === "relaxed" ? "relaxed SIMD" : "SIMD";
}
