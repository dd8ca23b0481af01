import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readNetwork } from "../../../scripts/std/read_network.ts";
import { fileStore } from "../../../src/experiments/store_deno.ts";
import {
  loadEconAutoencoder,
  shippedAutoencoder,
} from "../../../src/models/autoencoder/load_autoencoder.ts";
import { writeAutoencoder } from "../../../src/models/autoencoder/stored_autoencoder.ts";
import { encoderJson } from "../../../src/models/export/encoder_json.ts";
import { kerasFiles } from "../../../src/models/export/keras.ts";
import {
  econAutoencoderInference,
  econFormats,
  PUBLISHED_FORMATS,
} from "../../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { formatRawWeights } from "../../../src/models/published/raw_weights_format.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { assertSameNumbers } from "../../models/export/_same_numbers.ts";
import { randomEconWeights } from "../../models/_random_weights.ts";
import { randomAutoencoder } from "../../models/autoencoder/_stored.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: new URL("../../../", import.meta.url) }),
  permission({ name: "write", path: HERE }),
];
const DOING = { doing: "test" };
const WAFERS = toyWafers("shower", 20, 1).charges;

testNeeding(NEEDS, "readNetwork() reads folders, and the shipped network", async () => {
  await _inFolder(async (folder) => {
    const stored = randomAutoencoder(1, { conditions: ["eta"] });
    await writeAutoencoder(fileStore(folder), "", stored);
    assertEquals(await readNetwork(folder, DOING), stored);
    assertEquals(await readNetwork("default", DOING), await shippedAutoencoder());
    await assertRejects(
      () => readNetwork(folder, { ...DOING, formats: PUBLISHED_FORMATS }),
      TypeError,
      `Cannot test: ${folder} says its bits itself`,
    );
  });
});

testNeeding(
  NEEDS,
  "a file of tensors gets the formats that are given, or else is a float one",
  async () => {
    await _inFolder(async (folder) => {
      const path = `${folder}/net.json`;
      const { manifest, bytes } = formatRawWeights(randomAutoencoder(2).weights);
      await Deno.writeTextFile(path, JSON.stringify(manifest));
      await Deno.writeFile(`${folder}/net.f32`, bytes);
      for (const formats of [PUBLISHED_FORMATS, econFormats({ latentBits: 3 }), "float"] as const) {
        const expected = await loadEconAutoencoder(randomAutoencoder(2, { formats }));
        const found = [
          await readNetwork(path, { ...DOING, formats }),
          await readNetwork(path, { ...DOING, otherwise: formats }),
          ...formats === "float" ? [await readNetwork(path, DOING)] : [],
        ];
        for (const stored of found) {
          assertEquals(stored.architecture, expected.architecture);
          const { reconstruct } = await loadEconAutoencoder(stored);
          assertSameNumbers(reconstruct(WAFERS), expected.reconstruct(WAFERS));
        }
      }
    });
  },
);

testNeeding(NEEDS, "what was exported encodes and decodes as before", async () => {
  await _inFolder(async (folder) => {
    const weights = randomEconWeights(3, econFormats({ latentBits: 5, weightBits: 6 }));
    const plain = econAutoencoderInference(weights);
    const json = encoderJson(integerEncoderSpec(weights.encoder), weights.decoder);
    await Deno.writeTextFile(`${folder}/net.json`, json);
    await Deno.writeFile(`${folder}/net.h5`, (await kerasFiles(weights)).autoencoder);
    const { formats } = weights.encoder;
    const found = [
      await readNetwork(`${folder}/net.json`, DOING),
      await readNetwork(`${folder}/net.h5`, { ...DOING, formats: formats! }),
    ];
    for (const stored of found) {
      assertEquals(stored.architecture.formats, formats);
      const { encode, decode } = await loadEconAutoencoder(stored);
      assertSameNumbers(encode(WAFERS), plain.encode(WAFERS));
      const decoded = decode(plain.encode(WAFERS)), expected = plain.reconstruct(WAFERS);
      const sum = expected.subarray(0, 48).reduce((a, b) => a + b);
      for (let cell = 0; cell < 48; cell++) {
        assert(Math.abs(decoded[cell] - expected[cell] / sum) < 1e-6);
      }
    }
    await assertRejects(
      () => readNetwork(`${folder}/net.json`, { ...DOING, formats: PUBLISHED_FORMATS }),
      TypeError,
      "says its bits itself",
    );
  });
});

testNeeding(NEEDS, "readNetwork() says what a network lacks", async () => {
  await _inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/text.json`, "weights: 3");
    await Deno.writeTextFile(`${folder}/other.json`, "{}");
    const cases = [
      ["text.json", `Cannot test: ${folder}/text.json is not JSON`],
      ["other.json", "Cannot read an encoder from JSON: format must be"],
      ["absent", `there is no file ${folder}/absent/autoencoder.json`],
    ];
    for (const [name, message] of cases) {
      await assertRejects(() => readNetwork(`${folder}/${name}`, DOING), TypeError, message);
    }
    await assertRejects(() => readNetwork(`${folder}/no.json`, DOING), Deno.errors.NotFound);
    await assertRejects(() => readNetwork(`${folder}/no.h5`, DOING), Deno.errors.NotFound);
  });
});

async function _inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_network_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
