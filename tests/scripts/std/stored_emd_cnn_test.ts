import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { asPublished, storedEmdCnn } from "../../../scripts/std/stored_emd_cnn.ts";
import { toyWafers } from "../../../src/datasets/mod.ts";
import {
  buildEmdCnn,
  emdCnnInference,
  emdCnnSurrogate,
  emdCnnWeightsOf,
} from "../../../src/models/mod.ts";
import { loadSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";

const SHAPE = { convLayers: 2, filters: 3, kernelSize: 3, denseLayers: 2, denseUnits: 5 };

/** Weights with biases, which networks of our own have not. */
async function biasedWeights() {
  const model = buildEmdCnn({ ...SHAPE, seed: 1 });
  const weights = await emdCnnWeightsOf(model);
  model.dispose();
  const bias = Float32Array.of(0.3, -0.2, 0.1);
  return { ...weights, convs: weights.convs.map((conv) => ({ ...conv, bias })) };
}

Deno.test("a stored EMD CNN estimates what its weights do on plain arrays", async () => {
  await useBackend({ backend: "wasm" });
  const weights = await biasedWeights(), inference = emdCnnInference(weights);
  const stored = await storedEmdCnn(weights, { source: "a file" });
  assertEquals([stored.kind, stored.options], ["emd_cnn", SHAPE]);
  assertEquals(stored.provenance, { source: "a file" });
  const rows = normalise(toyWafers("shower", 8, 1).charges, "power_of_two");
  const x = rows.subarray(0, 192), y = rows.subarray(192);
  const shown = await loadSurrogate(asPublished(stored));
  const raw = await shown.value(x, y);
  const expected = await emdCnnSurrogate(weights, { normaliseInput: false }).value(x, y);
  raw.forEach((value, k) => assertAlmostEquals(value, expected[k], 1e-6));
  const found = await loadSurrogate(stored);
  const values = await found.value(normalise(x, "fraction"), normalise(y, "fraction"));
  const plain = inference.predict(x, y);
  plain.forEach((value, k) => assertAlmostEquals(values[k], value, 1e-5));
  assert(plain.some((value, k) => Math.abs(value - raw[k]) > 1e-3), "the sum makes a difference");
  found.dispose();
  shown.dispose();
});

Deno.test("only an EMD CNN can be shown rows as they are", async () => {
  const closedForm = {
    kind: "closed_form",
    options: {},
    provenance: {},
    weights: new Map(),
  } as const;
  assertThrows(() => asPublished(closedForm), TypeError, "current value is closed_form");
});
