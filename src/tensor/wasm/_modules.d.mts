/** The kernel pack with relaxed SIMD. */
export const relaxed: WebAssembly.Module;
/** The kernel pack with SIMD alone. */
export const simd: WebAssembly.Module;
/** The WASM backend of tfjs, with SIMD. */
export const tfjsSimd: WebAssembly.Module;
