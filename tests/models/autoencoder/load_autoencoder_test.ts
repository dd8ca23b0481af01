import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { fileStore } from "../../../src/experiments/store_deno.ts";
import { autoencoderData } from "../../../src/models/autoencoder/training.ts";
import { waferConditions } from "../../../src/models/autoencoder/conditions.ts";
import {
  loadEconAutoencoder,
  shippedAutoencoder,
} from "../../../src/models/autoencoder/load_autoencoder.ts";
import {
  type AutoencoderArchitecture,
  writeAutoencoder,
} from "../../../src/models/autoencoder/stored_autoencoder.ts";
import { buildEconAutoencoder } from "../../../src/models/econ_autoencoder.ts";
import { assignModelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { permission, testNeeding } from "../../_support/skips.ts";
import { assertSameNumbers } from "../export/_same_numbers.ts";
import { randomAutoencoder } from "./_stored.ts";

const HERE = new URL(".", import.meta.url);
const WAFERS = {
  ...toyWafers("shower", 40, 1),
  columns: { eta: Float64Array.from({ length: 40 }, (_, k) => 1.5 + k / 30) },
};

const ARCHITECTURES: Record<string, Partial<AutoencoderArchitecture>> = {
  "published": {},
  "told eta and total": { conditions: ["eta", "total"] },
  "dense decoder": { decoder: { kind: "dense", units: [30, 20] } },
  "dense decoder that is told eta": {
    formats: "float",
    decoder: { kind: "dense", units: [9] },
    conditions: ["eta"],
  },
};

for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
  Deno.test(`${name}: plain arrays reconstruct what the network on tensors does`, async () => {
    const stored = randomAutoencoder(5, architecture);
    const { formats, decoder, conditions } = stored.architecture;
    const plain = await loadEconAutoencoder(stored);
    assertEquals(plain.architecture, stored.architecture);
    assertEquals(plain.provenance, stored.provenance);
    const known = waferConditions(WAFERS, conditions);
    const found = plain.reconstruct(WAFERS.charges, known);
    assertSameNumbers(found, plain.decode(plain.encode(WAFERS.charges), known));

    await useBackend({ backend: "wasm" });
    const model = buildEconAutoencoder({ formats, decoder, conditions: conditions.length });
    assignModelWeights(model, stored.weights);
    const { inputs, inputShape } = autoencoderData(WAFERS, stored.architecture);
    const outputs = model.apply(tf.tensor2d(inputs, [40, inputShape[0]]), false).dataSync();
    for (let row = 0; row < 40; row++) {
      const charges = [...outputs.slice(48 * row, 48 * row + 48) as Float32Array];
      const sum = charges.reduce((a, b) => a + b);
      charges.forEach((charge, cell) =>
        assertAlmostEquals(found[48 * row + cell], charge / sum, 1e-5)
      );
    }
    assert(new Set(found).size > 1000, "outputs differ");
    model.dispose();
  });
}

testNeeding(
  [permission({ name: "read", path: HERE }), permission({ name: "write", path: HERE })],
  "loadEconAutoencoder() reads a folder, and says which file is missing",
  async () => {
    const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_network_" });
    try {
      const stored = randomAutoencoder(6, { conditions: ["eta"] });
      await writeAutoencoder(fileStore(folder), "", stored);
      const [one, other] = [await loadEconAutoencoder(folder), await loadEconAutoencoder(stored)];
      const known = new Float32Array(40).fill(0.5);
      assertEquals(
        one.reconstruct(WAFERS.charges, known),
        other.reconstruct(WAFERS.charges, known),
      );
      await assertRejects(
        () => loadEconAutoencoder(`${folder}/absent`),
        TypeError,
        `Cannot read an autoencoder: there is no file ${folder}/absent/autoencoder.json`,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("the shipped autoencoder is quantised as published, and lives", async () => {
  const { architecture, provenance } = await shippedAutoencoder();
  assertEquals(architecture, randomAutoencoder(1).architecture);
  for (const fact of ["loss", "seed", "data", "steps", "backend", "version"]) {
    assert(fact in provenance, fact);
  }
  const autoencoder = await loadEconAutoencoder();
  const latents = autoencoder.encode(WAFERS.charges);
  assert(new Set(latents).size > 100, "latents differ");
});

Deno.test("decode() refuses rows of other lengths", async () => {
  const { decode } = await loadEconAutoencoder(randomAutoencoder(7, { conditions: ["eta"] }));
  const cases = [[new Float32Array(17), [1]], [new Float32Array(32), [1]], [new Float32Array(16)]];
  for (const [latents, known] of cases as [Float32Array, number[]?][]) {
    assertThrows(
      () => decode(latents, known),
      TypeError,
      `rows must be of 16 latents and 1 conditions, current numbers are ${latents.length} and ` +
        `${known?.length ?? 0}`,
    );
  }
});

Deno.test("weights that do not fit the architecture are refused", async () => {
  const { weights, ...facts } = randomAutoencoder(8);
  const without = new Map([...weights].filter(([name]) => name !== "decoder/conv1/bias"));
  await assertRejects(
    () => loadEconAutoencoder({ ...facts, weights: without }),
    TypeError,
    "Cannot load an autoencoder: there is no tensor decoder/conv1/bias",
  );
  const conditional = randomAutoencoder(8, { conditions: ["eta"] }).architecture;
  await assertRejects(
    () => loadEconAutoencoder({ ...facts, architecture: conditional, weights }),
    TypeError,
    "decoder/dense/kernel must take 16 latents and 1 conditions, current number is 16",
  );
});

Deno.test("an output without any charge stays as it is", async () => {
  const stored = randomAutoencoder(9);
  stored.weights.get("decoder/conv2/bias")!.values.fill(-1e4);
  const { decode } = await loadEconAutoencoder(stored);
  assert(decode(new Float32Array(16)).every((charge) => charge === 0));
});
