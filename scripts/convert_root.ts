/**
 * Makes a table of wafers from the published ROOT samples.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/convert_root.ts
 *
 * @module
 */
import { basename, dirname } from "node:path";
import projectConfig from "../deno.json" with { type: "json" };
import { openByteSource } from "../src/datasets/formats/byte_source_deno.ts";
import { writeWafers } from "../src/datasets/files_deno.ts";
import type { WaferOrigin } from "../src/datasets/manifest.ts";
import { writeManifest } from "../src/datasets/manifest_deno.ts";
import { openRootTree, type RootTree } from "../src/datasets/published/root.ts";
import {
  type EventSelection,
  isSelectedEvent,
  PUBLISHED_TREE,
  ROOT_BRANCHES,
} from "../src/datasets/published/root_events.ts";
import { type EventWafersOptions, wafersOfEvent } from "../src/datasets/published/root_wafers.ts";
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { ProgressBar } from "./std/progress_bar.ts";

const OPTIONS = {
  input: {
    kind: "text",
    value: "FILE.root[,FILE.root...]",
    describe: "The files; events are numbered through all of them, in this order",
    names: "input",
  },
  output: {
    kind: "text",
    value: "FILE",
    describe: "The table to write; the ending .parquet, .csv or .npz tells the format",
    default: "results/wafers.parquet",
    names: "output file",
  },
  tree: {
    kind: "text",
    value: "FOLDER/NAME",
    describe: "The tree in the files",
    default: PUBLISHED_TREE,
  },
  layers: { kind: "text", value: "FIRST-LAST", describe: "Layers, 1 to 28", default: "5-11" },
  "pt-max": {
    kind: "text",
    value: "GEV",
    describe: "Greatest transverse momentum of the first generated particle, GeV",
    default: "35",
  },
  eta: {
    kind: "text",
    value: "LEAST,GREATEST",
    describe: "|eta| of the first generated particle",
    default: "1.6,3.0",
  },
  centres: {
    kind: "choice",
    choices: ["lattice", "cells"],
    describe: "eta and phi of a wafer: by CMS's geometry v12, or from its trigger cells",
    default: "lattice",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/convert_root.ts",
  summary: "Makes a table of wafers from the published ROOT samples (Zenodo 8338608 and 8408943).",
  permissions: {
    "--allow-read": "the ROOT files, and giving the table its name when it is complete",
    "--allow-write=results": "the table",
  },
  options: OPTIONS,
  example: "--input data/zenodo/ntuple_1.root,data/zenodo/ntuple_2.root --layers 9-9",
};

/** What is converted. */
export type Conversion = EventSelection & EventWafersOptions;

/**
 * Converts files, with bounded memory: a basket for each branch, and some thousand wafers.
 *
 * @param options The values of the options.
 * @throws {TypeError} If there is no input, a file is no ROOT file or damaged, or a tree or branch is
 * missing.
 * @throws {RangeError} If an option or the content of a branch makes no sense.
 */
export async function convertRoot(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, output, centres } = options;
  if (input === undefined) throw new TypeError("Cannot convert ROOT files: --input is missing");
  const conversion: Conversion = {
    layers: _twoNumbers("layers", options.layers, "-"),
    ptMax: _number("pt-max", options["pt-max"]),
    eta: _twoNumbers("eta", options.eta, ","),
    centres,
  };

  using files = new DisposableStack();
  const trees: RootTree[] = [];
  for (const path of input.split(",")) {
    const file = files.use(await openByteSource(path));
    trees.push(await openRootTree(file, options.tree));
  }
  const { tree, layers, eta } = options;
  await convertTrees(trees, output, conversion, {
    script: COMMAND.script,
    input: input.split(",").map((path) => basename(path)),
    tree,
    layers,
    "pt-max": options["pt-max"],
    eta,
    centres,
  });
}

