/**
 * Running the experiments of a reproduction: their jobs, the state on disk, the report, and what is said
 * meanwhile.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readWafers } from "../../src/datasets/files_deno.ts";
import {
  fileStore,
  type ReproducedExperiment,
  type Reproduction,
} from "../../src/experiments/mod.ts";
import { duration } from "../../src/experiments/duration.ts";
import type { CellOrder } from "../../src/wafer/cells.ts";
import { writeReport } from "../report.ts";
import { checkEvents, parseEvent, type ResultEvent } from "./experiment_events.ts";
import type { Job, JobListener, JobOutcome } from "./job.ts";
import { runJobs } from "./job_runner.ts";
import { removePartialFiles } from "./partial_files.ts";
import type { ReproducedScript } from "./reproduced_experiments.ts";
import { experimentJob, sharedOutJobs } from "./reproduction_plan.ts";
import {
  doneExperiment,
  type PlannedExperiment,
  type ReproductionRecord,
} from "./reproduction_record.ts";
import { RunDisplay } from "./run_display.ts";
import { runOnSlurm } from "./slurm_runner.ts";
import { stopSignals } from "./stop_signals.ts";

const ROOT = new URL("../../", import.meta.url);

/** How experiments are run. */
export interface ReproductionOptions {
  /** Where results are kept. */
  readonly results: string;
  /** How many experiments run at a time. */
  readonly jobs: number;
  /** Where they run: on this machine, or on a cluster. */
  readonly engine: "local" | "slurm";
  /** Options for `sbatch`. */
  readonly sbatch: readonly string[];
  /** Whether experiments are run again. */
  readonly force: boolean;
  /** Nothing but errors is said. */
  readonly quiet: boolean;
  /** Each change of an experiment is said as a line of JSON. */
  readonly json: boolean;
  /** What an earlier run has left. */
  readonly earlier: Reproduction | undefined;
}

/** How a reproduction ended. */
export interface ReproductionOutcome {
  /** The experiments that failed. */
  readonly failed: readonly ReproducedExperiment[];
  /** Whether it was stopped, by Ctrl-C. */
  readonly stopped: boolean;
}

/**
 * Runs experiments, and keeps their state and the report up to date.
 *
 * @param scripts The experiments.
 * @param record The state, which has all of them.
 * @param options How they are run.
 * @returns How it ended.
 */
export async function reproduceExperiments(
  scripts: readonly ReproducedScript[],
  record: ReproductionRecord,
  options: ReproductionOptions,
): Promise<ReproductionOutcome> {
  const names = scripts.map(({ name }) => name);
  const rows = record.state.experiments.filter(({ name }) => names.includes(name));
  using stop = stopSignals();
  const run = new _Run(record, rows, options);
  const timer = setInterval(() => run.display.draw(), 1000);
  try {
    const listener: JobListener = {
      signal: stop.signal,
      onStart: (job) => run.start(job),
      onLine: (job, line) => run.line(job, line),
      onEnd: (job, outcome) => run.end(job, outcome),
    };
    if (options.engine === "slurm") {
      const jobs = scripts.flatMap((script, k) =>
        sharedOutJobs(script, rows[k].preset, rows[k].arguments, names)
      );
      const folder = resolve(options.results, "slurm"), root = fileURLToPath(ROOT);
      const check = (_: Job, output: string) => checkEvents(output);
      await runOnSlurm(jobs, { ...listener, folder, root, check, options: options.sbatch });
    } else {
      const force = options.force ? ["--force"] : [];
      const jobs = scripts.map((script, k) =>
        experimentJob(script, [...rows[k].arguments, ...force], names)
      );
      await runJobs(jobs, { ...listener, root: ROOT, sideBySide: options.jobs });
    }
  } finally {
    clearInterval(timer);
    run.display.stop();
  }
  const stopped = stop.signal.aborted;
  if (stopped) {
    await removePartialFiles(options.results, new Date(record.state.startedAt));
    await run.report();
  }
  const failed = record.state.experiments.filter(({ name, state }) =>
    names.includes(name) && state === "failed"
  );
  return { failed, stopped };
}

/**
 * Checks that a file of wafers can be read, before anything runs.
 *
 * @param input The file.
 * @param order How its columns are numbered.
 * @throws {Error} If it cannot be read, or is no table of wafers.
 */
