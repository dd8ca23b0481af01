/**
 * Simulates events with pile-up and writes their wafers to a file.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/simulate.ts
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import { readWafers, writeWafers } from "../src/datasets/files_deno.ts";
import { writeManifest } from "../src/datasets/manifest_deno.ts";
import { simulate, type SimulateOptions } from "../src/datasets/simulate.ts";
import { SIMULATION } from "../src/datasets/simulation/constants.ts";
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import { writeWholeFile } from "../src/datasets/formats/whole_file_deno.ts";
import { type Command, runCommand } from "./std/command.ts";
import { WORKERS_OPTION } from "./std/common_options.ts";
import { ProgressBar } from "./std/progress_bar.ts";

const OPTIONS = {
  output: {
    kind: "text",
    value: "FILE",
    describe: "File to write: .parquet, .csv or .npz",
    default: "results/simulated.parquet",
    names: "output file",
  },
  events: { kind: "integer", describe: "Number of events", least: 1, default: 1000 },
  "first-event": { kind: "integer", describe: "Number of the first event", least: 0, default: 0 },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  particle: {
    kind: "choice",
    choices: ["electron", "photon"],
    describe: "What is generated",
    default: "electron",
  },
  pt: { kind: "text", value: "MIN,MAX", describe: "Its pT in GeV", default: "2,35" },
  "pt-power": {
    kind: "text",
    value: "X",
    describe: "Density of pT: pT^X; 0 is even, -1 even in the logarithm",
    default: "0",
  },
  eta: { kind: "text", value: "MIN,MAX", describe: "Its |eta|", default: "1.5,3" },
  "pile-up": {
    kind: "text",
    value: "X",
    describe: "Mean number of pile-up interactions",
    default: "200",
  },
  layers: {
    kind: "text",
    value: "LIST",
    describe: "Layers to write: of 1,3,...,27",
    default: "1,3,5,7,9,11,13,15,17,19,21,23,25,27",
  },
  workers: WORKERS_OPTION,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/simulate.ts",
  summary: `\
Simulates events, a particle in the middle of pile-up, and writes the wafers around it as a table.

The file appears under its name when it is complete, with a manifest beside it: checksum, columns,
counts, seed and options. Until then finished parts are kept in a folder
beside it, with the ending .parts: the same command goes on where an earlier one was cut off, with the
same bytes in the end, however often and with any number of workers.`,
  permissions: {
    "--allow-read": "earlier parts, and this project's src (workers)",
    "--allow-write=results": "the file and its parts",
  },
  options: OPTIONS,
  example: "--events 20000 --layers 5,7,9,11 --output results/electrons.parquet",
};

/** Events in a part: some seconds of work, which is what an interruption may cost. */
const EVENTS_A_PART = 512;
const EVENTS_A_TABLE = 64;

if (import.meta.main) await runCommand(COMMAND, simulateToFile);

/**
 * Simulates events into a file, or goes on with that.
 *
 * @param options The options of the command line.
 */
export async function simulateToFile(
  options: {
    output: string;
    events: number;
    "first-event": number;
    seed: number;
    particle: "electron" | "photon";
    pt: string;
    "pt-power": string;
    eta: string;
    "pile-up": string;
    layers: string;
    workers: number;
  },
): Promise<void> {
  const { output } = options;
  const [min, max] = _numbers("pt", options.pt, 2);
  const [etaMin, etaMax] = _numbers("eta", options.eta, 2);
  const [power] = _numbers("pt-power", options["pt-power"], 1);
  const [pileUp] = _numbers("pile-up", options["pile-up"], 1);
  const settings = {
    seed: options.seed,
    events: options.events,
    firstEvent: options["first-event"],
    particle: options.particle,
    pT: { min, max, power },
    eta: [etaMin, etaMax] as const,
    pileUp,
    layers: _numbers("layers", options.layers),
  };
  // Both refuse what is wrong, a name in no known format too, before anything is simulated.
  simulate(settings);
  readWafers(output);
  const workers = options.workers === 0 ? navigator.hardwareConcurrency : options.workers;

  const folder = `${output}.parts`;
  await _beginOrResume(folder, settings);
  await _writeParts(folder, settings, workers);

  // The joined file is finished inside the folder, so that whatever is cut off is removed with it.
  const ending = /\.[^./\\]*$/.exec(output)?.[0] ?? "";
  const joined = `${folder}/joined${ending}`;
  const wafers = await writeWafers(joined, _readParts(folder, settings.events));
  await Deno.rename(joined, output);
  const { seed, pT, ...rest } = settings;
  await writeManifest(output, {
    seed,
    config: { ...rest, eta: [...rest.eta], pT: { ...pT } },
    version: config.version,
  });
  // Last, so that a run which is cut off before can finish the file and its manifest.
  await Deno.remove(folder, { recursive: true });
  console.log(`Wrote ${wafers} wafers of ${settings.events} events to ${output}`);
}

/** Makes the folder of parts, or checks that its parts are of the same run. */
async function _beginOrResume(folder: string, settings: SimulateOptions): Promise<void> {
  const run = { version: config.version, ...settings, constants: SIMULATION };
  const description = JSON.stringify(run, null, 2) + "\n";
  const file = `${folder}/settings.json`;
  const earlier = await Deno.readTextFile(file).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (earlier === undefined) {
    await Deno.mkdir(folder, { recursive: true });
    await writeWholeFile(file, [new TextEncoder().encode(description)], "settings");
  } else if (earlier !== description) {
    throw new TypeError(
      `Cannot go on with ${folder}: it holds parts of a run with other settings; ` +
        `remove it to begin anew`,
    );
  }
}

/** Simulates the parts that are missing, each renamed into place when it is complete. */
async function _writeParts(
  folder: string,
  settings: SimulateOptions & { firstEvent: number },
  workers: number,
): Promise<void> {
  const { events, firstEvent } = settings;
  const parts = _partNames(folder, events);
  let part = 0;
  while (part < parts.length && await _exists(parts[part])) part++;
  if (part === parts.length) return;

  const done = part * EVENTS_A_PART;
  const bar = new ProgressBar({ max: events, value: done, label: "events" });
  let tables: WaferTable[] = [];
  const missing = {
    ...settings,
    firstEvent: firstEvent + done,
    events: events - done,
    eventsATable: EVENTS_A_TABLE,
    workers,
    onProgress: (more: number) => void (bar.value = done + more),
  };
  for await (const table of simulate(missing)) {
    tables.push(table);
    if (tables.length * EVENTS_A_TABLE < EVENTS_A_PART) continue;
    await writeWafers(parts[part++], tables);
    tables = [];
  }
  if (tables.length > 0) await writeWafers(parts[part], tables);
  bar.stop();
}

async function* _readParts(folder: string, events: number): AsyncGenerator<WaferTable> {
  for (const part of _partNames(folder, events)) yield* readWafers(part);
}

/** Parts are in Parquet, whatever the output: every number comes back as it was. */
function _partNames(folder: string, events: number): string[] {
  return Array.from(
    { length: Math.ceil(events / EVENTS_A_PART) },
    (_, part) => `${folder}/part_${String(part).padStart(6, "0")}.parquet`,
  );
}

async function _exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Numbers between commas. */
function _numbers(option: string, text: string, count?: number): number[] {
  const numbers = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  if (numbers.every(Number.isFinite) && numbers.length === (count ?? numbers.length)) {
    return numbers;
  }
  const wanted = count === 1 ? "a number" : `${count ?? "some"} numbers with commas between`;
  throw new RangeError(
    `Cannot run scripts/simulate.ts: --${option} must be ${wanted}, current value is ${text}`,
  );
}
