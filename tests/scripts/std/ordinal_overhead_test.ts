import { assert, assertEquals } from "@std/assert";
import { ordinalOverhead } from "../../../scripts/std/ordinal_overhead.ts";
import { useBackend } from "../../../src/tensor/mod.ts";

Deno.test("ordinalOverhead() has a number for each method", async () => {
  await useBackend({ backend: "wasm" });
  const rows = {
    inputs: new Float32Array(48 * 8).fill(1),
    labels: Uint8Array.from({ length: 8 }, (_, k) => k % 2),
  };
  const training = {
    rows: 8,
    batchSize: 4,
    epochs: 1,
    learningRate: 1e-3,
    sensitivity: 1,
    bias: 0,
  };
  const methods = ["squared EMD", "learned matrix"] as const;
  const overhead = await ordinalOverhead(methods, training, 2, rows, 2);
  assertEquals(Object.keys(overhead), [...methods]);
  assert(Object.values(overhead).every((percent) => percent > -100 && percent < Infinity));
});
