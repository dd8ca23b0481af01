/** The experiments that draw from the module's own data. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { FIG2 } from "../../scripts/fig2_telescope.ts";
import { FIG3 } from "../../scripts/fig3_encodings.ts";
import { TABLE_A1 } from "../../scripts/table_a1.ts";
import { type Experiment, memoryStore, runExperiment } from "../../src/experiments/mod.ts";

Deno.test("fig2_telescope tells how little the telescope loss sees of a distance", async () => {
  const { result } = await _run(FIG2);
  const [emd, telescope, weighted] = result.quantities.map(({ mean }) => mean);
  assertAlmostEquals(emd, 13.7568 / 1.80278, 1e-4);
  assert(telescope > 1 && telescope < emd);
  assertAlmostEquals(weighted, 1, 1e-12);
  assertEquals(result.figures.map(({ name }) => name), ["scales", "loss_of_a_move"]);
});

Deno.test("fig3_encodings draws each cell once in each encoding", async () => {
  const { result, read } = await _run(FIG3);
  assertEquals(result.quantities.map(({ mean }) => mean), [64, 16, 48]);
  const svg = await read("encodings.svg");
  for (let q = 1; q < 48; q++) assertEquals(svg.split(`>${q}</text>`).length - 1, 2, `q${q}`);
});

Deno.test("table_a1 marks the one misprint and the six slips", async () => {
  const { result, read } = await _run(TABLE_A1);
  const [printed, rule, code, misprints, slips] = result.quantities.map(({ mean }) => mean);
  // The sums of the published tables.
  assertAlmostEquals(printed, 12.0209, 1e-4);
  assertAlmostEquals(rule, 12, 1e-12);
  assertAlmostEquals(code, 12.5625, 1e-12);
  assertEquals([misprints, slips], [1, 6]);
  const rows = (await read("table_a1.md")).split("\n").filter((line) => line.startsWith("| q"));
  assertEquals(rows.length, 36);
  const marked = rows.filter((row) => row.includes("misprint"));
  assertEquals(marked, [
    "| q34 + q35 + q38 + q39 | 1.1667/4 | 1.0833/4 | 1.3333/4 | " +
    "misprint in the paper; slip in the published code |",
  ]);
  assertEquals(rows.filter((row) => row.includes("slip")).length, 6);
});

async function _run(experiment: Experiment) {
  const store = memoryStore();
  const { result, folder } = await runExperiment(experiment, {
    config: {},
    seeds: [],
    dataChecksum: "",
    backend: "typescript",
    version: "0",
    store,
  });
  const read = async (name: string) =>
    new TextDecoder().decode(await store.read(`${folder}/${name}`));
  return { result, read };
}
