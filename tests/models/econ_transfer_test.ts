import { assertEquals, assertRejects } from "@std/assert";
import {
  buildEconAutoencoder,
  buildEmdCnn,
  econAutoencoderWeights,
  econAutoencoderWeightsOf,
  PUBLISHED_FORMATS,
  restoreEconAutoencoder,
} from "../../src/models/mod.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { normalise } from "../../src/wafer/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";
import { readReferenceWeights } from "./_published.ts";

Deno.test("weights come back as they went in", async () => {
  await useBackend({ backend: "wasm" });
  for (const formats of [PUBLISHED_FORMATS, undefined]) {
    const model = buildEconAutoencoder({ formats: formats ?? "float", seed: 2 });
    const weights = await econAutoencoderWeightsOf(model, formats);
    const restored = restoreEconAutoencoder(weights);
    assertEquals(await econAutoencoderWeightsOf(restored, formats), weights);
    const wafers = tf.fill([2, 48], 1 / 32);
    assertEquals(restored.apply(wafers, false).dataSync(), model.apply(wafers, false).dataSync());
    model.dispose();
    restored.dispose();
  }
});

const TABLE = "peer_tables/published_autoencoders.json";
testNeeding(
  [referenceData("peer_networks/autoencoder_5bit.f32"), referenceData(TABLE)],
  "the published 5-bit network on tensors gives its published latents, exactly",
  async () => {
    await useBackend({ backend: "wasm" });
    const { cases } = readReferenceJson(TABLE) as {
      cases: { x: number[]; model: string; latent: number[] }[];
    };
    const published = cases.filter(({ model }) =>
      model === "oliviaweng_baseline-end-of-life-quantized"
    );
    assertEquals(published.length, 25);
    const model = restoreEconAutoencoder(
      econAutoencoderWeights(readReferenceWeights("autoencoder_5bit"), PUBLISHED_FORMATS),
    );
    const wafers = published.map(({ x }) => [
      ...normalise(Float64Array.from(x), "power_of_two"),
    ]);
    const latents = [...model.encode(tf.tensor2d(wafers)).dataSync()];
    assertEquals(latents, published.flatMap(({ latent }) => latent));
    model.dispose();
  },
);

Deno.test("a network of another kind is refused", async () => {
  await useBackend({ backend: "wasm" });
  await assertRejects(
    () => econAutoencoderWeightsOf(buildEmdCnn({ filters: 2, denseUnits: 2 })),
    TypeError,
    "Cannot read the weights of emd_cnn: it must be an ECON-T autoencoder",
  );
});
