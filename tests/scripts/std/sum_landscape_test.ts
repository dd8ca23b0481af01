import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { storedEmdCnn } from "../../../scripts/std/stored_emd_cnn.ts";
import {
  landscapeFigure,
  landscapeTable,
  OUTPUT_SUMS,
  sumLandscape,
} from "../../../scripts/std/sum_landscape.ts";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";
import { buildEmdCnn, emdCnnSurrogate, emdCnnWeightsOf } from "../../../src/models/mod.ts";
import { shippedSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";

Deno.test("an EMD CNN is shown charges beside outputs of every sum", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildEmdCnn({ convLayers: 1, filters: 4, kernelSize: 3, denseUnits: 8, seed: 2 });
  const stored = await storedEmdCnn(await emdCnnWeightsOf(model), {});
  const { charges, ...table } = toyWafers("shower", 1, 1);
  const found = await sumLandscape({ name: "cnn", stored }, { charges, ...table });
  const x = normalise(charges, "power_of_two"), p = normalise(charges, "fraction");
  const surrogate = emdCnnSurrogate(model, { normaliseInput: false });
  for (const [k, sum] of OUTPUT_SUMS.entries()) {
    const [value] = await surrogate.value(x, p.map((fraction) => sum * fraction));
    assertAlmostEquals(found.itself[k], value, 1e-6);
    // The mean of one wafer is this wafer.
    assertAlmostEquals(found.constant[k], value, 1e-6);
  }
  const more = await sumLandscape({ name: "cnn", stored }, toyWafers("shower", 20, 1));
  assert(more.itself.every((loss, k) => Math.abs(loss - more.constant[k]) > 1e-6));
  model.dispose();
});

Deno.test("figure and table have the wafer itself beside the mean wafer", () => {
  const itself = OUTPUT_SUMS.map((_, k) => k), constant = OUTPUT_SUMS.map((_, k) => 10 + k);
  const landscapes = [{ name: "cnn", itself, constant }];
  const figure = landscapeFigure(landscapes);
  checkFigure(figure);
  assertEquals(figure.series.map((series) => series.kind === "line" && series.y), [
    itself,
    constant,
  ]);
  const lines = landscapeTable(landscapes).split("\n");
  assert(lines[0].startsWith("| loss as published | output | sum 0.25 | sum 0.5 |"));
  assert(lines[2].startsWith("| cnn | the wafer itself | 0.00 | 1.00 |"));
  assert(lines[3].startsWith("| cnn | the mean wafer | 10.00 | 11.00 |"));
});

Deno.test("no other surrogate can be shown charges", async () => {
  const stored = await shippedSurrogate("closed_form");
  await assertRejects(
    () => sumLandscape({ name: "closed_form", stored }, toyWafers("shower", 2, 1)),
    TypeError,
  );
});
