import { canonicalJson, type JsonObject } from "./canonical_json.ts";
import { checkFigure } from "./check_figure.ts";
import type { Figure } from "./figure.ts";
import { type Drawing, figureFiles, type NamedFile } from "./figure_files.ts";
import { resultKey } from "./key.ts";
import { type Quantity, quantity } from "./quantity.ts";
import { parseResult, type Result, RESULT_SCHEMA, resultBytes } from "./result.ts";
import { assertStorePath, type Store } from "./store.ts";

/** How far an experiment is. */
export interface Progress {
  /** Steps done. */
  readonly done: number;
  /** Steps in all. */
  readonly total: number;
  /** What is being done, in a few words. */
  readonly label: string;
}

/** Interim state of long work, kept beside the result of the same key. */
export interface Checkpoint {
  /**
   * Reads what an earlier, unfinished run wrote.
   *
   * @param name Name of the checkpoint.
   * @returns The bytes, or `undefined` when there are none.
   */
  read(name: string): Promise<Uint8Array | undefined>;
  /**
   * Keeps interim state.
   *
   * @param name Name of the checkpoint.
   * @param bytes What a later run shall read.
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** What an experiment is given to work with. */
export interface ExperimentContext<C extends JsonObject = JsonObject> {
  /** The configuration of this run. */
  readonly config: C;
  /** Seeds for random streams. */
  readonly seeds: readonly number[];
  /** Interim state, so that work which was cut off can go on. */
  readonly checkpoint: Checkpoint;
  /** Says how far the work is. */
  progress(done: number, total: number, label: string): void;
  /** Adds a measured quantity, summed up by {@linkcode quantity}. */
  addQuantity(
    name: string,
    unit: string,
    values: ArrayLike<number>,
    options?: { paper?: number },
  ): void;
  /** Adds a figure under a name without extension; see {@linkcode figureFiles}. */
  addFigure(name: string, figure: Figure | Drawing): void;
  /** Adds a further file, by its name with extension. */
  addFile(name: string, bytes: Uint8Array): void;
}

/** An experiment: a name and what to do. */
export interface Experiment<C extends JsonObject = JsonObject> {
  /** Name of its folder: small letters, digits, `_` and `-`. */
  readonly name: string;
  /** Title, in words. */
  readonly title: string;
  /** Measures and draws. Its numbers may depend on nothing but config, seeds and input data. */
  run(context: ExperimentContext<C>): void | Promise<void>;
}

/** Options of {@linkcode runExperiment}. */
export interface RunOptions<C extends JsonObject = JsonObject> {
  /** The configuration. */
  readonly config: C;
  /** Seeds of the random streams, safe integers. */
  readonly seeds: readonly number[];
  /** {@linkcode checksum} of the input data, `""` without input. */
  readonly dataChecksum: string;
  /** What computes, for example `"typescript"`. Not part of the key. */
  readonly backend: string;
  /** Version of the code. */
  readonly version: string;
  /** Where results are kept. */
  readonly store: Store;
  /** Time, host, commit and so on, for `run.json`. */
  readonly provenance?: JsonObject;
  /** Run again although the result is complete, without reading earlier checkpoints. */
  readonly force?: boolean;
  /** Called whenever the experiment says how far it is. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How {@linkcode runExperiment} ended. */
export interface RunOutcome {
  /** The result, new or found. */
  readonly result: Result;
  /** Its folder in the store: `<experiment>/<key>`. */
  readonly folder: string;
  /** Whether it was found complete, so that nothing ran. */
  readonly reused: boolean;
}

/**
 * Declares an experiment.
 *
 * @param experiment Name, title and what to do.
 * @returns The same experiment.
 * @throws {RangeError} If the name cannot name a folder.
 *
 * @example
 * ```ts
 * import { defineExperiment } from "@hexmover/hexmover/experiments";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const experiment = { name: "fig5", title: "EMD of reconstructions", run: () => {} };
 * assertEquals(defineExperiment(experiment), experiment);
 * assertThrows(() => defineExperiment({ ...experiment, name: "Fig. 5" }), RangeError, '"Fig. 5"');
 * ```
 */
export function defineExperiment<C extends JsonObject = JsonObject>(
  experiment: Experiment<C>,
): Experiment<C> {
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(experiment.name)) {
    throw new RangeError(
      `Cannot define an experiment: name must be of a-z, 0-9, "_" and "-", ` +
        `current value is ${JSON.stringify(experiment.name)}`,
    );
  }
  return experiment;
}

/**
 * Runs an experiment, or finds its result when it ran before with the same configuration, seeds,
 * data and version.
 *
 * In `<experiment>/<key>/` of the store it writes figures and files, then `run.json` (time, host,
 * duration: never compared), and last `result.json`, whose presence therefore means that the result
 * is complete. Equal inputs give equal bytes of all but `run.json`. An experiment that throws leaves
 * nothing but its checkpoints.
 *
 * @param experiment The experiment.
 * @param options Inputs, store and what else a run needs.
 * @returns The result and where it is.
 * @throws {RangeError | TypeError} If an input is not plain and finite, two figures or files have one
 * name, or a stored result cannot be read.
 *
 * @example Run once, found the second time
 * ```ts
 * import { defineExperiment, memoryStore, runExperiment } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const doubling = defineExperiment<{ n: number }>({
 *   name: "doubling",
 *   title: "Twice a number",
 *   run({ config, addQuantity }) {
 *     addQuantity("twice n", "", [2 * config.n], { paper: 6 });
 *   },
 * });
 * const inputs = { config: { n: 3 }, seeds: [1], dataChecksum: "", backend: "typescript" };
 * const options = { ...inputs, version: "0.1.0", store: memoryStore() };
 * const first = await runExperiment(doubling, options);
 * const second = await runExperiment(doubling, options);
 * assertEquals([first.reused, second.reused], [false, true]);
 * assertEquals(second.result.quantities[0].mean, 6);
 * ```
 */
export async function runExperiment<C extends JsonObject>(
  experiment: Experiment<C>,
  options: RunOptions<C>,
): Promise<RunOutcome> {
  const { config, seeds, dataChecksum, backend, version, store } = options;
  const inputs = { experiment: experiment.name, config, seeds, dataChecksum, version };
  const folder = `${experiment.name}/${await resultKey(inputs)}`;
  if (!options.force) {
    const result = await _storedResult(store, `${folder}/result.json`);
    if (result !== undefined) return { result, folder, reused: true };
  }

  const started = performance.now();
  const output = new _Output();
  await experiment.run({
    config,
    seeds,
    checkpoint: _checkpoint(store, `${folder}/checkpoint`, options.force ?? false),
    progress: (done, total, label) => options.onProgress?.({ done, total, label }),
    addQuantity: (...parts) => output.addQuantity(quantity(...parts)),
    addFigure: (name, figure) => output.addFigure(name, figure),
    addFile: (name, bytes) => output.addFile(name, bytes),
  });

  const figures = [];
  for (const [name, figure] of output.figures) {
    const files = await figureFiles(name, figure);
    output.files.push(...files);
    figures.push({ name, title: figure.title, files: files.map((file) => file.name) });
  }
  const { quantities } = output;
  const result: Result = { schema: RESULT_SCHEMA, ...inputs, backend, quantities, figures };
  const bytes = resultBytes(result);
  for (const file of output.files) await store.write(`${folder}/${file.name}`, file.bytes);
  await store.write(`${folder}/run.json`, _runBytes(options.provenance, started));
  await store.write(`${folder}/result.json`, bytes);
  // As a later run will find it: plain data, of which nothing is shared with the experiment.
  return { result: parseResult(bytes), folder, reused: false };
}

/** What an experiment has added so far. Nothing is written before it is done. */
class _Output {
  readonly quantities: Quantity[] = [];
  readonly figures = new Map<string, Figure | Drawing>();
  readonly files: NamedFile[] = [];
  readonly #taken = new Set(["result.json", "run.json"]);

