import { assert, assertEquals } from "@std/assert";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { WasmHeap } from "../../../src/tensor/wasm/heap.ts";

Deno.test("tensors are seen where they lie", async () => {
  await useBackend({ backend: "wasm" });
  const heap = new WasmHeap();
  const x = tf.tensor1d([1, 2, 3]);
  assertEquals([...heap.view(x)], [1, 2, 3]);
  assertEquals(
    [...new Float32Array(heap.memory.buffer, heap.address(x), 3)],
    [1, 2, 3],
  );
  assertEquals([...heap.integers(tf.tensor1d([4, -5], "int32"))], [4, -5]);
  heap.view(x)[1] = 7;
  assertEquals([...x.dataSync()], [1, 7, 3]);
});

Deno.test("scratch room is aligned, holds what was asked for and grows", async () => {
  await useBackend({ backend: "wasm" });
  const heap = new WasmHeap();
  for (const floats of [10, 1000, 5, 1_000_000]) {
    const address = heap.scratch(floats);
    assertEquals(address % 64, 0);
    new Float32Array(heap.memory.buffer, address, floats).fill(1);
  }
  // Nobody else's numbers were overwritten.
  const x = tf.tensor1d([1, 2, 3]);
  new Float32Array(heap.memory.buffer, heap.scratch(1_000_000), 1_000_000).fill(9);
  assertEquals([...x.dataSync()], [1, 2, 3]);
});

Deno.test("tables stay, also when the memory grows", async () => {
  await useBackend({ backend: "wasm" });
  const heap = new WasmHeap();
  const address = heap.keep(Int32Array.of(1, -2, 3));
  const before = heap.memory.buffer.byteLength;
  heap.allocate(before);
  assert(heap.memory.buffer.byteLength > before);
  assertEquals([...new Int32Array(heap.memory.buffer, address, 3)], [1, -2, 3]);
});
