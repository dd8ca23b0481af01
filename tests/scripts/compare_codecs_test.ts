import { assert, assertEquals } from "@std/assert";
import { COMMAND, compareCodecsExperiment } from "../../scripts/compare_codecs.ts";
import { COMMAND as FIT_COMMAND } from "../../scripts/fit_codecs.ts";
import { helpText } from "../../scripts/std/command.ts";
import { toyWafers } from "../../src/datasets/mod.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const FIT = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];

Deno.test("compare_codecs.ts keeps a table, quantities and figures", async () => {
  const store = memoryStore();
  const { result, folder } = await runExperiment(
    compareCodecsExperiment(toyWafers("shower", 60, 1)),
    {
      config: { order: "train" },
      seeds: [1, 2],
      dataChecksum: "toy",
      backend: "typescript",
      version: "0",
      store,
    },
  );
  const table = new TextDecoder().decode(await store.read(`${folder}/table.md`));
  assert(table.includes("| 112 | sqrt_levels | count 5 | wafers of the file |"));
  assertEquals(result.figures.map(({ name }) => name), [
    "emd_against_bits",
    ...[48, 80, 112, 144].map((bits) => `emd_against_occupancy_${bits}_bits`),
  ]);
  assertEquals(result.quantities.length, 4 * 4 * 2);
  for (const name of ["sqrt_levels", "largest_k", "super_cells", "pca"]) {
    const [few, many] = [48, 144].map((bits) =>
      result.quantities.find((one) =>
        one.name === `median EMD, ${name} in at most ${bits} bits, fitted to wafers of the file`
      )!
    );
    assertEquals([few.values.length, few.unit], [2, "half pitch"]);
    assert(many.mean < few.mean, name);
  }
});

testNeeding(FIT, "fit_codecs.ts writes data/codecs.json again, byte for byte", async () => {
  const output = `results/test-${crypto.randomUUID()}.json`;
  try {
    const { code, stderr } = await new Deno.Command("deno", {
      args: [
        "run",
        "--no-prompt",
        "--allow-read=data,results",
        "--allow-write=results",
        "scripts/fit_codecs.ts",
        "--output",
        output,
      ],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const [made, shipped] = await Promise.all(
      [output, "data/codecs.json"].map((path) => Deno.readTextFile(new URL(path, ROOT))),
    );
    assert(made === shipped, "data/codecs.json is out of date: run scripts/fit_codecs.ts");
  } finally {
    await Deno.remove(new URL(output, ROOT));
  }
});

Deno.test("both scripts explain themselves", () => {
  for (const word of ["--input FILE", "--seeds N", "--allow-write=results", "70 %"]) {
    assert(helpText(COMMAND).includes(word), word);
  }
  for (const word of ["--output FILE.json", "--allow-write=data"]) {
    assert(helpText(FIT_COMMAND).includes(word), word);
  }
});
