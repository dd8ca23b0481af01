import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { econAutoencoderInference } from "../../../src/models/inference/econ_autoencoder_inference.ts";
import {
  econAutoencoderWeights,
  econFormats,
  PUBLISHED_FORMATS,
} from "../../../src/models/inference/mod.ts";
import type { EconFormats } from "../../../src/models/types.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferEmd } from "../../../src/wafer/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";
import { randomEconWeights } from "../_random_weights.ts";

const TABLE = "peer_tables/published_autoencoders.json";

interface Case {
  readonly x: number[];
  readonly model: string;
  readonly latent: number[];
  readonly decoded_train_order: number[];
  readonly emd_pot: number;
}

interface Network {
  readonly file: string;
  readonly formats?: EconFormats;
  /** The largest difference of a latent; none where they are quantised. */
  readonly latentError: number;
}

/** The autoencoders of the table whose weights there are. */
const NETWORKS: Record<string, Network> = {
  "oliviaweng_baseline-end-of-life": { file: "autoencoder_float", latentError: 1e-6 },
  "oliviaweng_baseline-end-of-life-quantized": {
    file: "autoencoder_5bit",
    formats: PUBLISHED_FORMATS,
    latentError: 0,
  },
};

for (const [model, { file, formats, latentError }] of Object.entries(NETWORKS)) {
  const needs = [referenceData(`peer_networks/${file}.f32`), referenceData(TABLE)];
  testNeeding(needs, `the published ${file} gives its published numbers`, () => {
    const network = econAutoencoderInference(
      econAutoencoderWeights(readReferenceWeights(file), formats),
    );
    const cases = _cases(model);
    assertEquals(cases.length, 25);
    const wafers = cases.flatMap(({ x }) => x);
    const latents = network.encode(wafers), decoded = network.reconstruct(wafers);
    cases.forEach((published, k) => {
      const ours = latents.subarray(16 * k, 16 * (k + 1));
      published.latent.forEach((latent, l) => assert(Math.abs(ours[l] - latent) <= latentError));
      const wafer = decoded.subarray(CELLS * k, CELLS * (k + 1));
      // The table has seven digits behind the point.
      published.decoded_train_order.forEach((charge, cell) =>
        assertAlmostEquals(wafer[cell], charge, 1e-6)
      );
      assertAlmostEquals(waferEmd(published.x, wafer).value, published.emd_pot, 1e-6);
    });
  });
}

testNeeding([referenceData(TABLE)], "one autoencoder of the table has no weights here", () => {
  const { cases }: { cases: Case[] } = readReferenceJson(TABLE);
  const models = new Set(cases.map(({ model }) => model));
  const without = [...models].filter((model) => !(model in NETWORKS));
  assertEquals(without, ["oliviaweng_eol-ae-quantized-6bit-wts"]);
  assertEquals(_cases(without[0]).length, 25);
});

Deno.test("encode() of a quantised encoder gives multiples of the step within the range", () => {
  for (const bits of [3, 5, 7, 9]) {
    const formats = econFormats({ latentBits: bits });
    const latents = econAutoencoderInference(randomEconWeights(bits, formats)).encode(_wafers());
    const codes = latents.map((latent) => latent * 2 ** (bits - 1));
    assert(codes.every((code) => Number.isInteger(code) && code >= 0 && code < 2 ** bits));
    assert(new Set(codes).size > 3, "latents differ");
  }
});

Deno.test("encode() does not depend on powers of two in the charges", () => {
  const network = econAutoencoderInference(randomEconWeights(1));
  assertEquals(network.encode(_wafers().map((charge) => 64 * charge)), network.encode(_wafers()));
});

Deno.test("a batch gives what its wafers give one by one", () => {
  const network = econAutoencoderInference(randomEconWeights(1, PUBLISHED_FORMATS));
  const wafers = _wafers(), all = network.reconstruct(wafers);
  for (let k = 0; k < wafers.length; k += CELLS) {
    assertEquals(network.reconstruct(wafers.subarray(k, k + CELLS)), all.slice(k, k + CELLS));
  }
});

Deno.test("encode() and decode() refuse parts of wafers and wafers without charge", () => {
  const { encode, decode } = econAutoencoderInference(randomEconWeights(1));
  assertThrows(() => encode(new Float64Array(47)), TypeError, "must be a multiple of 48");
  assertThrows(() => encode(new Float64Array(48)), RangeError, "must be > 0, current value is 0");
  assertThrows(() => decode(new Float64Array(17)), TypeError, "must be a multiple of 16");
});

function _cases(model: string): Case[] {
  const { cases }: { cases: Case[] } = readReferenceJson(TABLE);
  return cases.filter((each) => each.model === model);
}

function _wafers(): Float64Array {
  const random = new RandomStream(1, "wafers");
  return Float64Array.from({ length: 10 * CELLS }, () => Math.max(0, random.integer(200) - 100));
}
