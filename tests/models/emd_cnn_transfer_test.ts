import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  buildEconAutoencoder,
  buildEmdCnn,
  emdCnnWeights,
  emdCnnWeightsOf,
  loadEmdCnn,
} from "../../src/models/mod.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { normalise } from "../../src/wafer/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";
import { readReferenceWeights } from "./_published.ts";

const TABLE = "peer_tables/published_emd_cnns.json";

for (const name of ["pair_mse", "ae_mse", "pair_msle"]) {
  const needs = [referenceData(`peer_networks/emd_cnn_${name}.f32`), referenceData(TABLE)];
  testNeeding(
    needs,
    `the published network ${name} on tensors gives its published numbers`,
    async () => {
      await useBackend({ backend: "wasm" });
      const { cases } = readReferenceJson(TABLE) as {
        cases: { x: number[]; y: number[]; emd_cnn: Record<string, number> }[];
      };
      const network = loadEmdCnn(emdCnnWeights(readReferenceWeights(`emd_cnn_${name}`)));
      const rows = cases.map(({ x, y }) =>
        [x, y].flatMap((charges) => [...normalise(Float64Array.from(charges), "fraction")])
      );
      const estimates = network.apply(tf.tensor2d(rows), false).dataSync();
      cases.forEach(({ emd_cnn: published }, k) => {
        const difference = Math.abs(estimates[k] / published[name] - 1);
        assert(difference < 1e-4, `pair ${k}: ${estimates[k]} against ${published[name]}`);
      });
      network.dispose();
    },
  );
}

Deno.test("weights come back as they went in, biases within running means", async () => {
  await useBackend({ backend: "wasm" });
  const network = buildEmdCnn({ convLayers: 2, filters: 4, kernelSize: 3, denseUnits: 8, seed: 5 });
  const weights = await emdCnnWeightsOf(network);
  const biased = {
    ...weights,
    convs: weights.convs.map((conv) => ({ ...conv, bias: conv.bias.map((_, i) => i / 8) })),
  };
  const restored = loadEmdCnn(biased);
  const again = await emdCnnWeightsOf(restored);
  assertEquals(again.dense, weights.dense);
  assertEquals(again.convs.map(({ kernel }) => kernel), weights.convs.map(({ kernel }) => kernel));
  again.convs.forEach(({ movingMean }) =>
    movingMean.forEach((mean, i) => assertAlmostEquals(mean, -i / 8))
  );
  network.dispose();
  restored.dispose();
});

Deno.test("networks of another kind are refused", async () => {
  await useBackend({ backend: "wasm" });
  await assertRejects(
    () => emdCnnWeightsOf(buildEconAutoencoder()),
    TypeError,
    "Cannot read the weights of econ_autoencoder: it must be an EMD CNN with one dense layer",
  );
  const weights = await emdCnnWeightsOf(buildEmdCnn({ filters: 2, denseUnits: 2 }));
  assertThrows(
    () => loadEmdCnn({ ...weights, epsilon: 1e-5 }),
    RangeError,
    "Cannot load an EMD CNN: epsilon must be 0.001, current value is 0.00001",
  );
});
