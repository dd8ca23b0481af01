import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, fig1Experiment, fig1Overview } from "../../scripts/fig1_overview.ts";
import { readDistinctWafers } from "../../scripts/std/distinct_wafers.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { shippedAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import { writeAutoencoder } from "../../src/models/autoencoder/stored_autoencoder.ts";
import { evaluateAutoencoder, loadEconAutoencoder } from "../../src/models/inference/mod.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);

const RUN = {
  config: { order: "train", network: "shipped" },
  seeds: [],
  dataChecksum: "",
  backend: "",
  version: "",
} as const;

Deno.test("Fig. 1 has the paper's numbers of parameters, bits and cells, and a median wafer", async () => {
  await useBackend({ backend: "wasm" });
  const autoencoder = await loadEconAutoencoder(), wafers = toyWafers("shower", 21, 1);
  const store = memoryStore();
  const { result, folder } = await runExperiment(fig1Experiment({ wafers, autoencoder }), {
    ...RUN,
    store,
  });
  const published = result.quantities.filter(({ paper }) => paper !== undefined);
  assertEquals(published.map(({ name, mean, paper }) => [name, mean, paper]), [
    ["parameters of the encoder", 2144, 2144],
    ["parameters of the decoder", 2833, 2833],
  ]);
  const chosen = result.quantities.slice(0, 5).map(({ mean }) => mean);
  assertEquals(chosen, [48, 16, 9, 144, 48], "cells, latents, bits, codes over 5 and 2 links");

  const shown = result.quantities.find(({ name }) => name === "EMD of the wafer shown")!.mean;
  const { emd } = evaluateAutoencoder(autoencoder, wafers);
  assertEquals(emd.filter((value) => value < shown).length, 10);
  const svg = new TextDecoder().decode(await store.read(`${folder}/overview.svg`));
  assert(svg.includes("sent: 16 × 9 bits = 144 bits"));
  assertEquals([...svg.matchAll(/>[01]{9}<\/text>/g)].length, 16);
});

testNeeding(
  [permission({ name: "read", path: ROOT })],
  "docs/images/fig1_overview.svg is what Fig. 1 draws of the sample",
  async () => {
    await useBackend({ backend: "wasm" });
    const wafers = await readDistinctWafers(new URL("data/sample.csv", ROOT).pathname, "train");
    const inputs = { wafers, autoencoder: await loadEconAutoencoder() };
    const store = memoryStore();
    const { folder } = await runExperiment(fig1Experiment(inputs), { ...RUN, store });
    const kept = await Deno.readFile(new URL("docs/images/fig1_overview.svg", ROOT));
    // Tens of thousands of bytes: what differs is best looked at in a viewer.
    const [is, was] = [await store.read(`${folder}/overview.svg`), kept]
      .map((bytes) => new TextDecoder().decode(bytes).trim());
    assert(
      is === was,
      "the picture has changed: look at it, and copy it from results/fig1_overview",
    );
  },
);

Deno.test("Fig. 1 has no place for a float encoder, and says so", async () => {
  const autoencoder = await loadEconAutoencoder();
  const architecture = { ...autoencoder.architecture, formats: "float" } as const;
  const inputs = {
    wafers: toyWafers("shower", 3, 1),
    autoencoder: { ...autoencoder, architecture },
  };
  await assertRejects(
    () => runExperiment(fig1Experiment(inputs), { ...RUN, store: memoryStore() }),
    RangeError,
    "the encoder must be quantised",
  );
  assert(helpText(COMMAND).includes("--network FOLDER"));
});

testNeeding(
  [
    permission({ name: "read", path: ROOT }),
    permission({ name: "write", path: new URL("results/", ROOT) }),
  ],
  "a network that was trained anew in the same folder is drawn anew",
  async () => {
    const results = `results/test-${crypto.randomUUID()}`;
    const network = fileStore(`${results}/network`), stored = await shippedAutoencoder();
    const args = ["--quiet", `--results=${results}`, `--network=${results}/network`];
    try {
      for (const scale of [1, 0.5]) {
        const weights = new Map([...stored.weights].map(([name, { shape, values }]) => [
          name,
          { shape, values: values.map((value) => scale * value) },
        ]));
        await writeAutoencoder(network, "", { ...stored, weights });
        await fig1Overview(parseCommand(COMMAND, args)!);
      }
      assertEquals([...Deno.readDirSync(`${results}/fig1_overview`)].length, 2);
    } finally {
      await Deno.remove(results, { recursive: true });
    }
  },
);
