import { canonicalJson } from "./canonical_json.ts";
import { checkFields, checkKind, type Fields, shown } from "./check_fields.ts";

/** The layout of `reproduction.json` that this code writes and reads. */
export const REPRODUCTION_SCHEMA = "hexmover/reproduction/1";

/** How large experiments are: minutes in all, or the sizes of the paper. */
export type ReproductionPreset = "quick" | "paper";

/** How far an experiment of a reproduction is. */
export type ReproducedState = "waiting" | "running" | "done" | "failed";

/** A machine that ran experiments. */
export interface ReproductionMachine {
  /** Its name, or `"unknown"`. */
  readonly host: string;
  /** Operating system and processor architecture, for example `"linux x86_64"`. */
  readonly platform: string;
  /** Number of logical processors. */
  readonly cores: number;
  /** Version of Deno. */
  readonly deno: string;
}

/** An experiment of a reproduction. */
export interface ReproducedExperiment {
  /** Its name, as in the results. */
  readonly name: string;
  /** What it shows, in a few words. */
  readonly shows: string;
  /** The figure or table of the paper, for example `"Fig. 6"` or `"Table A1"`. */
  readonly of?: string;
  /** The script that runs it, from the project's root. */
  readonly script: string;
  /** The script's arguments, without those that say how it reports. */
  readonly arguments: readonly string[];
  /** The preset that its arguments stand for. */
  readonly preset: ReproductionPreset;
  /** How far it is. */
  readonly state: ReproducedState;
  /** Folder of its result in the folder of results: `NAME/KEY`. */
  readonly folder?: string;
  /** Whether the result was found complete, so that nothing ran. */
  readonly reused?: boolean;
  /** How long it took when it really ran. */
  readonly seconds?: number;
  /** The machine that it ran on, once it is done. */
  readonly machine?: ReproductionMachine;
  /** When its result was made or found, ISO 8601 in UTC. */
  readonly doneAt?: string;
  /** How many minutes it was expected to take. */
  readonly plannedMinutes: number;
  /** Why it failed. */
  readonly error?: string;
}

/** What `results/reproduction.json` holds: which experiments there are, and how far each is. */
export interface Reproduction {
  /** {@linkcode REPRODUCTION_SCHEMA}. */
  readonly schema: typeof REPRODUCTION_SCHEMA;
  /** Version of the code. */
  readonly version: string;
  /** The preset of the latest run; each experiment has that of its own result. */
  readonly preset: ReproductionPreset;
  /** The first seed. */
  readonly seed: number;
  /** The file of wafers. */
  readonly input: string;
  /** What computes tensors. */
  readonly backend: string;
  /** Start of the latest run, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** The machine of the latest run. */
  readonly machine: ReproductionMachine;
  /** The experiments, in the order of the paper's reader: what is quick first. */
  readonly experiments: readonly ReproducedExperiment[];
}

/**
 * Writes a reproduction as the bytes of `reproduction.json`: canonical JSON, indented, newline at the
 * end.
 *
 * @param reproduction The reproduction.
 * @returns UTF-8 bytes.
 * @throws {RangeError | TypeError} If a part is not plain, finite JSON.
 *
 * @example Written and read again
 * ```ts
 * import {
 *   parseReproduction,
 *   REPRODUCTION_SCHEMA,
 *   reproductionBytes,
 * } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const reproduction = {
 *   schema: REPRODUCTION_SCHEMA,
 *   version: "0.1.0",
 *   preset: "quick",
 *   seed: 1,
 *   input: "data/sample.csv",
 *   backend: "wasm",
 *   startedAt: "2025-01-01T00:00:00.000Z",
 *   machine: { host: "unknown", platform: "linux x86_64", cores: 2, deno: "2.9.6" },
 *   experiments: [],
 * } as const;
 * assertEquals(parseReproduction(reproductionBytes(reproduction)), reproduction);
 * ```
 */
export function reproductionBytes(reproduction: Reproduction): Uint8Array {
  return new TextEncoder().encode(canonicalJson(reproduction, { indent: 2 }) + "\n");
}

