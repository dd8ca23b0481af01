/**
 * Backend `blas`: every test of kernels and networks once more, with a BLAS library beside plain WASM,
 * and what happens where there is none. On Debian: `apt-get install libopenblas0`.
 */
import { assert, assertEquals } from "@std/assert";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { testNeeding } from "../_support/skips.ts";
import { WASM_VARIANTS } from "../tensor/_backends.ts";
import "../tensor/wasm/conv_kernels_test.ts";
import "../tensor/wasm/matmul_kernel_test.ts";
import "../models/econ_autoencoder_test.ts";
import "../models/emd_cnn_test.ts";

const HAS_BLAS = WASM_VARIANTS.some(({ backend }) => backend === "blas");
const NEEDS = [HAS_BLAS ? undefined : "no BLAS library (on Debian: apt-get install libopenblas0)"];

testNeeding(NEEDS, "auto takes the library, and says which", async () => {
  const { name, description, reason } = await useBackend({ backend: "auto" });
  assertEquals([name, reason], ["blas", "Foreign functions are allowed"]);
  assert(description.includes("for large products"), description);
});

testNeeding(NEEDS, "products with a single row, column or depth are products", async () => {
  await useBackend({ backend: "blas" });
  for (const [m, n, k] of [[1, 5, 7], [5, 1, 7], [5, 7, 1], [1, 1, 9], [1, 9, 1], [9, 1, 1]]) {
    for (const [ta, tb] of [[false, false], [true, false], [false, true], [true, true]]) {
      const a = tf.range(0, m * k), b = tf.range(0, k * n);
      const product = tf.matMul(
        tf.reshape(a, ta ? [k, m] : [m, k]),
        tf.reshape(b, tb ? [n, k] : [k, n]),
        ta,
        tb,
      ).dataSync();
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let l = 0; l < k; l++) {
            sum += (ta ? l * m + i : i * k + l) * (tb ? j * k + l : l * n + j);
          }
          assertEquals(product[i * n + j], sum, `${m} ${n} ${k} ${ta} ${tb}`);
        }
      }
    }
  }
});

Deno.test("a library that is not there falls back to wasm with one clear line", async () => {
  const { name, reason } = await useBackend({ backend: "blas", blas: "libno_such_blas.so" });
  assertEquals(name, "wasm");
  assert(
    reason.startsWith("Backend blas cannot be used: ") && reason.includes("libno_such_blas.so"),
    reason,
  );
});

Deno.test("a library without the symbol falls back to wasm with one clear line", async () => {
  const { name, reason } = await useBackend({ backend: "blas", blas: "libm.so.6" });
  assertEquals(name, "wasm");
  assert(reason.includes("cblas_sgemm"), reason);
});