export async function checkWafers(input: string, order: CellOrder): Promise<void> {
  for await (const { count } of readWafers(input, { order })) if (count > 0) return;
  throw new RangeError(`Cannot reproduce: ${input} must hold wafers, current number is 0`);
}

/** What is done and said when jobs begin, go on and end. */
class _Run {
  readonly display: RunDisplay;
  readonly #record: ReproductionRecord;
  readonly #planned: ReadonlyMap<string, PlannedExperiment>;
  readonly #options: ReproductionOptions;
  readonly #started = new Map<string, number>();
  readonly #results = new Map<string, ResultEvent>();
  #reported: Promise<void> = Promise.resolve();

  constructor(
    record: ReproductionRecord,
    planned: readonly ReproducedExperiment[],
    options: ReproductionOptions,
  ) {
    this.#record = record;
    // What came of an earlier run is not part of the plan.
    this.#planned = new Map(planned.map(({ state: _state, ...row }) => [row.name, row]));
    this.#options = options;
    this.display = new RunDisplay({
      minutes: new Map(planned.map(({ name, plannedMinutes }) => [name, plannedMinutes])),
      sideBySide: options.jobs,
      ...(options.quiet || options.json) && { sink: { isTerminal: false, write: () => {} } },
    });
  }

  async start({ name }: Job): Promise<void> {
    if (!this.#planned.has(name)) return; // a share of one
    this.#started.set(name, performance.now());
    this.display.start(name);
    await this.#update(name, { ...this.#planned.get(name)!, state: "running" });
  }

  line({ name }: Job, line: string): void {
    const event = parseEvent(line);
    if (event?.event === "result") this.#results.set(name, event);
    if (event?.event !== "progress") return;
    this.display.progress(name, `${event.label} ${_percent(event.done, event.total)}`);
  }

  async end({ name }: Job, outcome: JobOutcome): Promise<void> {
    const planned = this.#planned.get(name), { results } = this.#options;
    if (planned === undefined) {
      const how = outcome.state === "failed" ? `failed: ${outcome.error}` : outcome.state;
      if (outcome.state !== "stopped") this.display.say(`${name}: ${how}`);
      return;
    }
    const result = this.#results.get(name);
    if (outcome.state === "stopped") {
      await this.#update(name, { ...planned, state: "waiting" });
      return;
    }
    if (outcome.state !== "done" || result === undefined) {
      const error = outcome.state === "done" ? "it said nothing of a result" : outcome.error;
      await this.#update(name, { ...planned, state: "failed", error });
      this.display.end(name, `${name} failed: ${error}`, { counts: false });
      await this.report();
      return;
    }
    const seconds = Math.round(performance.now() - this.#started.get(name)!) / 1000;
    // With Slurm it waited for its turn, and ran who knows where: its own record knows.
    const here = this.#options.engine === "local"
      ? { seconds, machine: this.#record.state.machine }
      : undefined;
    const before = this.#options.earlier?.experiments.find((row) => row.name === name);
    const done = await doneExperiment(planned, result, here, before, fileStore(results));
    await this.#update(name, done);
    const how = result.reused ? "found complete" : `done in ${duration(done.seconds ?? seconds)}`;
    this.display.end(name, `${name}: ${how}, ${results}/${result.folder}`, {
      counts: !result.reused,
    });
    await this.report();
  }

  async #update(name: string, row: ReproducedExperiment): Promise<void> {
    await this.#record.update(name, () => row);
    if (this.#options.json) console.log(JSON.stringify({ event: "experiment", ...row }));
  }

  /** Writes the report as things stand, after those that are being written: the last is the newest. */
  async report(): Promise<void> {
    this.#reported = this.#reported.then(() => this.#writeReport());
    await this.#reported;
  }

  async #writeReport(): Promise<void> {
    try {
      await writeReport({ results: this.#options.results });
    } catch (error) {
      // It can be written again; the experiments cannot wait for it.
      this.display.say(`The report could not be written: ${(error as Error).message}`);
    }
  }
}

function _percent(done: number, total: number): string {
  return `${Math.trunc(100 * (total === 0 ? 1 : done / total))} %`;
}
