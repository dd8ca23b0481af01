import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { toyWafers } from "../../src/datasets/mod.ts";
import {
  buildEconAutoencoder,
  buildEmdCnn,
  emdCnnInference,
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

Deno.test("networks with several dense layers come back, and plain arrays agree", async () => {
  await useBackend({ backend: "wasm" });
  const options = { convLayers: 1, filters: 4, kernelSize: 1, denseLayers: 3, denseUnits: 8 };
  const network = buildEmdCnn({ ...options, seed: 6 });
  const x = toyWafers("shower", 40, 1).charges, y = toyWafers("shower", 40, 2).charges;
  const rows = tf.concat(
    [x, y].map((wafers) => tf.tensor2d([...normalise(wafers, "fraction")], [40, 48])),
    1,
  );
  // Running averages away from their start.
  for (let step = 0; step < 20; step++) tf.dispose(network.apply(rows, true));
  const weights = await emdCnnWeightsOf(network);
  assertEquals(weights.moreDense?.map(({ kernel }) => kernel.length), [64, 64]);
  const restored = loadEmdCnn(weights);
  const estimates = restored.apply(rows, false).dataSync();
  const expected = network.apply(rows, false).dataSync();
  const plain = emdCnnInference(weights).predict(x, y);
  estimates.forEach((value, k) => {
    assertAlmostEquals(value, expected[k], 1e-6);
    assertAlmostEquals(value, plain[k], 1e-5);
  });
  assertEquals("moreDense" in await emdCnnWeightsOf(buildEmdCnn({ filters: 2 })), false);
  network.dispose();
  restored.dispose();
});

Deno.test("networks of another kind are refused", async () => {
  await useBackend({ backend: "wasm" });
  await assertRejects(
    () => emdCnnWeightsOf(buildEconAutoencoder()),
    TypeError,
    "Cannot read the weights of econ_autoencoder: it must be an EMD CNN",
  );
  const weights = await emdCnnWeightsOf(buildEmdCnn({ filters: 2, denseUnits: 2 }));
  assertThrows(
    () => loadEmdCnn({ ...weights, epsilon: 1e-5 }),
    RangeError,
    "Cannot load an EMD CNN: epsilon must be 0.001, current value is 0.00001",
  );
});
