import { assert, assertEquals, assertRejects } from "@std/assert";
import { arena, arenaExperiment, COMMAND } from "../../scripts/arena.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { autoencoderLossNames } from "../../src/models/autoencoder/autoencoder_loss.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];
const WAFERS = waferTable(toyWafers("shower", 150, 1).charges);

testNeeding(NEEDS, "the arena trains within each budget and tells how losses agree", async () => {
  await useBackend({ backend: "wasm" });
  const results = `results/test-${crypto.randomUUID()}`, store = memoryStore();
  try {
    const { result, folder } = await runExperiment(
      arenaExperiment({ wafers: WAFERS, results, backend: "wasm" }),
      {
        config: {
          losses: ["exact_emd", "spectral"],
          steps: 4,
          pairs: 20,
          order: "train",
          backend: "wasm",
          milliseconds: { exact_emd: 2, spectral: 4 },
        },
        seeds: [1],
        dataChecksum: "",
        backend: "",
        version: "",
        store,
      },
    );
    const value = (name: string) => {
      const found = result.quantities.find((quantity) => quantity.name === name);
      assert(found !== undefined, `${name} is among ${result.quantities.map(({ name }) => name)}`);
      return found.mean;
    };
    // As many steps: one network, not two.
    assertEquals(
      value("exact_emd, equal time: median EMD"),
      value("exact_emd, equal steps: median EMD"),
    );
    assert(value("spectral, equal time: median EMD") > 0);
    assertEquals(value("spectral: runs that failed"), 0);
    assert(value("exact_emd, random pairs: correlation") > 1 - 1e-9);
    assert(value("spectral, position 0, random pairs: cosine of gradients") < 0.9);
    // exact_emd: 1 and 4 steps; spectral: 1, 4 and, in half as many for the time, 2.
    assertEquals([...Deno.readDirSync(`${results}/networks`)].length, 5);
    const text = new TextDecoder().decode(await store.read(`${folder}/table.md`));
    assert(/\| spectral \|[^\n]*\| 2 \| 4 \| 0 of 3 \|/.test(text), text);
    assertEquals(result.figures.map(({ name }) => name), [
      "quality",
      "worth_by_cosine",
      "reconstructions",
    ]);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});

Deno.test("the help of arena.ts says what the presets do; all losses take part, wrong ones are named", async () => {
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
  assertEquals(COMMAND.options.losses.default.split(","), autoencoderLossNames());
  const options = parseCommand(COMMAND, ["--losses", "exact_emd,moved_earth"])!;
  await assertRejects(() => arena(options), RangeError, "current value is moved_earth");
});
