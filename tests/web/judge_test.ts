import { assertAlmostEquals, assertEquals } from "@std/assert";
import { toyWafers } from "../../src/datasets/mod.ts";
import {
  type EconDecoderWeights,
  evaluateAutoencoder,
  loadEconAutoencoder,
  restoreEconAutoencoder,
} from "../../src/models/mod.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";
import { judge } from "../../web/judge.ts";

Deno.test("the median of a network on tensors is that of the network on plain arrays", async () => {
  await useBackend({ backend: "wasm" });
  const library = await loadEconAutoencoder();
  const { encoder, decoder } = library;
  const model = restoreEconAutoencoder({ encoder, decoder: decoder as EconDecoderWeights });
  const wafers = toyWafers("shower", 60, 1), charges = Float64Array.from(wafers.charges);
  const before = tf.memory().numTensors;
  const { step, median, reconstructions, emd } = judge(model, charges, 7, 3);
  assertEquals(tf.memory().numTensors, before);

  const expected = evaluateAutoencoder(library, wafers);
  assertEquals([step, emd.length, reconstructions.length], [7, 3, 3 * 48]);
  assertAlmostEquals(median, expected.median, 1e-4);
  emd.forEach((value, k) => assertAlmostEquals(value, expected.emd[k], 1e-4));
  const decoded = library.reconstruct(charges.subarray(0, 48));
  decoded.forEach((fraction, k) => assertAlmostEquals(reconstructions[k], fraction, 1e-5));
  model.dispose();
});
