import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  publishedReconstruction,
  reconstructionPairs,
  trainedReconstruction,
} from "../../../scripts/std/reconstruction_pairs.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { waferEmd } from "../../../src/wafer/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../../models/_published.ts";

Deno.test("pairs are wafers and what was made of them, as fractions, with exact EMDs", () => {
  const { charges } = toyWafers("shower", 5, 1);
  const { x, y, emd, count } = reconstructionPairs(
    charges,
    (wafers) => Float32Array.from(wafers, (charge) => 7 * charge + 0.1),
  );
  assertEquals(count, 5);
  for (let pair = 0; pair < 5; pair++) {
    const [begin, end] = [48 * pair, 48 * pair + 48];
    const wafer = charges.subarray(begin, end);
    const sum = wafer.reduce((a, b) => a + b);
    assertAlmostEquals(x[begin + 3], wafer[3] / sum, 1e-7);
    const expected = waferEmd(wafer, wafer.map((charge) => charge + 0.1 / 7)).value;
    assertAlmostEquals(emd[pair], expected, 1e-5);
    assertAlmostEquals(y.subarray(begin, end).reduce((a, b) => a + b), 1, 1e-5);
  }
});

Deno.test("an autoencoder of some seconds is nearer to its wafers than even charge", async () => {
  await useBackend({ backend: "wasm" });
  const known = toyWafers("shower", 300, 1).charges, other = toyWafers("shower", 50, 2).charges;
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b) / values.length;
  const reconstruct = await trainedReconstruction(known, 1);
  const emd = mean(reconstructionPairs(other, reconstruct).emd);
  const even = mean(reconstructionPairs(other, () => new Float64Array(50 * 48).fill(1)).emd);
  assert(emd < 0.8 * even, `${emd}, of even charge ${even}`);
});

const TABLE = "peer_tables/published_autoencoders.json";

for (
  const [file, bits] of [["autoencoder_float", null], ["autoencoder_5bit", 5]] as const
) {
  const needs = [referenceData(`peer_networks/${file}.f32`), referenceData(TABLE)];
  testNeeding(needs, `the published ${file} is as far from its wafers as published`, () => {
    const { cases } = readReferenceJson(TABLE) as {
      cases: { x: number[]; weight_bits: number | null; emd_pot: number }[];
    };
    const ours = cases.filter(({ weight_bits }) => weight_bits === bits);
    assert(ours.length > 0);
    const charges = Float64Array.from(ours.flatMap(({ x }) => x));
    const reconstruct = publishedReconstruction(readReferenceWeights(file), bits !== null);
    const { emd } = reconstructionPairs(charges, reconstruct);
    ours.forEach(({ emd_pot }, pair) => assertAlmostEquals(emd[pair], emd_pot, 1e-3));
  });
}
