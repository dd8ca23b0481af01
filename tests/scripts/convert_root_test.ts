import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  COMMAND,
  type Conversion,
  convertedEvents,
  convertRoot,
  convertTrees,
} from "../../scripts/convert_root.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { readWafers } from "../../src/datasets/files_deno.ts";
import { verifyManifest } from "../../src/datasets/manifest_deno.ts";
import type { RootTree } from "../../src/datasets/published/root.ts";
import { PUBLISHED_TREE, ROOT_BRANCHES } from "../../src/datasets/published/root_events.ts";
import { permission, REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

const CONVERSION: Conversion = {
  layers: [5, 11],
  ptMax: 35,
  eta: [1.6, 3],
  centres: "lattice",
};

type Entry = Readonly<Record<string, readonly number[]>>;

/** An event with one particle and one trigger cell. */
function entry(pt: number, eta: number, changes: Entry = {}): Entry {
  return {
    gen_pt: [pt],
    gen_eta: [eta],
    tc_zside: [1],
    tc_layer: [9],
    tc_waferu: [3],
    tc_waferv: [5],
    tc_cellu: [7],
    tc_cellv: [4],
    tc_data: [100],
    tc_eta: [1.8],
    ...changes,
  };
}

/** A tree in memory; counts the reading of trigger cells. */
function tree(file: string, entries: readonly Entry[]): RootTree & { cellsRead: number } {
  return {
    file,
    entries: entries.length,
    branches: Object.keys(entries[0]),
    cellsRead: 0,
    async read(index, names) {
      if (names.includes("tc_data")) this.cellsRead++;
      return Object.fromEntries(
        names.map((name) => [name, Float64Array.from(entries[index][name])]),
      );
    },
  };
}

Deno.test("convertedEvents() numbers events through all files, selected or not", async () => {
  const one = tree("one.root", [entry(50, 2), entry(20, 2), entry(20, 3.1)]);
  const two = tree("two.root", [entry(20, 2), entry(20, 1.5), entry(20, 2, { tc_layer: [3] })]);
  const seen: [number, boolean][] = [];
  const tables = await Array.fromAsync(
    convertedEvents(
      [one, two],
      CONVERSION,
      (events, isSelected) => seen.push([events, isSelected]),
    ),
  );
  assertEquals(
    tables.map(({ columns }) => columns.event),
    [[1], [3]].map((e) => Float64Array.from(e)),
  );
  assertEquals(seen.map(([events]) => events), [1, 2, 3, 4, 5, 6]);
  assertEquals(seen.map(([, isSelected]) => isSelected), [false, true, false, true, false, true]);
  // Trigger cells are read for selected events alone.
  assertEquals([one.cellsRead, two.cellsRead], [1, 2]);
});

Deno.test("convertedEvents() gives all tables the columns that all files have", async () => {
  const one = tree("one.root", [entry(20, 2, { gen_phi: [1], tc_simenergy: [0.5] })]);
  const two = tree("two.root", [entry(20, 2, { tc_simenergy: [0.7] })]);
  const tables = await Array.fromAsync(convertedEvents([one, two], CONVERSION));
  assertEquals(tables.map(({ columns }) => "gen_phi" in columns), [false, false]);
  assertEquals(tables.map(({ columns }) => columns.simenergy), [
    Float64Array.of(0.5),
    Float64Array.of(0.7),
  ]);
});

Deno.test("convertedEvents() names file and branch, or file and entry, of a fault", async () => {
  for (const { required } of Object.values(ROOT_BRANCHES)) {
    for (const name of required) {
      const { [name]: _, ...rest } = entry(20, 2);
      await assertRejects(
        () => Array.fromAsync(convertedEvents([tree("one.root", [rest])], CONVERSION)),
        TypeError,
        `Cannot convert one.root: branches are missing: ${name}`,
      );
    }
  }
  const bad = tree("two.root", [entry(20, 2), entry(20, 2, { tc_zside: [0] })]);
  await assertRejects(
    () => Array.fromAsync(convertedEvents([tree("one.root", [entry(20, 2)]), bad], CONVERSION)),
    RangeError,
    "Cannot convert two.root: entry 1: Cannot make wafers of event 2: trigger cell 0: tc_zside",
  );
});

const ARRAYS = "root/counted_arrays.root";
const HERE = fileURLToPath(new URL(".", import.meta.url));
const FILES = [
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(FILES, "convertTrees() writes a table and its manifest, or nothing", async () => {
  const folder = await Deno.makeTempDir({ dir: HERE, prefix: "_convert_" });
  const { log } = console;
  try {
    console.log = () => {};
    const good = tree("one.root", [entry(20, 2), entry(20, 2, { tc_waferu: [2] })]);
    for (const ending of ["csv", "parquet"]) {
      const file = `${folder}/new/wafers.${ending}`;
      await convertTrees([good], file, CONVERSION, { input: ["one.root"] });
      const [table] = await Array.fromAsync(readWafers(file));
      assertEquals([table.count, table.charges[0], table.rawCharges![0]], [2, 32, 100]);
      assertEquals(table.columns.waferu, Float64Array.of(3, 2));
      const { wafers, events, config } = await verifyManifest(file);
      assertEquals([wafers, events, config], [2, 2, { input: ["one.root"] }]);
    }

    const bad = tree("two.root", [entry(20, 2), entry(20, 2, { tc_eta: [NaN] })]);
    const unwritten = `${folder}/bad/wafers.csv`;
    await assertRejects(
      () => convertTrees([bad], unwritten, CONVERSION, {}),
      RangeError,
      "entry 1",
    );
    const none = tree("three.root", [entry(90, 2)]);
    await assertRejects(() => convertTrees([none], unwritten, CONVERSION, {}), TypeError, "none");
    assertEquals([...Deno.readDirSync(`${folder}/bad`)], []);
  } finally {
    console.log = log;
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding(
  [referenceData(ARRAYS), ...FILES],
  "convert_root.ts names what a file lacks, and writes nothing",
  async () => {
    const folder = await Deno.makeTempDir({ dir: HERE, prefix: "_convert_" });
    const file = fileURLToPath(new URL(ARRAYS, REFERENCE_DATA));
    const run = (...args: string[]) => () =>
      convertRoot(parseCommand(COMMAND, ["--output", `${folder}/wafers.csv`, ...args])!);
    try {
      await assertRejects(run(), TypeError, "--input is missing");
      await assertRejects(
        run("--input", file),
        TypeError,
        `Cannot read ${file}: there is no tree ${PUBLISHED_TREE}, there is [events]`,
      );
      await assertRejects(
        run("--input", file, "--tree", "events"),
        TypeError,
        `Cannot convert ${file}: branches are missing: gen_pt, gen_eta, tc_zside`,
      );
      const cut = `${folder}/cut.root`;
      await Deno.writeFile(cut, (await Deno.readFile(file)).subarray(0, 100_000));
      await assertRejects(run("--input", cut), TypeError, `Cannot read ${cut}: it is truncated`);
      await assertRejects(run("--input", `${folder}/none`), Deno.errors.NotFound, "no such file");
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["cut.root"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("convert_root.ts refuses options that make no sense", async () => {
  const cases = [
    ["--layers=11-5", "--layers must be two numbers in order"],
    ["--layers=9", "--layers must be two numbers in order"],
    ["--eta=1.6", "--eta must be two numbers in order"],
    ["--eta=1.6,", "--eta must be made of numbers"],
    ["--pt-max=low", "--pt-max must be made of numbers, current value is low"],
  ];
  for (const [option, text] of cases) {
    await assertRejects(
      () => convertRoot(parseCommand(COMMAND, ["--input", "a.root", option])!),
      RangeError,
      text,
    );
  }
});

testNeeding(
  [permission({ name: "read", path: new URL("../../", import.meta.url) })],
  "convert_root.ts shows its command as --help does",
  async () => {
    const usage = /deno run .*\.ts/.exec(helpText(COMMAND))![0];
    const script = new URL("../../scripts/convert_root.ts", import.meta.url);
    assert((await Deno.readTextFile(script)).includes(` ${usage}\n`));
  },
);
