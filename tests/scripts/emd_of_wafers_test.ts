import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { emdOfWafersExperiment } from "../../scripts/emd_of_wafers.ts";
import { toyWafers } from "../../src/datasets/mod.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { CELLS, waferEmd } from "../../src/wafer/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const WORKERS = [permission({ name: "read", path: new URL("src/", ROOT) })];
const COMMAND = [...WORKERS, permission({ name: "run", command: "deno" })];

const toy = toyWafers("shower", 60, 3);
const wafers = { charges: toy.charges, rows: [...Array(60).keys()], empty: 0 };

testNeeding(WORKERS, "emd_of_wafers gives the EMDs that it lists, and proves them", async () => {
  const { files, result } = await _runOn(2);
  const lines = new TextDecoder().decode(files["emds.csv"]).trim().split("\n");
  assertEquals(lines[0], "seed,first_row,second_row,emd_half_pitch");
  assertEquals(lines.length, 1 + 2 * 300);
  for (const line of lines.slice(1, 40)) {
    const [seed, first, second, emd] = line.split(",").map(Number);
    assert(seed === 1 && first !== second);
    const wafer = (row: number) => toy.charges.subarray(row * CELLS, (row + 1) * CELLS);
    assertAlmostEquals(emd, waferEmd(wafer(first), wafer(second)).value, 1e-12);
  }
  const proved = result.quantities.find(({ name }) => name === "share of pairs proved optimal");
  assertEquals(proved?.values, [1]);
  assertEquals(result.figures.map(({ name }) => name), [
    "histogram",
    "flow_near",
    "flow_typical",
    "flow_far",
  ]);
});

testNeeding(WORKERS, "emd_of_wafers writes the same bytes on one worker and on two", async () => {
  const [one, two] = [await _runOn(1), await _runOn(2)];
  assertEquals(Object.keys(one.files).sort(), Object.keys(two.files).sort());
  for (const [name, bytes] of Object.entries(one.files)) {
    if (name !== "run.json") assertEquals(bytes, two.files[name], name);
  }
});

testNeeding(COMMAND, "emd_of_wafers explains itself, and refuses what it cannot use", async () => {
  const help = await _command(["--help"]);
  assertEquals(help.code, 0);
  for (const word of ["--input FILE", "--pairs N", "--order train|paper", "--allow-read"]) {
    assert(help.stdout.includes(word), word);
  }
  const cases: [string[], string][] = [
    [["--input", "absent.csv"], "absent.csv"],
    [["--pairs", "0"], "--pairs must be an integer >= 1, current value is 0"],
    [["--npairs", "7"], "unknown option --npairs, did you mean --pairs?"],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await _command(args);
    assertEquals(code, 1);
    assert(stderr.includes(message), stderr);
    assert(!stderr.includes("    at "), `no stack: ${stderr}`);
  }
});

/** Runs the experiment in memory; its files without their folder. */
async function _runOn(workers: number) {
  const store = memoryStore(), files: Record<string, Uint8Array> = {};
  const { result, folder } = await runExperiment(emdOfWafersExperiment(wafers, workers), {
    config: { pairs: 300, order: "train" },
    seeds: [1, 2],
    dataChecksum: "toy",
    backend: "typescript",
    version: "0",
    store: {
      read: (path) => store.read(path),
      write: (path, bytes) => {
        files[path] = bytes.slice();
        return store.write(path, bytes);
      },
    },
  });
  const named = Object.entries(files).map((
    [path, bytes],
  ) => [path.slice(folder.length + 1), bytes]);
  return { result, files: Object.fromEntries(named) as Record<string, Uint8Array> };
}

async function _command(args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: [
      ...["run", "--no-prompt", "--allow-read", "--allow-write=results"],
      ...["scripts/emd_of_wafers.ts", ...args],
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}
