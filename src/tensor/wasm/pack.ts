/**
 * The kernel pack: products, convolutions and fused passes in C, compiled to WebAssembly SIMD, working
 * on the heap of tfjs's WASM backend. Sources and build: `src/tensor/kernels/`.
 *
 * @module
 */
import { relaxed, simd } from "./_modules.mjs";
import type { WasmHeap } from "./heap.ts";

/** The functions of the pack; addresses count bytes. The C sources say what each does. */
export interface KernelPack {
  gemm(...numbers: number[]): void;
  convolve(...numbers: number[]): void;
  convolve_kernel_gradient(...numbers: number[]): void;
  convolve_kernel_gradient_one_channel(...numbers: number[]): void;
  sum_rows(...numbers: number[]): void;
  add_to_rows(...numbers: number[]): void;
  batch_norm(...numbers: number[]): void;
  batch_norm_gradient(...numbers: number[]): void;
  adam(...numbers: number[]): void;
  fake_quantize(...numbers: number[]): void;
  gate_gradient(...numbers: number[]): void;
}

/** Which build of the pack: with fused multiply-add where the engine has relaxed SIMD, or without. */
export type PackBuild = "relaxed" | "simd";

/** Room for the pack's own stack; its functions keep a tile and a few pointers there. */
const STACK_BYTES = 1 << 16;

/** A module of one relaxed instruction: only an engine with relaxed SIMD finds it valid. */
const RELAXED_PROBE = Uint8Array.from(
  // deno-fmt-ignore
  [0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0,
    32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
);

/**
 * Puts the pack to work on a heap.
 *
 * @param heap The heap of the WASM backend.
 * @param build Which build. Default: the best.
 * @returns The functions.
 * @throws {WebAssembly.CompileError} If the engine has no SIMD.
 */
export function loadKernelPack(
  heap: WasmHeap,
  build: PackBuild = bestBuild(),
): KernelPack {
  const module = build === "relaxed" ? relaxed : simd;
  const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
  const stack = exports.__stack_pointer as WebAssembly.Global;
  stack.value = (heap.allocate(STACK_BYTES) + STACK_BYTES) & ~15;
  return exports as unknown as KernelPack;
}

/**
 * The best build that the engine can run.
 *
 * @returns `relaxed` where the engine has relaxed SIMD, else `simd`.
 */
export function bestBuild(): PackBuild {
  return WebAssembly.validate(RELAXED_PROBE) ? "relaxed" : "simd";
}
