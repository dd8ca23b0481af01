import { assertEquals, assertThrows } from "@std/assert";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { installKernels, runStock } from "../../../src/tensor/wasm/kernel.ts";

Deno.test("a replaced kernel is used, and given back by the next choice", async () => {
  await useBackend({ backend: "wasm" });
  installKernels({
    Neg: () => () => tf.tensor1d([42]),
    // Passes on what it does not want.
    Abs: (stock) => (call) => runStock("Abs", stock, call),
  });
  assertEquals([...tf.neg(tf.tensor1d([1])).dataSync()], [42]);
  assertEquals([...tf.abs(tf.tensor1d([-1])).dataSync()], [1]);
  await useBackend({ backend: "wasm" });
  assertEquals([...tf.neg(tf.tensor1d([1])).dataSync()], [-1]);
});

Deno.test("what neither we nor tfjs compute is told by name", () => {
  const call = { inputs: {}, attrs: {}, backend: undefined };
  assertThrows(
    () => runStock("Conv2DBackpropFilter", undefined, call),
    Error,
    "Cannot run Conv2DBackpropFilter on backend wasm: no kernel takes these arguments",
  );
});