  addQuantity(added: Quantity): void {
    if (this.quantities.some(({ name }) => name === added.name)) {
      throw new RangeError(`Cannot add quantity "${added.name}": there is one of that name`);
    }
    this.quantities.push(added);
  }

  addFigure(name: string, figure: Figure | Drawing): void {
    // Now rather than after hours of work.
    if (!("svg" in figure)) checkFigure(figure);
    for (const end of ["svg", "png", "plotly.json"]) this.#take(`${name}.${end}`);
    this.figures.set(name, figure);
  }

  addFile(name: string, bytes: Uint8Array): void {
    this.#take(name);
    this.files.push({ name, bytes: bytes.slice() });
  }

  #take(name: string): void {
    assertStorePath(name);
    if (this.#taken.has(name) || name.startsWith("checkpoint/")) {
      throw new RangeError(`Cannot add file "${name}": the name is taken`);
    }
    this.#taken.add(name);
  }
}

async function _storedResult(store: Store, path: string): Promise<Result | undefined> {
  const bytes = await store.read(path);
  if (bytes === undefined) return undefined;
  try {
    return parseResult(bytes);
  } catch (cause) {
    throw new TypeError(
      `Cannot reuse ${path}, which "force" would replace: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Checkpoints in a folder; a forced run sees only those that it wrote itself. */
function _checkpoint(store: Store, folder: string, force: boolean): Checkpoint {
  const written = new Set<string>();
  return {
    async read(name) {
      return force && !written.has(name) ? undefined : await store.read(`${folder}/${name}`);
    },
    async write(name, bytes) {
      await store.write(`${folder}/${name}`, bytes);
      written.add(name);
    },
  };
}

function _runBytes(provenance: JsonObject | undefined, started: number): Uint8Array {
  const seconds = Math.round(performance.now() - started) / 1000;
  return new TextEncoder().encode(canonicalJson({ ...provenance, seconds }, { indent: 2 }) + "\n");
}
