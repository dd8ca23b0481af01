// Takes the place of src/tensor/wasm/_modules.mjs when the page is bundled (import_map.json): browsers
// cannot import modules of WebAssembly yet, so that their bytes are part of the script.
import relaxedBytes from "../src/tensor/kernels/relaxed.wasm" with { type: "bytes" };
import simdBytes from "../src/tensor/kernels/simd.wasm" with { type: "bytes" };
import tfjsBytes from "npm:@tensorflow/tfjs-backend-wasm@4.22.0/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};

if (!WebAssembly.validate(simdBytes)) {
  throw new Error("Cannot train: this browser has no SIMD in WebAssembly");
}

/** Not every browser has relaxed SIMD; then nobody asks for this one. */
export const relaxed = WebAssembly.validate(relaxedBytes)
  ? new WebAssembly.Module(relaxedBytes)
  : undefined;
export const simd = new WebAssembly.Module(simdBytes);
export const tfjsSimd = new WebAssembly.Module(tfjsBytes);
