import { assert, assertEquals } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { emdCnnRecipe } from "../../../src/models/surrogates/emd_cnn_recipe.ts";
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
