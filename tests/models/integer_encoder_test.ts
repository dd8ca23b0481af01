import { assert, assertEquals, assertThrows } from "@std/assert";
import { readWafers, toyWafers } from "../../src/datasets/mod.ts";
import { econAutoencoderInference } from "../../src/models/inference/econ_autoencoder_inference.ts";
import {
  econAutoencoderWeights,
  econFormats,
  PUBLISHED_FORMATS,
} from "../../src/models/inference/mod.ts";
import { integerEncoder } from "../../src/models/integer_encoder.ts";
import type { EconAutoencoderWeights } from "../../src/models/types.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import {
  permission,
  readReferenceJson,
  REFERENCE_DATA,
  referenceData,
  testNeeding,
} from "../_support/skips.ts";
import { readReferenceWeights } from "./_published.ts";
import { randomEconWeights } from "./_random_weights.ts";

const SAMPLE = new URL("../../data/sample.csv", import.meta.url);
const NETWORK = "peer_networks/autoencoder_5bit.f32";
const DENSE = "wafers/dense.csv";
const TABLE = "peer_tables/published_autoencoders.json";

function published(): EconAutoencoderWeights {
  return econAutoencoderWeights(readReferenceWeights("autoencoder_5bit"), PUBLISHED_FORMATS);
}

async function charges(path: URL): Promise<Float64Array> {
  const parts: number[] = [];
  for await (const table of readWafers(path)) for (const x of table.charges) parts.push(x);
  return Float64Array.from(parts);
}

/** Fails unless integers and float emulation give the same latents; says which wafer does not. */
function assertSameLatents(weights: EconAutoencoderWeights, wafers: Float64Array): void {
  const encoder = integerEncoder(weights);
  const latents = encoder.values(encoder.encode(wafers));
  const emulated = econAutoencoderInference(weights).encode(wafers);
  assertEquals(latents.length, wafers.length / 3);
  const different = latents.findIndex((latent, k) => latent !== emulated[k]);
  assertEquals(different, -1, `latent ${different % 16} of wafer ${Math.floor(different / 16)}`);
  assert(new Set(latents).size > 4, "the latents are not all the same");
}

testNeeding([referenceData(NETWORK), referenceData(TABLE)], "the published latents", () => {
  const encoder = integerEncoder(published());
  const cases = readReferenceJson(TABLE).cases.filter(
    ({ model }: { model: string }) => model === "oliviaweng_baseline-end-of-life-quantized",
  );
  assertEquals(cases.length, 25);
  for (const { x, latent } of cases) {
    assertEquals([...encoder.encode(x)].map((code) => code / 256), latent);
  }
});

testNeeding(
  [referenceData(NETWORK), referenceData(DENSE)],
  "the published encoder on all dense real wafers: integers equal float emulation",
  async () => {
    const wafers = await charges(new URL(DENSE, REFERENCE_DATA));
    assertEquals(wafers.length, 4235 * CELLS);
    assertSameLatents(published(), wafers);
    for (const bits of [3, 5, 7, 9]) {
      for (const weightBits of [5, 6]) {
        const formats = econFormats({ latentBits: bits, weightBits });
        assertSameLatents(randomEconWeights(bits + weightBits, formats), wafers);
      }
    }
  },
);

testNeeding(
  [permission({ name: "read", path: SAMPLE })],
  "simulated wafers and their multiples, 100,000 in all: integers equal float emulation",
  async () => {
    const sample = await charges(SAMPLE), random = new RandomStream(1, "scales");
    const count = sample.length / CELLS;
    const wafers = new Float64Array(100_000 * CELLS);
    for (let wafer = 0; wafer < 100_000; wafer++) {
      const from = (wafer % count) * CELLS;
      // Once as they are, then multiplied: each time another wafer of integers.
      const scale = wafer < count ? 1 : 1 + random.integer(2000) / 64;
      for (let cell = 0; cell < CELLS; cell++) {
        wafers[wafer * CELLS + cell] = Math.ceil(scale * sample[from + cell]);
      }
    }
    assertSameLatents(randomEconWeights(3, PUBLISHED_FORMATS), wafers);
  },
);

for (const kind of ["shower", "dense"] as const) {
  Deno.test(`toy wafers, ${kind}: integers equal float emulation at all widths`, () => {
    const wafers = toyWafers(kind, 2000, 1).charges as Float64Array;
    for (const bits of [3, 5, 7, 9]) {
      for (const weightBits of [5, 6]) {
        const formats = econFormats({ latentBits: bits, weightBits });
        assertSameLatents(randomEconWeights(20 + bits + weightBits, formats), wafers);
        assertSameLatents(
          randomEconWeights(40 + bits + weightBits, formats),
          wafers.map((x) => 1.37 * x),
        );
      }
    }
  });
}

testNeeding([referenceData(NETWORK)], "the published encoder on 100,000 toy showers", () => {
  assertSameLatents(published(), toyWafers("shower", 100_000, 2).charges as Float64Array);
});

Deno.test("integerEncoder() takes an autoencoder or its encoder, and any array of charges", () => {
  const weights = randomEconWeights(1, PUBLISHED_FORMATS);
  const wafers = toyWafers("shower", 20, 1).charges;
  const codes = integerEncoder(weights).encode(wafers);
  const encoder = integerEncoder(weights.encoder);
  assertEquals(encoder.constants, integerEncoder(weights).constants);
  for (const array of [Array.from(wafers), Int32Array.from(wafers), Float32Array.from(wafers)]) {
    assertEquals(encoder.encode(array), codes);
  }
});

Deno.test("integerEncoder() refuses float encoders and empty wafers", () => {
  assertThrows(() => integerEncoder(randomEconWeights(1)), TypeError, "weights must have formats");
  const encoder = integerEncoder(randomEconWeights(1, PUBLISHED_FORMATS));
  assertThrows(() => encoder.encode(new Float64Array(48)), RangeError, "must be > 0");
  assertThrows(() => encoder.encode(new Float64Array(40)), TypeError, "must be a multiple of 48");
});
