import { assertEquals } from "@std/assert";
import { networkFolder, type WantedNetwork } from "../../../scripts/std/trained_networks.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { DEFAULT_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { econFormats } from "../../../src/models/published/econ_formats.ts";
import { shippedSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const CODE = permission({ name: "read", path: new URL("../../../", import.meta.url) });

testNeeding([CODE], "a network lies apart from each that could be another one", async () => {
  const wanted: WantedNetwork = {
    name: "exact_emd",
    wafers: toyWafers("shower", 10, 1),
    architecture: { formats: econFormats(), decoder: { kind: "convolutional" }, conditions: [] },
    loss: "exact_emd",
    recipe: DEFAULT_RECIPE,
    steps: 3,
    seed: 1,
  };
  const stored = await shippedSurrogate("closed_form");
  const [terms, weight] = [...stored.weights][0];
  const other = { ...weight, values: weight.values.map((value) => 2 * value) };
  const changes: Partial<WantedNetwork>[] = [
    { wafers: toyWafers("shower", 10, 2) },
    { architecture: { ...wanted.architecture, decoder: { kind: "dense", units: [8] } } },
    { loss: "telescope_mse" },
    { loss: stored },
    { loss: { ...stored, weights: new Map([[terms, other]]) } },
    { recipe: { ...DEFAULT_RECIPE, rate: { peak: 1e-5 } } },
    { steps: 4 },
    { seed: 2 },
  ];
  const folder = (change: Partial<WantedNetwork>, backend = "wasm") =>
    networkFolder({ ...wanted, ...change }, backend);
  const folders = await Promise.all([
    folder({}),
    folder({}, "blas"),
    ...changes.map((change) => folder(change)),
  ]);
  assertEquals(new Set(folders).size, changes.length + 2);
  assertEquals(await folder({ name: "as another figure calls it" }), folders[0]);
});
