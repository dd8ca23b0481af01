import { assert, assertEquals } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { buildEmdCnn } from "../../../src/models/emd_cnn.ts";
import { emdCnnRecipe } from "../../../src/models/surrogates/emd_cnn_recipe.ts";
import { emdCnnSurrogate } from "../../../src/models/surrogates/emd_cnn_surrogate.ts";
import { modelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";

Deno.test("the paper's network is trained, stored and made anew with the same estimates", async () => {
  await useBackend({ backend: "wasm" });
  const wafers = toyWafers("shower", 60, 1);
  const losses: number[] = [];
  const { options, weights, facts } = await emdCnnRecipe.train({
    wafers,
    seed: 1,
    steps: 3,
    onProgress: ({ loss }) => losses.push(loss),
  });
  assertEquals(losses.length, 3);
  assert(Number.isFinite(facts.validationLoss as number));
  // Running averages belong to what is stored: three steps have moved them from 0 and 1.
  for (const name of ["conv1/mean", "conv1/variance", "dense1/variance"]) {
    assert(weights.get(name)!.values.some((value) => value !== 0 && value !== 1), name);
  }
  const restored = [1, 2].map(() =>
    emdCnnRecipe.restore({ kind: "emd_cnn", options, provenance: {}, weights })
  );
  const rows = normalise(wafers.charges, "fraction");
  const [x, y] = [rows.subarray(0, 48 * 5), rows.subarray(48 * 5, 48 * 10)];
  const values = await Promise.all(restored.map(async (each) => await (await each).value(x, y)));
  assertEquals(values[0], values[1]);
  assert(values[0].every(Number.isFinite));
  for (const each of restored) (await each).dispose();
});

Deno.test("a network of another shape is made anew, and shown rows as published", async () => {
  await useBackend({ backend: "wasm" });
  const shape = { convLayers: 2, filters: 3, kernelSize: 3, denseLayers: 2, denseUnits: 5 };
  const model = buildEmdCnn({ ...shape, seed: 3 });
  const stored = { kind: "emd_cnn", provenance: {}, weights: await modelWeights(model) } as const;
  const rows = normalise(toyWafers("shower", 6, 2).charges, "power_of_two");
  const [x, y] = [rows.subarray(0, 48 * 3), rows.subarray(48 * 3)];
  for (const normaliseInput of [true, false]) {
    const restored = await emdCnnRecipe.restore({
      ...stored,
      options: { ...shape, normaliseInput },
    });
    assertEquals(restored.domain, normaliseInput ? "simplex" : "charge");
    const [a, b] = normaliseInput ? [x, y].map((rows) => normalise(rows, "fraction")) : [x, y];
    const expected = emdCnnSurrogate(model, { normaliseInput });
    assertEquals(await restored.value(a, b), await expected.value(a, b));
    restored.dispose();
  }
  model.dispose();
});
