/**
 * Jobs as arrays of Slurm: submitted, waited for, checked, and what is missing submitted again.
 *
 * @module
 */
import { checkNeeds, type Job, type JobListener, type JobOutcome, lostNeed } from "./job.ts";
import { sbatch } from "./sbatch.ts";
import { submitFile, taskFile } from "./slurm_files.ts";

/** Options of {@linkcode runOnSlurm}. */
export interface SlurmOptions extends JobListener {
  /** Folder for submit files, logs and outputs, which all nodes see. */
  readonly folder: string;
  /** The folder in which jobs run. */
  readonly root: string;
  /** Says what is wrong with a job's output, if anything is; such a job is submitted again. */
  readonly check?: (job: Job, output: string) => string | undefined | Promise<string | undefined>;
  /** How often a job is submitted at most. @default 3 */
  readonly tries?: number;
  /** Submits tasks of an array and waits for their end. @default {@linkcode sbatch} */
  readonly submit?: typeof sbatch;
  /** Options for `sbatch`, such as `--partition=short`. @default none */
  readonly options?: readonly string[];
}

/** Lines of a log that an error quotes. */
const LINES_QUOTED = 5;

/**
 * Runs jobs as arrays of Slurm, one task a job: first those that need no other, then those whose needs
 * are done, and so on. A job is done when it has exited well and left its output; those that have not,
 * because they failed, were killed or their node was lost, are submitted again. No job is ever run
 * twice at the same time.
 *
 * @param jobs The jobs.
 * @param options Where files go, what a good output is, how often to try, and who is told.
 * @returns How each job ended, by its name.
 * @throws {RangeError} If two jobs have one name, a job needs one that is not there, or needs go in a
 * circle.
 * @throws {Error} If the cluster does not take the jobs.
 */
export async function runOnSlurm(
  jobs: readonly Job[],
  options: SlurmOptions,
): Promise<Map<string, JobOutcome>> {
  checkNeeds(jobs);
  const { signal, onStart, onEnd, submit = sbatch, tries = 3 } = options;
  const tasks = await _writeTasks(jobs, options);
  const outcomes = new Map<string, JobOutcome>();
  const end = async (job: Job, outcome: JobOutcome) => {
    outcomes.set(job.name, outcome);
    await onEnd?.(job, outcome);
  };
  while (outcomes.size < jobs.length) {
    const ready: _Task[] = [];
    for (const task of tasks) {
      const { job } = task, lost = lostNeed(job, outcomes);
      if (outcomes.has(job.name)) continue;
      else if (signal?.aborted) await end(job, { state: "stopped" });
      else if (lost !== undefined) {
        await end(job, { state: "skipped", error: `needs ${lost}, which was not done` });
      } else if (job.needs.every((need) => outcomes.has(need))) ready.push(task);
    }
    if (ready.length === 0) continue; // what ended just now lets others end
    for (const task of ready) {
      task.tries++;
      onStart?.(task.job);
    }
    const numbers = ready.map(({ number }) => number);
    await submit(`${options.folder}/submit.sh`, numbers, options);
    for (const task of ready) {
      const fault = await _fault(task, options);
      if (fault === undefined) await end(task.job, { state: "done" });
      else if (signal?.aborted) await end(task.job, { state: "stopped" });
      else if (task.tries >= tries) await end(task.job, { state: "failed", error: fault });
      else await _remove(task.output);
    }
  }
  return outcomes;
}

/** A job as a task of the array. */
interface _Task {
  readonly job: Job;
  /** Its number in the array. */
  readonly number: number;
  /** The file of what it prints. */
  readonly output: string;
  /** The file of what it says of errors. */
  readonly log: string;
  /** How often it was submitted. */
  tries: number;
}

/** Writes the files of all tasks, and takes away what an earlier run has left. */
async function _writeTasks(
  jobs: readonly Job[],
  { folder, root }: Pick<SlurmOptions, "folder" | "root">,
): Promise<_Task[]> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/submit.sh`, submitFile(folder, root));
  return await Promise.all(jobs.map(async (job, k) => {
    const number = k + 1, file = (end: string) => `${folder}/${number}.${end}`;
    const task = { job, number, output: file("out"), log: file("log"), tries: 0 };
    for (const left of [task.output, `${task.output}.partial`, task.log]) await _remove(left);
    await Deno.writeTextFile(file("sh"), taskFile(job, task.output));
    return task;
  }));
}

/** What is wrong with what a task has left; its lines are told on if nothing is. */
async function _fault(
  { job, output: file, log }: _Task,
  { check, onLine }: SlurmOptions,
): Promise<string | undefined> {
  const output = await _read(file);
  if (output === undefined) return `it left no output; ${await _lastLines(log)}`;
  const fault = await check?.(job, output);
  if (fault === undefined) {
    for (const line of output.split("\n")) if (line !== "") onLine?.(job, line);
  }
  return fault;
}

async function _lastLines(log: string): Promise<string> {
  const text = (await _read(log))?.trim();
  return text ? `its log ends: ${text.split("\n").slice(-LINES_QUOTED).join("\n")}` : "no log";
}

async function _read(file: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function _remove(file: string): Promise<void> {
  await Deno.remove(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
