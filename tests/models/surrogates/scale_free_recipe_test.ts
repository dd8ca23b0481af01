import { assert, assertEquals, assertRejects } from "@std/assert";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { memoryStore } from "../../../src/experiments/store.ts";
import { loadSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import { scaleFreeRecipe } from "../../../src/models/surrogates/scale_free_recipe.ts";
import {
  readSurrogate,
  type StoredSurrogate,
  writeSurrogate,
} from "../../../src/models/surrogates/surrogate_files.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { waferEmdBatch } from "../../../src/wafer/emd_batch.ts";
import { permission, testNeeding } from "../../_support/skips.ts";
import { showerPairs } from "./_fractions.ts";

const CAN_READ = [permission({ name: "read", path: new URL("../../../src/", import.meta.url) })];

testNeeding(CAN_READ, "a short training of the scale-free network estimates EMDs", async () => {
  await useBackend({ backend: "wasm" });
  const losses: number[] = [];
  const trained = await scaleFreeRecipe.train({
    wafers: toyWafers("shower", 300, 11),
    seed: 1,
    steps: 80,
    onProgress: ({ loss }) => losses.push(loss),
  });
  assertEquals(losses.length, 80);
  assertEquals(trained.facts.steps, 80);

  const stored: StoredSurrogate = { kind: "scale_free", provenance: trained.facts, ...trained };
  const surrogate = await loadSurrogate(stored);
  const { x, y } = showerPairs(300, 1); // other showers
  const values = await surrogate.value(x, y);
  const { bias, sigma } = relativeDifference(values, waferEmdBatch(x, y).values);
  assert(Math.abs(bias) < 0.1 && sigma < 0.15, `bias ${bias}, sigma ${sigma}`);

  // Through a folder to the same bits.
  const store = memoryStore();
  await writeSurrogate(store, "net", {
    kind: "scale_free",
    options: trained.options,
    provenance: trained.facts,
    weights: trained.weights,
  });
  const again = await loadSurrogate(await readSurrogate(store, "net"));
  assertEquals(await again.value(x, y), values);
  surrogate.dispose();
  again.dispose();
});

Deno.test("the scale-free network is not restored of weights that are missing or of another size", async () => {
  await useBackend({ backend: "wasm" });
  const stored = (units: number, name: string): StoredSurrogate => ({
    kind: "scale_free",
    options: { units },
    provenance: {},
    weights: new Map([[name, { shape: [47, 2], values: new Float32Array(94) }]]),
  });
  await assertRejects(() => loadSurrogate(stored(2, "elsewhere")), TypeError, "hidden1/odd");
  await assertRejects(() => loadSurrogate(stored(3, "hidden1/odd")), TypeError, "takes 141 values");
  await assertRejects(() => loadSurrogate(stored(NaN, "hidden1/odd")), RangeError, "units");
});
