import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, fig6Autoencoder, fig6Experiment } from "../../scripts/fig6_autoencoder.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { parseReconstructions } from "../../src/experiments/report/reconstructions.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { shippedSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import { writeSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];
const TOYS = toyWafers("shower", 500, 1);
const WAFERS = waferTable(TOYS.charges, {
  eta: Float64Array.from({ length: TOYS.count }, (_, wafer) => 1.5 + 1.5 * (wafer % 3) / 4),
});
const CONFIG = {
  steps: { telescope_mse: 6, exact_emd: 4 },
  recipe: "default",
  order: "train",
  backend: "wasm",
  surrogate: "shipped",
} as const;

testNeeding(
  NEEDS,
  "Fig. 6 tells medians and gains of each loss, and finds networks again",
  async () => {
    await useBackend({ backend: "wasm" });
    const results = `results/test-${crypto.randomUUID()}`;
    const run = (store = memoryStore()) =>
      runExperiment(fig6Experiment({ wafers: WAFERS, results, backend: "wasm" }), {
        config: CONFIG,
        seeds: [1, 2],
        dataChecksum: "",
        backend: "",
        version: "",
        store,
      });
    try {
      const store = memoryStore();
      const { result, folder } = await run(store);
      const values = (name: string) => result.quantities.find((q) => q.name === name)!.values;
      const [telescope, exact] = ["telescope_mse", "exact_emd"].map((loss) =>
        values(`${loss}: median EMD`)
      );
      values("exact_emd below telescope_mse").forEach((gain, seed) =>
        assertAlmostEquals(gain, 100 * (1 - exact[seed] / telescope[seed]), 1e-9)
      );
      const paper = result.quantities.find(({ name }) => name.includes("1.8 <= |eta| < 2"));
      assertEquals([paper?.paper, paper?.values.length], [28, 2]);
      assertEquals(result.figures.map(({ name }) => name), [
        "median_emd_by_occupancy",
        "median_emd_by_eta",
      ]);

      const shown = parseReconstructions((await store.read(`${folder}/reconstructions.json`))!);
      assertEquals(Object.keys(shown.reconstructions).sort(), ["exact_emd", "telescope_mse"]);
      assertEquals(shown.wafers.length, 24);

      const folders = [...Deno.readDirSync(`${results}/networks`)].map(({ name }) => name);
      assertEquals(folders.length, 4);
      const written = folders.map((name) =>
        Deno.statSync(`${results}/networks/${name}/autoencoder.json`).mtime!.getTime()
      );
      const again = await run(memoryStore());
      assertEquals(again.result.quantities, result.quantities);
      folders.forEach((name, k) =>
        assertEquals(
          Deno.statSync(`${results}/networks/${name}/autoencoder.json`).mtime!.getTime(),
          written[k],
          "trained once",
        )
      );
    } finally {
      await Deno.remove(results, { recursive: true });
    }
  },
);

Deno.test("the help of fig6_autoencoder.ts says what the presets do", () => {
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
});

testNeeding(
  [permission({ name: "read", path: new URL("data/", ROOT) })],
  "fig6_autoencoder.ts names a loss that there is not",
  async () => {
    const options = parseCommand(COMMAND, ["--losses", "exact_emd,moved_earth"])!;
    await assertRejects(() => fig6Autoencoder(options), RangeError, "current value is moved_earth");
  },
);

Deno.test("a share that cannot be trained alone is refused", async () => {
  for (const more of ["--force", "--budget=seconds"]) {
    const options = parseCommand(COMMAND, ["--shard=1/2", more])!;
    await assertRejects(() => fig6Autoencoder(options), RangeError, "Cannot share out Fig. 6: ");
  }
});

testNeeding(
  NEEDS,
  "a surrogate that was trained further is another one, and so is the result",
  async () => {
    const results = `results/test-${crypto.randomUUID()}`;
    const run = async (scale: number) => {
      const shipped = await shippedSurrogate("closed_form");
      const weights = new Map([...shipped.weights].map(([name, { shape, values }]) => [
        name,
        { shape, values: values.map((value) => scale * value) },
      ]));
      // Of the same data.
      await writeSurrogate(fileStore(`${results}/surrogate`), "", { ...shipped, weights });
      const given =
        `--losses=closed_form --steps=1 --seeds=1 --quiet --surrogate=${results}/surrogate`;
      const args = [...given.split(" "), `--results=${results}`, `--input=${results}/wafers.csv`];
      await fig6Autoencoder(parseCommand(COMMAND, args)!);
    };
    try {
      await Deno.mkdir(results, { recursive: true });
      const rows = (await Deno.readTextFile(new URL("data/sample.csv", ROOT))).split("\n");
      await Deno.writeTextFile(`${results}/wafers.csv`, rows.slice(0, 101).join("\n"));
      for (const scale of [1, 2]) await run(scale);
      assertEquals([...Deno.readDirSync(`${results}/fig6_autoencoder`)].length, 2);
    } finally {
      await Deno.remove(results, { recursive: true });
    }
  },
);
