import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  COMMAND,
  fig5EmdCnn,
  fig5Experiment,
  type Fig5Training,
} from "../../scripts/fig5_emd_cnn.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import type { Surrogate } from "../../src/models/surrogates/types.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { waferEmdBatch } from "../../src/wafer/mod.ts";

const WAFERS = waferTable(toyWafers("shower", 100, 1).charges);
/** Next to nothing: what is tested is what is done with a network, not the network. */
const TRAINING: Fig5Training = {
  pairs: 0,
  near: 0.25,
  visits: 64,
  batchSize: 16,
  learningRate: 1e-3,
  schedule: "cosine",
  validations: 2,
  judged: 40,
};
const RUN = {
  config: { training: TRAINING, order: "train", backend: "", published: [], autoencoder: "" },
  seeds: [1, 2],
  dataChecksum: "",
  backend: "",
  version: "",
} as const;

/** An estimate that is a tenth too large, for every pair. */
const TOO_LARGE = {
  value: (x, y) => waferEmdBatch(x as Float64Array, y as Float64Array).values.map((v) => 1.1 * v),
} as Surrogate;

Deno.test("Fig. 5 judges every network on both kinds of pairs, beside the paper's numbers", async () => {
  await useBackend({ backend: "wasm" });
  const store = memoryStore();
  const inputs = {
    wafers: WAFERS,
    others: [{ name: "published", surrogate: TOO_LARGE }],
    reconstruct: (charges: ArrayLike<number>) => Float64Array.from(charges, (c) => c + 1),
  };
  const run = () =>
    runExperiment(fig5Experiment(inputs), {
      ...RUN,
      config: { ...RUN.config, published: ["published"] },
      store,
    });
  const { result, folder } = await run();
  assertEquals(
    result.quantities.map(({ name }) => name),
    ["random pairs", "reconstruction pairs"].flatMap((kind) =>
      ["EMD CNN", "published"].flatMap((name) =>
        ["bias", "sigma"].map((what) => `${name}, ${kind}: ${what}`)
      )
    ),
  );
  for (const { name, values, paper, unit } of result.quantities) {
    assertEquals([values.length, unit, paper], [2, "%", name.endsWith("bias") ? -1.3 : 5.3]);
    if (!name.startsWith("published")) continue;
    const expected = name.endsWith("bias") ? 10 : 0;
    assert(values.every((value) => Math.abs(value - expected) < 1e-2), `${name}: ${values}`);
  }
  assertEquals(result.figures.length, 4);
  for (const file of result.figures.flatMap(({ files }) => files)) {
    assert(await store.read(`${folder}/${file}`) !== undefined, file);
  }
  assertEquals((await run()).reused, true);
});

Deno.test("the help of fig5_emd_cnn.ts says what the presets do, and what input is wrong", async () => {
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
  const options = parseCommand(COMMAND, ["--input", "tests/absent.csv"])!;
  await assertRejects(() => fig5EmdCnn(options));
});
