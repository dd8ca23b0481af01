import { setWasmPaths } from "npm:@tensorflow/tfjs-backend-wasm@4.22.0";
import { tf } from "../tf.ts";
import { tfjsSimd } from "./_modules.mjs";

/**
 * Starts tfjs's WASM backend from a module that was imported, where tfjs itself would read a file
 * inside its package: that would need the permission to read Deno's cache.
 *
 * tfjs has no way to be handed a module. It can be told to fetch through its platform, though, and then
 * instantiates what came: for the time of its start both answer with the module.
 *
 * @throws {Error} If the backend cannot be started.
 */
export async function startWasmBackend(): Promise<void> {
  if (tf.getBackend() === "wasm") return;
  const { platform } = tf.env();
  const { fetch } = platform, { instantiate } = WebAssembly;
  // In a page that may share memory, tfjs would want its module with threads.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths("", true);
  platform.fetch = () =>
    Promise.resolve(
      { ok: true, arrayBuffer: () => Promise.resolve(tfjsSimd) } as unknown as Response,
    );
  const handOver = async (module: unknown, imports: WebAssembly.Imports) =>
    module === tfjsSimd
      ? { module, instance: await instantiate(tfjsSimd, imports) }
      : await instantiate(module as BufferSource, imports);
  WebAssembly.instantiate = handOver as typeof WebAssembly.instantiate;
  try {
    if (!await tf.setBackend("wasm")) throw new Error("Cannot start the wasm backend of tfjs");
  } finally {
    platform.fetch = fetch;
    WebAssembly.instantiate = instantiate;
  }
}
