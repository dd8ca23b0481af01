/**
 * Makes the sample of wafers in `data/`, byte for byte: the first 2,000 electron wafers of simulated
 * events.
 *
 *     deno run --no-prompt --allow-read=data --allow-write=data scripts/make_sample.ts
 *
 * @module
 */
import {
  allOf,
  concatenateWafers,
  nonEmpty,
  selectWafers,
  selectWhere,
  signalWafers,
  simulate,
  type WaferTable,
  waferTable,
  writeWafers,
} from "../src/datasets/mod.ts";
import { type Command, runCommand } from "./std/command.ts";

const OPTIONS = {
  output: {
    kind: "text",
    value: "FILE.csv",
    describe: "The file to write",
    default: "data/sample.csv",
    names: "output file",
  },
  count: { kind: "integer", describe: "Number of wafers", least: 1, default: 2000 },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 2306 },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/make_sample.ts",
  summary:
    "Makes a sample of simulated wafers as CSV: electrons of 2 to 35 GeV in 200 pile-up, wafers " +
    "of layers 5 to 11 that the electron has hit.",
  permissions: {
    "--allow-read=data": "giving the file its name when it is complete",
    "--allow-write=data": "the file",
  },
  options: OPTIONS,
  example: "--count 100 --seed 7 --output data/small.csv",
};

/** Layers of the published samples. */
const LAYERS = [5, 7, 9, 11];

/**
 * Writes wafers of simulated electrons to a file.
 *
 * @param options Where to, how many, and the seed.
 */
export async function makeSample(
  options: { output: string; count: number; seed: number },
): Promise<void> {
  const { output, count, seed } = options;
  const events = simulate({ seed, events: count, layers: LAYERS, eventsATable: 8 });
  const wanted = allOf(nonEmpty(), signalWafers());
  const tables: WaferTable[] = [];
  let wafers = 0;
  for await (const table of selectWhere(events, wanted)) {
    tables.push(table);
    wafers += table.count;
    if (wafers >= count) break;
  }
  const all = concatenateWafers(tables);
  const { charges, columns } = selectWafers(
    all,
    Array(Math.min(count, all.count)).keys().toArray(),
  );
  // Without the raw charges: half the size, and the EMD does not need them.
  const written = await writeWafers(output, waferTable(charges, columns));
  console.log(`Wrote ${written} wafers to ${output}`);
}

if (import.meta.main) await runCommand(COMMAND, makeSample);
