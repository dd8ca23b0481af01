import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { readWafers } from "../../../src/datasets/files_deno.ts";
import { concatenateWafers, toyWafers } from "../../../src/datasets/mod.ts";
import {
  evaluateAutoencoder,
  summariseEmd,
} from "../../../src/models/autoencoder/evaluate_autoencoder.ts";
import { loadEconAutoencoder } from "../../../src/models/autoencoder/load_autoencoder.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  econFormats,
  PUBLISHED_FORMATS,
} from "../../../src/models/inference/mod.ts";
import { waferEmd } from "../../../src/wafer/emd.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";
import { PUBLISHED, randomAutoencoder } from "./_stored.ts";

const WAFERS = toyWafers("shower", 50, 1);

/** An autoencoder that encodes to given latents and decodes to given charges. */
function _given(
  latents: number[],
  outputs: ArrayLike<number>,
  formats: "float" | typeof PUBLISHED_FORMATS,
) {
  return {
    architecture: { ...PUBLISHED, formats },
    encode: () => Float32Array.from(latents),
    decode: () => Float32Array.from(outputs),
  };
}

Deno.test("EMDs are those of each wafer and its reconstruction", async () => {
  const autoencoder = await loadEconAutoencoder(randomAutoencoder(3));
  const { emd, count, unproved, zeroOutputs } = evaluateAutoencoder(autoencoder, WAFERS);
  const outputs = autoencoder.reconstruct(WAFERS.charges);
  for (const wafer of [0, 17, 49]) {
    const row = (rows: ArrayLike<number>) => Array.from(rows).slice(48 * wafer, 48 * wafer + 48);
    assertAlmostEquals(emd[wafer], waferEmd(row(WAFERS.charges), row(outputs)).value, 1e-9);
  }
  assertEquals([count, emd.length, unproved, zeroOutputs], [50, 50, 0, 0]);
});

Deno.test("a perfect autoencoder has no EMD, whatever the scale of its outputs", () => {
  const outputs = WAFERS.charges.map((charge) => 0.125 * charge);
  const found = evaluateAutoencoder(_given(new Array(800).fill(1), outputs, "float"), WAFERS);
  assertAlmostEquals(found.mean, 0, 1e-6);
  assertAlmostEquals(found.high, 0, 1e-6);
});

Deno.test("dead and saturated latents are counted", () => {
  const three = toyWafers("shower", 3, 1), outputs = three.charges;
  const largest = 2 - 2 ** -8;
  const latents = [
    [0, 0, largest, 1, ...new Array(12).fill(0.5)],
    [0, 2 ** -8, largest, 1, ...new Array(12).fill(0.5)],
    [0, 0, largest - 2 ** -8, largest, ...new Array(12).fill(0.5)],
  ].flat();
  const found = evaluateAutoencoder(_given(latents, outputs, PUBLISHED_FORMATS), three);
  assertEquals(found.deadLatents, 1);
  assertEquals(found.saturated, 3 / 48);
  const float = evaluateAutoencoder(_given(latents, outputs, "float"), three);
  assertEquals([float.deadLatents, float.saturated], [1, 0]);
});

for (const latentBits of [3, 5, 7, 9]) {
  Deno.test(`latents of ${latentBits} bits are dead or saturated where weights say so`, async () => {
    const stored = randomAutoencoder(4, { formats: econFormats({ latentBits }) });
    const values = (name: string) => stored.weights.get(`encoder/${name}`)!.values;
    values("dense/kernel").fill(0);
    values("dense/bias").fill(1).set([-1, 0]);
    const middle = evaluateAutoencoder(await loadEconAutoencoder(stored), WAFERS);
    assertEquals([middle.deadLatents, middle.saturated], [2, 0]);
    values("conv/bias").fill(1.875);
    values("dense/kernel").fill(1.875);
    const end = evaluateAutoencoder(await loadEconAutoencoder(stored), WAFERS);
    assertEquals([end.deadLatents, end.saturated], [0, 1]);
  });
}

Deno.test("outputs without charge are judged as even wafers, and counted", async () => {
  const stored = randomAutoencoder(5);
  stored.weights.get("decoder/conv2/bias")!.values.fill(-1e4);
  const found = evaluateAutoencoder(await loadEconAutoencoder(stored), WAFERS);
  assertEquals(found.zeroOutputs, 50);
  const even = new Float64Array(48).fill(1);
  const wafer = WAFERS.charges.subarray(0, 48);
  assertAlmostEquals(found.emd[0], waferEmd(wafer, even).value, 1e-9);
});

Deno.test("an output that is not a number is an error", () => {
  const outputs = WAFERS.charges.with(100, NaN);
  assertThrows(
    () => evaluateAutoencoder(_given(new Array(800).fill(1), outputs, "float"), WAFERS),
    RangeError,
    "wafer 2: charge of cell 4",
  );
});

Deno.test("a summary holds median, mean and the interval of 68 %", () => {
  const emd = Float64Array.from({ length: 101 }, (_, k) => (37 * k) % 101);
  assertEquals(summariseEmd(emd), { count: 101, low: 16, median: 50, high: 84, mean: 50 });
  const { count, ...rest } = summariseEmd(new Float64Array(0));
  assertEquals(count, 0);
  assert(Object.values(rest).every(Number.isNaN));
});

/** Medians that the published networks have on all dense wafers of the reference data. */
const PUBLISHED_MEDIANS = { autoencoder_float: 1.019, autoencoder_5bit: 1.229 };

for (const [name, median] of Object.entries(PUBLISHED_MEDIANS)) {
  testNeeding(
    [referenceData("wafers/dense.csv"), referenceData(`peer_networks/${name}.f32`)],
    `the published ${name} has a median EMD of ${median} on dense wafers`,
    async () => {
      const file = new URL("wafers/dense.csv", REFERENCE_DATA);
      const wafers = concatenateWafers(await Array.fromAsync(readWafers(file)));
      const formats = name === "autoencoder_float" ? "float" : PUBLISHED_FORMATS;
      const { encode, decode } = econAutoencoderInference(
        econAutoencoderWeights(
          readReferenceWeights(name),
          formats === "float" ? undefined : formats,
        ),
      );
      const found = evaluateAutoencoder(
        { architecture: { ...PUBLISHED, formats }, encode, decode },
        wafers,
      );
      assertEquals([found.count, found.unproved, found.zeroOutputs], [4235, 0, 0]);
      assertAlmostEquals(found.median, median, 0.005 * median);
    },
  );
}
