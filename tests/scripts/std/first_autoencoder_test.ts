import { assert, assertEquals } from "@std/assert";
import { firstAutoencoder } from "../../../scripts/std/first_autoencoder.ts";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { autoencoderLoss } from "../../../src/models/autoencoder/autoencoder_loss.ts";
import { loadEconAutoencoder } from "../../../src/models/autoencoder/load_autoencoder.ts";
import { autoencoderTraining, DEFAULT_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { econFormats } from "../../../src/models/published/econ_formats.ts";
import { modelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { useBackend } from "../../../src/tensor/mod.ts";

const WAFERS = toyWafers("shower", 10, 1);

for (const decoder of [{ kind: "convolutional" }, { kind: "dense", units: [7, 5] }] as const) {
  const architecture = { formats: econFormats(), decoder, conditions: [] };
  const first = { architecture, recipe: DEFAULT_RECIPE, seed: 3 };

  Deno.test(`${decoder.kind}: the first autoencoder is what training begins with`, async () => {
    await useBackend({ backend: "wasm" });
    const loss = await autoencoderLoss("exact_emd");
    const { model } = autoencoderTraining({ ...first, wafers: WAFERS, loss, steps: 1 });
    const { weights } = await firstAutoencoder(first);
    assertEquals([...weights.keys()], [...model.parameters.keys()]);
    for (const [name, { values }] of await modelWeights(model)) {
      assert(values.every((value, k) => value === weights.get(name)!.values[k]), name);
    }
    model.dispose();
  });

  Deno.test(`${decoder.kind}: what it is told changes nothing before the first step`, async () => {
    await useBackend({ backend: "wasm" });
    const told = await firstAutoencoder({
      ...first,
      architecture: { ...architecture, conditions: ["total", "eta"] },
    });
    const autoencoder = await loadEconAutoencoder(told);
    const expected = (await loadEconAutoencoder(await firstAutoencoder(first)))
      .reconstruct(WAFERS.charges);
    for (const value of [0, 1, -7]) {
      const conditions = new Float32Array(20).fill(value);
      const found = autoencoder.reconstruct(WAFERS.charges, conditions);
      assert(found.every((fraction, k) => Math.abs(fraction - expected[k]) < 1e-7));
    }
  });
}
