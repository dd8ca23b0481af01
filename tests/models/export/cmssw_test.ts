import { assert, assertEquals, assertThrows } from "@std/assert";
import { cmsswGraphs } from "../../../src/models/export/cmssw.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
} from "../../../src/models/inference/mod.ts";
import type { EconAutoencoderWeights } from "../../../src/models/types.ts";
import { fromEncodingA, normalise, toEncodingA } from "../../../src/wafer/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";
import { randomEconWeights } from "../_random_weights.ts";
import { readGraph, runGraph } from "./_graph_model.ts";
import { codesOf, codesOfNothing, FORMATS, someWafers } from "./_wafers.ts";
import { assertSameNumbers } from "./_same_numbers.ts";

const REFERENCE = [
  referenceData("peer_networks/autoencoder_5bit.f32"),
  referenceData("peer_tables/published_autoencoders.json"),
];

Deno.test("a graph's input is its first node, its output its last, on which no other hangs", () => {
  const graphs = _export(randomEconWeights(4, PUBLISHED_FORMATS));
  const shapes = { encoder: [-1, 8, 8, 1], decoder: [1, 16] };
  for (const part of ["encoder", "decoder"] as const) {
    const { nodes } = readGraph(graphs[part]);
    const inputs = nodes.filter(({ op }) => op === "Placeholder");
    assertEquals(inputs, [nodes[0]]);
    assertEquals(inputs[0].attr, {
      dtype: { type: "DT_FLOAT" },
      shape: { shape: { dim: shapes[part].map((size) => ({ size })) } },
    });
    const names = nodes.map(({ name }) => name);
    assertEquals(new Set(names).size, names.length);
    const used = new Set(nodes.flatMap(({ input }) => input));
    assertEquals(names.filter((name) => !used.has(name)), [names.at(-1)]);
    for (const [k, { input }] of nodes.entries()) {
      assert(input.every((name) => names.indexOf(name) < k), "a node stands behind its inputs");
    }
  }
});

for (const [name, formats] of Object.entries(FORMATS)) {
  Deno.test(`the encoder's graph gives the integer encoder's latents: ${name}`, async () => {
    const weights = randomEconWeights(4, formats), spec = integerEncoderSpec(weights.encoder);
    const charges = someWafers(100);
    const { shape, values } = await _encode(weights, _images(charges));
    assertEquals(shape, [charges.length / 48, 16]);
    assertSameNumbers(_codes(values, spec.latentFractionBits), codesOf(spec, charges), 16);
    assertEquals(
      _codes((await _encode(weights, new Float32Array(64))).values, spec.latentFractionBits),
      codesOfNothing(spec),
    );
  });
}

Deno.test("the decoder's graph gives what inference without tensors gives", async () => {
  const weights = randomEconWeights(4, PUBLISHED_FORMATS);
  const { decode } = econAutoencoderInference(weights);
  const charges = someWafers(1).subarray(0, 20 * 48);
  const { values: latents } = await _encode(weights, _images(charges));
  for (let wafer = 0; wafer < 20; wafer++) {
    const own = latents.slice(16 * wafer, 16 * wafer + 16);
    _assertClose(await _decode(weights, own), await decode(own), 1e-6);
  }
});

testNeeding(
  REFERENCE,
  "the graphs of the published weights give the published latents and wafers",
  async () => {
    const weights = econAutoencoderWeights(
      readReferenceWeights("autoencoder_5bit"),
      PUBLISHED_FORMATS,
    );
    const { cases } = readReferenceJson("peer_tables/published_autoencoders.json");
    let compared = 0;
    for (const { x, model, latent, decoded_train_order: decoded } of cases) {
      if (model !== "oliviaweng_baseline-end-of-life-quantized") continue;
      const { values: latents } = await _encode(weights, _images(Int32Array.from(x)));
      assertEquals(latents.map((x) => x + 0), Float32Array.from(latent)); // -0 + 0 is 0
      _assertClose(await _decode(weights, latents), decoded, 1e-6);
      compared++;
    }
    assert(compared > 0);
  },
);

Deno.test("weights with which float32 is not exact are refused", () => {
  const formats = { ...PUBLISHED_FORMATS, weights: { bits: 12, integer: 1 } };
  assertThrows(
    () => _export(randomEconWeights(4, formats)),
    RangeError,
    "Cannot export to CMSSW: accumulators of dense must be <= 16777216 to be exact in float32",
  );
});

function _export(weights: EconAutoencoderWeights) {
  return cmsswGraphs(integerEncoderSpec(weights.encoder), weights.decoder);
}

function _encode(weights: EconAutoencoderWeights, images: Float32Array) {
  return runGraph(_export(weights).encoder, [images.length / 64, 8, 8, 1], images);
}

async function _decode(weights: EconAutoencoderWeights, latents: Float32Array) {
  const { shape, values } = await runGraph(_export(weights).decoder, [1, 16], latents);
  assertEquals(shape, [1, 8, 8, 1]);
  return fromEncodingA(values);
}

/** Images as CMSSW makes them: divided by the highest power of two, in float32. */
function _images(charges: Int32Array): Float32Array {
  return Float32Array.from(toEncodingA(normalise(charges, "power_of_two")));
}

function _codes(latents: Float32Array, fractionBits: number): Int32Array {
  const codes = Int32Array.from(latents, (latent) => latent * 2 ** fractionBits);
  assertEquals(codes.some((code, k) => code !== latents[k] * 2 ** fractionBits), false);
  return codes;
}

function _assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assertEquals(actual.length, expected.length);
  for (let k = 0; k < actual.length; k++) {
    assert(Math.abs(actual[k] - expected[k]) <= tolerance, `${actual[k]} is not ${expected[k]}`);
  }
}