/**
 * Reads `reproduction.json`, and checks every field.
 *
 * @param json The file's bytes or text.
 * @returns The reproduction.
 * @throws {SyntaxError} If it is not JSON.
 * @throws {TypeError} If a field is missing, unknown or of the wrong kind.
 * @throws {RangeError} If it was written by another version, or a preset or state is unknown.
 *
 * @example A file that another version wrote
 * ```ts
 * import { parseReproduction } from "@hexmover/hexmover/experiments";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => parseReproduction('{"schema": "hexmover/reproduction/0"}'),
 *   RangeError,
 *   "results of an older version",
 * );
 * ```
 */
export function parseReproduction(json: Uint8Array | string): Reproduction {
  const root = _parseJson(json);
  checkKind(root, "object", WHAT, WHAT);
  _checkSchema((root as Reproduction).schema);
  checkFields(root, REPRODUCTION_FIELDS, "", WHAT);
  const reproduction = root as Reproduction;
  checkFields(reproduction.machine, MACHINE_FIELDS, "machine", WHAT);
  _checkWord(reproduction.preset, PRESETS, "preset");
  reproduction.experiments.forEach((item, i) => _checkExperiment(item, `experiments[${i}]`));
  return reproduction;
}

const WHAT = "reproduction.json";
const PRESETS: readonly ReproductionPreset[] = ["quick", "paper"];
const STATES: readonly ReproducedState[] = ["waiting", "running", "done", "failed"];

const REPRODUCTION_FIELDS: Fields<Reproduction> = {
  schema: "string",
  version: "string",
  preset: "string",
  seed: "number",
  input: "string",
  backend: "string",
  startedAt: "string",
  machine: "object",
  experiments: "array",
};

const MACHINE_FIELDS: Fields<ReproductionMachine> = {
  host: "string",
  platform: "string",
  cores: "number",
  deno: "string",
};

const EXPERIMENT_FIELDS: Fields<ReproducedExperiment> = {
  name: "string",
  shows: "string",
  of: "string or absent",
  script: "string",
  arguments: "array",
  preset: "string",
  state: "string",
  folder: "string or absent",
  reused: "boolean or absent",
  seconds: "number or absent",
  machine: "object or absent",
  doneAt: "string or absent",
  plannedMinutes: "number",
  error: "string or absent",
};

function _checkExperiment(item: unknown, path: string): void {
  checkFields(item, EXPERIMENT_FIELDS, path, WHAT);
  const experiment = item as ReproducedExperiment;
  experiment.arguments.forEach((argument, i) =>
    checkKind(argument, "string", `${path}.arguments[${i}]`, WHAT)
  );
  if (experiment.machine !== undefined) {
    checkFields(experiment.machine, MACHINE_FIELDS, `${path}.machine`, WHAT);
  }
  _checkWord(experiment.preset, PRESETS, `${path}.preset`);
  _checkWord(experiment.state, STATES, `${path}.state`);
  if (experiment.state === "done") checkKind(experiment.folder, "string", `${path}.folder`, WHAT);
}

function _checkSchema(schema: unknown): void {
  if (schema === REPRODUCTION_SCHEMA) return;
  const number = (text: unknown) => Number(/^hexmover\/reproduction\/(\d+)$/.exec(`${text}`)?.[1]);
  const age = number(schema) > number(REPRODUCTION_SCHEMA) ? "a newer" : "an older";
  throw new RangeError(
    `Cannot read ${WHAT}: these are results of ${age} version of hexmover ` +
      `(schema must be ${shown(REPRODUCTION_SCHEMA)}, current value is ${shown(schema)}); ` +
      `choose another folder by --results, or remove that file`,
  );
}

function _checkWord(word: string, words: readonly string[], path: string): void {
  if (words.includes(word)) return;
  throw new RangeError(
    `Cannot read ${WHAT}: ${path} must be one of ${words.join(", ")}, ` +
      `current value is ${shown(word)}`,
  );
}

function _parseJson(json: Uint8Array | string): unknown {
  const text = typeof json === "string" ? json : new TextDecoder().decode(json);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${WHAT}: it must be JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
