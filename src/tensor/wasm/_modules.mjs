// @ts-self-types="./_modules.d.mts"
// Plain JavaScript, because the type checker does not know `import source` yet. Modules come as
// imports, so that no permission is needed to read them, from a file or from a URL.
import source relaxed from "../kernels/relaxed.wasm";
import source simd from "../kernels/simd.wasm";
import source tfjsSimd from "npm:@tensorflow/tfjs-backend-wasm@4.22.0/dist/tfjs-backend-wasm-simd.wasm";

export { relaxed, simd, tfjsSimd };
