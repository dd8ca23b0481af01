import { assertEquals } from "@std/assert";
import { openBlas } from "../../src/tensor/blas_deno.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { WasmHeap } from "../../src/tensor/wasm/heap.ts";
import { loadKernelPack } from "../../src/tensor/wasm/pack.ts";
import { packProducts } from "../../src/tensor/wasm/products.ts";
import { permission, testNeeding } from "../_support/skips.ts";

/** With the permission, `tests/system/blas_system.ts` tests what a library computes. */
const DENIED = permission({ name: "ffi" }) === undefined ? "foreign functions allowed" : undefined;

testNeeding(
  [DENIED],
  "without the permission nothing is opened, and the reason says so",
  async () => {
    await useBackend({ backend: "wasm" });
    const heap = new WasmHeap();
    const products = packProducts(heap, loadKernelPack(heap));
    assertEquals(openBlas(heap, products), "--allow-ffi is missing");
    assertEquals(openBlas(heap, products, { library: "libm.so.6" }), "--allow-ffi is missing");
  },
);
