import { fileURLToPath } from "node:url";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compareWafers, compareWafersExperiment } from "../../scripts/compare_wafers.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const WORKERS = [permission({ name: "read", path: new URL("src/", ROOT) })];
const FILES = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: HERE }),
];

/** 100 showers, and 50 wafers with 36 and 4 counts in two cells a pitch apart. */
const SAMPLES = [
  { name: "toy", charges: toyWafers("shower", 100, 1).charges, empty: 3 },
  { name: "two cells", charges: _twoCells(50), empty: 0 },
];

testNeeding(WORKERS, "compare_wafers measures what is known of its samples", async () => {
  const { result, files } = await _runOn(1);
  const value = (name: string) => result.quantities.find((q) => q.name === name)?.values[0];
  assertEquals(value("toy: wafers"), 100);
  assertEquals(value("toy: wafers without charge, left out"), 3);
  assertEquals(value("two cells: cells with charge, median"), 2);
  assertEquals(value("two cells: cells above 35 counts, median"), 1);
  assertEquals(value("two cells: share of the three leading cells, median"), 1);
  assertEquals(value("two cells: charge of the wafer, median"), 40);

  const table = files["table.md"].split("\n");
  assert(table[2].startsWith("| toy | 100 | "), table[2]);
  assert(table[3].startsWith("| two cells | 50 | 2 [2, 2] | 1 [1, 1] | 0.90 [0.90, 0.90]"));
  const figure = JSON.parse(files["emd.plotly.json"]);
  assertEquals(figure.data.map(({ name }: { name: string }) => name), ["toy", "two cells"]);
});

testNeeding(WORKERS, "compare_wafers draws histograms of area 1", async () => {
  const { result, files } = await _runOn(1);
  const names = ["cells", "occupancy", "leading", "leading_three", "sum", "emd"];
  assertEquals(result.figures.map(({ name }) => name), names);
  for (const name of names) {
    for (const { y } of JSON.parse(files[`${name}.plotly.json`]).data as { y: number[] }[]) {
      // Steps: each bin's content stands at both of its edges.
      assertAlmostEquals(y.reduce((sum, part) => sum + part, 0), 2, 1e-9);
    }
  }
});

testNeeding(WORKERS, "compare_wafers writes the same bytes on one worker and on two", async () => {
  const [one, two] = [await _runOn(1), await _runOn(2)];
  for (const [name, text] of Object.entries(one.files)) {
    if (name !== "run.json") assertEquals(text, two.files[name], name);
  }
});

testNeeding(
  FILES,
  "compare_wafers reads files, names them apart, and finds results again",
  async () => {
    const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_compare_" });
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => void lines.push(line);
    try {
      const sample = fileURLToPath(new URL("data/sample.csv", ROOT));
      await Deno.copyFile(sample, `${folder}/sample.csv`);
      const options = {
        input: `${sample}, ${folder}/sample.csv`,
        order: "train",
        pairs: 200,
        seed: 1,
        workers: 1,
        results: `${folder}/results`,
        force: false,
        quiet: false,
        json: false,
      } as const;
      await compareWafers(options);
      const table = lines.at(-1)!;
      assert(table.includes(`| ${sample} | 2000 |`) && table.includes(`/sample.csv | 2000 |`));
      await compareWafers(options);
      assertEquals(lines.at(-1), table);
      assert(lines.some((line) => line.includes("found complete")));
    } finally {
      console.log = log;
      await Deno.remove(folder, { recursive: true });
    }
  },
);

function _twoCells(count: number): Float64Array {
  const charges = new Float64Array(count * 48);
  for (let wafer = 0; wafer < count; wafer++) {
    const [most, rest] = wafer % 2 === 0 ? [0, 1] : [1, 0];
    charges[wafer * 48 + most] = 36;
    charges[wafer * 48 + rest] = 4;
  }
  return charges;
}

/** Runs the experiment in memory; its files as texts, without their folder. */
async function _runOn(workers: number) {
  const store = memoryStore(), files: Record<string, string> = {};
  const { result, folder } = await runExperiment(compareWafersExperiment(SAMPLES, workers), {
    config: { samples: SAMPLES.map(({ name }) => name), pairs: 400, order: "train" },
    seeds: [1],
    dataChecksum: "toy",
    backend: "typescript",
    version: "0",
    store: {
      read: (path) => store.read(path),
      write: (path, bytes) => {
        files[path] = new TextDecoder().decode(bytes);
        return store.write(path, bytes);
      },
    },
  });
  const named = Object.entries(files).map(([path, text]) => [path.slice(folder.length + 1), text]);
  return { result, files: Object.fromEntries(named) as Record<string, string> };
}
