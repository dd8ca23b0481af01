/**
 * The state of a reproduction on disk, written anew whenever it changes.
 *
 * @module
 */
import {
  parseReproduction,
  parseResult,
  type Quantity,
  type ReproducedExperiment,
  type Reproduction,
  reproductionBytes,
  type ReproductionMachine,
  type Store,
} from "../../src/experiments/mod.ts";
import type { ResultEvent } from "./experiment_events.ts";

/** The file in the folder of results. */
export const RECORD = "reproduction.json";

/**
 * Reads what an earlier run has left.
 *
 * @param store The folder of results.
 * @returns The state; `undefined` when there is none.
 * @throws {RangeError | TypeError | SyntaxError} If it cannot be read, or another version has written it.
 */
export async function readRecord(store: Store): Promise<Reproduction | undefined> {
  const bytes = await store.read(RECORD);
  return bytes && parseReproduction(bytes);
}

/** The state of a reproduction, in memory and on disk. */
export class ReproductionRecord {
  #state: Reproduction;
  #written: Promise<void> = Promise.resolve();
  readonly #store: Store;

  /**
   * @param store The folder of results.
   * @param state The state to begin with; it is written by {@linkcode save}.
   */
  constructor(store: Store, state: Reproduction) {
    this.#store = store;
    this.#state = state;
  }

  /** The state. */
  get state(): Reproduction {
    return this.#state;
  }

  /**
   * Changes an experiment, and writes the state.
   *
   * @param name The experiment.
   * @param change What it is now.
   */
  async update(
    name: string,
    change: (experiment: ReproducedExperiment) => ReproducedExperiment,
  ): Promise<void> {
    const experiments = this.#state.experiments.map((experiment) =>
      experiment.name === name ? change(experiment) : experiment
    );
    this.#state = { ...this.#state, experiments };
    await this.save();
  }

  /** Writes the state, after those that are being written. */
  async save(): Promise<void> {
    const write = () => this.#store.write(RECORD, reproductionBytes(this.#state));
    this.#written = this.#written.then(write, write);
    await this.#written;
  }
}

/** What an experiment is, without what came of an earlier run. */
export type PlannedExperiment = Pick<
  ReproducedExperiment,
  "name" | "shows" | "of" | "script" | "arguments" | "preset" | "plannedMinutes"
>;

/**
 * An experiment that has ended well. A result that was found has the time and the machine of the run that
 * made it.
 *
 * @param planned The experiment.
 * @param event What its script said of the result.
 * @param here How long its process took, and this machine; `undefined` where another machine ran it.
 * @param earlier What is known of it from an earlier run.
 * @param store The folder of results.
 * @returns The experiment as it is now.
 */
export async function doneExperiment(
  planned: PlannedExperiment,
  event: ResultEvent,
  here: { readonly seconds: number; readonly machine: ReproductionMachine } | undefined,
  earlier: ReproducedExperiment | undefined,
  store: Store,
): Promise<ReproducedExperiment> {
  const { folder, reused } = event;
  const done = { ...planned, state: "done", folder, reused } as const;
  const isKnown = earlier?.folder === folder && earlier.seconds !== undefined;
  if (!reused && here) return { ...done, ...here, doneAt: new Date().toISOString() };
  if (reused && isKnown) {
    const { seconds, machine, doneAt } = earlier;
    return { ...done, seconds: seconds!, ...machine && { machine }, ...doneAt && { doneAt } };
  }
  const bytes = await store.read(`${folder}/run.json`);
  if (bytes === undefined) return done;
  const { seconds, time, host, platform, cores, deno } = JSON.parse(
    new TextDecoder().decode(bytes),
  );
  return { ...done, seconds, doneAt: time, machine: { host, platform, cores, deno } };
}

/**
 * What the finished experiments of a reproduction have measured.
 *
 * @param state The reproduction.
 * @param store The folder of results.
 * @returns The quantities, in the order of the experiments; none of a result that cannot be read.
 */
export async function measuredQuantities(
  state: Reproduction,
  store: Store,
): Promise<{ experiment: string; preset: string; quantity: Quantity }[]> {
  const measured = [];
  for (const { name, preset, state: now, folder } of state.experiments) {
    if (now !== "done") continue;
    const bytes = await store.read(`${folder}/result.json`);
    if (bytes === undefined) continue;
    for (const quantity of parseResult(bytes).quantities) {
      measured.push({ experiment: name, preset, quantity });
    }
  }
  return measured;
}
