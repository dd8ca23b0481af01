import { assertEquals } from "@std/assert";
import { tf } from "../../../src/tensor/mod.ts";
import { startWasmBackend } from "../../../src/tensor/wasm/start.ts";

Deno.test("the backend starts without reading a file, and leaves all as it was", async () => {
  const { fetch } = tf.env().platform, { instantiate } = WebAssembly;
  await startWasmBackend();
  assertEquals(tf.getBackend(), "wasm");
  assertEquals(tf.env().platform.fetch === fetch, true);
  assertEquals(WebAssembly.instantiate === instantiate, true);
  await startWasmBackend();
  assertEquals([...tf.square(tf.tensor1d([3])).dataSync()], [9]);
});