/**
 * Writes the wafers of the selected events of trees to a file, and a manifest beside it.
 *
 * @param trees The trees.
 * @param output The file; its folder is made if it is not there.
 * @param conversion Which events, and which wafers of them.
 * @param config What the manifest tells of the options.
 * @throws {TypeError} If a branch is missing or cannot be read, or there are no wafers.
 * @throws {RangeError} If the content of a branch makes no sense.
 */
export async function convertTrees(
  trees: readonly RootTree[],
  output: string,
  conversion: Conversion,
  config: WaferOrigin["config"],
): Promise<void> {
  const bar = new ProgressBar({
    max: trees.reduce((sum, tree) => sum + tree.entries, 0),
    label: "events",
  });
  let selected = 0;
  const tables = convertedEvents(trees, conversion, (events, isSelected) => {
    bar.value = events;
    if (isSelected) selected++;
  });
  await Deno.mkdir(dirname(output), { recursive: true });
  const count = await writeWafers(output, tables);
  bar.stop();
  await writeManifest(output, { seed: null, config, version: projectConfig.version });
  console.log(`Wrote ${count} wafers of ${selected} events to ${output}`);
}

/**
 * The wafers of the selected events of trees, a table for each event that has any. An event's number is
 * its entry's, counted through all trees from 0, whether or not entries before it are selected.
 *
 * @param trees The trees. Branches that need not be there are read if all trees have them, so that all
 * tables have the same columns.
 * @param conversion Which events, and which wafers of them.
 * @param onEvent Called after each event with the number of events done, and whether it was selected.
 * @returns The tables, one after the other.
 * @throws {TypeError} If a branch is missing or cannot be read; the error names file and branch.
 * @throws {RangeError} If the content of a branch makes no sense; the error names file and entry.
 */
export async function* convertedEvents(
  trees: readonly RootTree[],
  conversion: Conversion,
  onEvent: (events: number, isSelected: boolean) => void = () => {},
): AsyncGenerator<WaferTable, void, undefined> {
  const { generated, cells } = ROOT_BRANCHES;
  const inAll = (name: string) => trees.every((tree) => tree.branches.includes(name));
  const generatedNames = [...generated.required, ...generated.optional.filter(inAll)];
  const cellNames = [...cells.required, ...cells.optional.filter(inAll)];
  for (const { file, branches } of trees) {
    const missing = [...generatedNames, ...cellNames].filter((name) => !branches.includes(name));
    if (missing.length > 0) {
      throw new TypeError(`Cannot convert ${file}: branches are missing: ${missing.join(", ")}`);
    }
  }

  let event = 0;
  for (const tree of trees) {
    for (let entry = 0; entry < tree.entries; entry++, event++) {
      const particles = await tree.read(entry, generatedNames);
      const isSelected = isSelectedEvent(particles, conversion);
      if (isSelected) {
        const branches = { ...particles, ...await tree.read(entry, cellNames) };
        const table = _inEntry(tree, entry, () => wafersOfEvent(event, branches, conversion));
        if (table.count > 0) yield table;
      }
      onEvent(event + 1, isSelected);
    }
  }
}

/** Adds file and entry to an error. */
function _inEntry<T>({ file }: RootTree, entry: number, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new RangeError(`Cannot convert ${file}: entry ${entry}: ${cause.message}`, { cause });
  }
}

function _twoNumbers(name: string, text: string, separator: string): [number, number] {
  const parts = text.split(separator);
  const [least, greatest] = parts.map((part) => _number(name, part));
  if (parts.length !== 2 || least > greatest) {
    throw new RangeError(
      `Cannot convert ROOT files: --${name} must be two numbers in order, separated by ` +
        `"${separator}", current value is ${text}`,
    );
  }
  return [least, greatest];
}

function _number(name: string, text: string): number {
  const number = text.trim() === "" ? NaN : Number(text);
  if (!Number.isNaN(number)) return number;
  throw new RangeError(
    `Cannot convert ROOT files: --${name} must be made of numbers, current value is ${text}`,
  );
}

if (import.meta.main) await runCommand(COMMAND, convertRoot);
