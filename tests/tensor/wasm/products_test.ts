import { assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "../../../src/tensor/mod.ts";
import { WasmHeap } from "../../../src/tensor/wasm/heap.ts";
import { loadKernelPack } from "../../../src/tensor/wasm/pack.ts";
import { packProducts } from "../../../src/tensor/wasm/products.ts";
import { seededNumbers } from "../_backends.ts";

Deno.test("products of parts of larger matrices, and sums with what was there", async () => {
  await useBackend({ backend: "wasm" });
  const heap = new WasmHeap(), products = packProducts(heap, loadKernelPack(heap));
  const [m, n, k, width] = [7, 10, 300, 320];
  const a = seededNumbers(m * width, 1), b = seededNumbers(n * width, 2);
  const [aAt, bAt, cAt] = [a, b, new Float32Array(m * width)].map((values) => {
    const address = heap.allocate(values.byteLength);
    new Float32Array(heap.memory.buffer, address, values.length).set(values);
    return address;
  });
  const c = () => new Float32Array(heap.memory.buffer, cAt, m * width).slice();
  for (const times of [1, 2]) {
    products.multiply(
      m,
      n,
      k,
      { address: aAt + 12, row: width, column: 1 },
      { address: bAt, row: 1, column: width },
      { address: cAt, row: width, column: 1 },
      times === 2,
    );
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a[i * width + l + 3] * b[j * width + l];
        assertAlmostEquals(c()[i * width + j], times * sum, 1e-4);
      }
      // Nothing beyond the columns of C was touched.
      assertEquals(c().subarray(i * width + n, (i + 1) * width).every((v) => v === 0), true);
    }
  }
});
