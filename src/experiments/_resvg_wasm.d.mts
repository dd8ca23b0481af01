/** The compiled renderer, not yet instantiated. */
export const resvgWasm: WebAssembly.Module;
