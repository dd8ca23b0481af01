// @ts-self-types="./_resvg_wasm.d.mts"
// Plain JavaScript, because the type checker does not know `import source` yet. The module comes as
// an import, so that no permission is needed to read it, from a file or from a URL.
import source resvgWasm from "npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm";

export { resvgWasm };
