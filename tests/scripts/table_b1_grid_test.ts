import { assert, assertEquals, assertRejects } from "@std/assert";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { COMMAND, tableB1 } from "../../scripts/table_b1_grid.ts";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { parseResult } from "../../src/experiments/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(NEEDS, "shards run jobs of their own, and who has none sums up all", async () => {
  const folder = new URL(`table-b1-${crypto.randomUUID()}`, HERE).pathname;
  await Deno.mkdir(folder);
  const said: string[] = [], { log } = console;
  console.log = (text) => said.push(text);
  try {
    const input = `${folder}/wafers.csv`;
    await writeWafers(input, [waferTable(toyWafers("shower", 60, 1).charges)]);
    const shared = ["--input", input, "--results", folder, "--visits", "64", "--repeats", "2"];
    const run = (...more: string[]) => tableB1(parseCommand(COMMAND, [...shared, ...more])!);
    const results = () =>
      [...Deno.readDirSync(`${folder}/table_b1_grid`)].filter((entry) => entry.isDirectory);
    await run("--shard", "2/2");
    assertEquals(results().length, 4);
    assert(said.join("\n").includes("4 here"));
    assertEquals(said.at(-1), "4 networks, share 2 of 2; without --shard all are judged");
    await run("--shard", "1/2");
    assertEquals(results().length, 8);
    const entries = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name);
    assert(!entries(`${folder}/table_b1_grid`).some((name) => name.startsWith("table-")));
    assertEquals(entries(folder).sort(), ["table_b1_grid", "wafers.csv"], "no summary");
    said.length = 0;
    await run();
    assertEquals(said.filter((text) => text.includes(", found complete")).length, 8);
    const text = said.join("\n");
    assert(!text.includes("not run yet") && !text.includes("not judged"), text);
    assert(/\| 4 \|.* ± .*\n\| 5 \|.*not part of this run \| \d/.test(text), text);
    for (const { name } of results()) {
      const file = `${folder}/table_b1_grid/${name}/result.json`;
      const { quantities, seeds } = parseResult(await Deno.readFile(file));
      assertEquals(quantities.map(({ name, values }) => [name, values.length]), [
        ["bias", 2],
        ["sigma", 2],
      ]);
      assertEquals(seeds, [1, 2]);
    }
    const table = await Deno.readTextFile(`${folder}/table_b1_grid/table-quick-64.md`);
    assert(table.split("\n").filter((line) => line.startsWith("| ")).length > 1150);
  } finally {
    console.log = log;
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a shard that cannot be is refused, and the help names the presets", async () => {
  for (const shard of ["0/2", "3/2", "1", "a/b"]) {
    await assertRejects(
      () => tableB1(parseCommand(COMMAND, ["--shard", shard])!),
      RangeError,
      `--shard must be I/N with 1 <= I <= N, current value is ${shard}`,
    );
  }
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
});
