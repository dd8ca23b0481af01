import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  COMMAND,
  conditionalDecoder,
  conditionalDecoderExperiment,
  conditionSets,
} from "../../scripts/conditional_decoder.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { toyWafers, waferTable } from "../../src/datasets/mod.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];
const { charges } = toyWafers("shower", 100, 1);
const numbers = (scale: number) => Float64Array.from({ length: 100 }, (_, k) => k % scale);

Deno.test("decoders are told what the wafers have columns of", () => {
  assertEquals([...conditionSets(waferTable(charges))], [["nothing", []], ["total", ["total"]]]);
  const columns = { waferu: numbers(3), waferv: numbers(5), layer: numbers(7) };
  assertEquals([...conditionSets(waferTable(charges, columns))], [
    ["nothing", []],
    ["total", ["total"]],
    ["layer", ["layer"]],
    ["place", ["waferu", "waferv"]],
    ["all", ["total", "layer", "waferu", "waferv"]],
  ]);
  // Half a place is none.
  assert(!conditionSets(waferTable(charges, { waferu: numbers(3) })).has("place"));
});

testNeeding(NEEDS, "gains of conditions and of the larger decoder are told apart", async () => {
  await useBackend({ backend: "wasm" });
  const results = `results/test-${crypto.randomUUID()}`, store = memoryStore();
  const wafers = waferTable(charges);
  const inputs = { wafers, results, backend: "wasm" } as const;
  try {
    const { result, folder } = await runExperiment(conditionalDecoderExperiment(inputs), {
      config: { steps: 3, order: "train", backend: "wasm" },
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
    const median = (decoder: string, told: string) =>
      value(`${decoder} decoder, told ${told}: median EMD`);
    for (const decoder of ["convolutional", "dense"]) {
      const [nothing, total] = ["nothing", "total"].map((told) => median(decoder, told));
      assert(total !== nothing, "the decoder listens");
      assertAlmostEquals(
        value(`${decoder} decoder: gain of being told total`),
        100 * (1 - total / nothing),
        1e-9,
      );
    }
    assertAlmostEquals(
      value("dense decoder: gain of its size"),
      100 * (1 - median("dense", "nothing") / median("convolutional", "nothing")),
      1e-9,
    );
    assertEquals([...Deno.readDirSync(`${results}/networks`)].length, 4);
    const table = new TextDecoder().decode(await store.read(`${folder}/table.md`));
    assertEquals(table.trim().split("\n").length, 2 + 4);
    assert(await store.read(`${folder}/gain.svg`) !== undefined);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});

Deno.test("the help of conditional_decoder.ts names the presets, and input that is absent fails", async () => {
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
  const options = parseCommand(COMMAND, ["--input", "tests/absent.csv"])!;
  await assertRejects(() => conditionalDecoder(options));
});
