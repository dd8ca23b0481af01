import { assertEquals } from "@std/assert";
import { useBackend } from "../../../src/tensor/mod.ts";
import { WasmHeap } from "../../../src/tensor/wasm/heap.ts";
import { bestBuild, loadKernelPack } from "../../../src/tensor/wasm/pack.ts";

Deno.test("this engine has relaxed SIMD", () => {
  assertEquals(bestBuild(), "relaxed");
});

for (const build of ["relaxed", "simd"] as const) {
  Deno.test(`${build}: the pack computes on the heap it was given`, async () => {
    await useBackend({ backend: "wasm" });
    const heap = new WasmHeap(), pack = loadKernelPack(heap, build);
    const address = heap.allocate(64);
    const numbers = () => new Float32Array(heap.memory.buffer, address, 16);
    numbers().set([1, 2, 3, 4, 5, 6]);
    pack.sum_rows(3, 2, address, address + 32);
    assertEquals([...numbers().subarray(8, 10)], [9, 12]);
  });
}
