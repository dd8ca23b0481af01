import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { checksums } from "../../scripts/std/loss_surrogates.ts";
import { storedEmdCnn } from "../../scripts/std/stored_emd_cnn.ts";
import {
  COMMAND,
  tableB1Autoencoder,
  tableB1AutoencoderExperiment,
} from "../../scripts/table_b1_autoencoder.ts";
import { toyWafers } from "../../src/datasets/mod.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { buildEmdCnn, emdCnnWeightsOf } from "../../src/models/mod.ts";
import { shippedSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];

testNeeding(
  NEEDS,
  "Table B1 trains with each surrogate, and with EMD CNNs in both ways",
  async () => {
    await useBackend({ backend: "wasm" });
    const results = `results/test-${crypto.randomUUID()}`, store = memoryStore();
    const model = buildEmdCnn({ convLayers: 1, filters: 4, kernelSize: 3, denseUnits: 8 });
    const surrogates = [
      { name: "cnn", stored: await storedEmdCnn(await emdCnnWeightsOf(model), {}) },
      { name: "closed_form", stored: await shippedSurrogate("closed_form") },
    ];
    model.dispose();
    const wafers = toyWafers("shower", 100, 1);
    const inputs = { wafers, surrogates, results, backend: "wasm" } as const;
    try {
      const { result, folder } = await runExperiment(tableB1AutoencoderExperiment(inputs), {
        config: {
          surrogates: await checksums(surrogates),
          recipes: ["default"],
          steps: 2,
          pairs: 20,
          order: "train",
          backend: "wasm",
        },
        seeds: [1],
        dataChecksum: "",
        backend: "wasm",
        version: "",
        store,
      });
      const value = (name: string) => {
        const found = result.quantities.find((quantity) => quantity.name === name);
        assert(found !== undefined, name);
        return found.mean;
      };
      const best = value("best constant image: mean EMD");
      assert(best < value("untrained network, default recipe: mean EMD"));
      const titles = ["exact_emd", "cnn", "cnn as published", "closed_form"];
      const means = titles.map((name) => value(`${name}, default recipe: mean EMD`));
      assertEquals(new Set(means).size, titles.length, "each loss makes a network of its own");
      titles.forEach((name, k) =>
        assertAlmostEquals(
          value(`${name}, default recipe: mean EMD, of the best constant image's`),
          100 * means[k] / best,
          1e-9,
        )
      );
      assertEquals(value("exact_emd, default recipe: EMDs not proved"), 0);
      // A network that has learnt nothing has a gradient like any other.
      assert(Math.abs(value("cnn, random pairs: cosine of gradients")) < 0.7);
      assert(value("closed_form, reconstruction pairs: cosine of gradients") > 0.8);
      assertEquals([...Deno.readDirSync(`${results}/networks`)].length, titles.length);
      const table = new TextDecoder().decode(await store.read(`${folder}/table.md`));
      assertEquals(table.trim().split("\n").length, 2 + titles.length + 3);
      for (const file of ["worth_by_sigma.svg", "loss_by_sum.svg", "loss_by_sum.md"]) {
        assert(await store.read(`${folder}/${file}`) !== undefined, file);
      }
    } finally {
      await Deno.remove(results, { recursive: true });
    }
  },
);

Deno.test("the help of table_b1_autoencoder.ts names the presets, and input that is absent fails", async () => {
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
  const options = parseCommand(COMMAND, ["--input", "tests/absent.csv"])!;
  await assertRejects(() => tableB1Autoencoder(options));
});
