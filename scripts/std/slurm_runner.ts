/**
 * Jobs as arrays of Slurm: submitted, waited for, checked, and what is missing submitted again.
 *
 * @module
 */
import { checkNeeds, type Job, type JobListener, type JobOutcome, lostNeed } from "./job.ts";
import { isQueued, sbatch } from "./sbatch.ts";
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
  /**
   * Milliseconds between two looks for outputs, which is also how late a file may be seen that another
   * machine has written.
   *
   * @default 1000
   */
  readonly interval?: number;
  /** Options for `sbatch`, such as `--partition=short`. @default none */
  readonly options?: readonly string[];
  /** Submits tasks of an array and waits for their end. @default {@linkcode sbatch} */
  readonly submit?: typeof sbatch;
  /** Whether an array of an earlier run has not ended. @default {@linkcode isQueued} */
  readonly isQueued?: (number: string) => Promise<boolean>;
}

/** Lines of a log that an error quotes. */
const LINES_QUOTED = 5;

/**
 * Runs jobs as arrays of Slurm, one task a job: first those that need no other, and each other one as
 * soon as those that it needs are done. A job is done when it has exited well and left its output; those
 * that have not, because they failed, were killed or their node was lost, are submitted again when their
 * array has ended. So no job is ever run twice at the same time, and a second run in the same folder is
 * refused while arrays of the first one go on.
 *
 * @param jobs The jobs.
 * @param options Where files go, what a good output is, how often to try, and who is told.
 * @returns How each job ended, by its name.
 * @throws {RangeError} If two jobs have one name, a job needs one that is not there, or needs go in a
 * circle.
 * @throws {Error} If the cluster does not take the jobs, or has not done with those of an earlier run.
 */
export async function runOnSlurm(
  jobs: readonly Job[],
  options: SlurmOptions,
): Promise<Map<string, JobOutcome>> {
  checkNeeds(jobs);
  await Deno.mkdir(options.folder, { recursive: true });
  await _checkEarlierArrays(options);
  const { signal, onStart, onEnd, tries = 3 } = options;
  const waiting = new Set(await _writeTasks(jobs, options));
  const submitted = new Set<_Array>();
  const outcomes = new Map<string, JobOutcome>();
  // Whatever ends this run, its arrays end with it.
  const giveUp = new AbortController();
  const cancelling = signal ? AbortSignal.any([signal, giveUp.signal]) : giveUp.signal;
  const end = async (task: _Task, outcome: JobOutcome) => {
    waiting.delete(task);
    outcomes.set(task.job.name, outcome);
    await onEnd?.(task.job, outcome);
  };
  const look = async (array: _Array) => {
    const { hasEnded } = array;
    for (const task of array.tasks) {
      const output = await _read(task.output);
      if (output === undefined && !hasEnded) continue;
      array.tasks.delete(task);
      const fault = await _fault(task, output, options);
      if (fault === undefined) await end(task, { state: "done" });
      else if (signal?.aborted) await end(task, { state: "stopped" });
      else if (task.tries >= tries) await end(task, { state: "failed", error: fault });
      else {
        await _remove(task.output);
        waiting.add(task);
      }
    }
    if (array.tasks.size === 0 && hasEnded) submitted.delete(array);
  };

  try {
    while (waiting.size + submitted.size > 0) {
      const ready: _Task[] = [];
      for (const task of waiting) {
        const { job } = task, lost = lostNeed(job, outcomes);
        if (signal?.aborted) await end(task, { state: "stopped" });
        else if (lost !== undefined) {
          await end(task, { state: "skipped", error: `needs ${lost}, which was not done` });
        } else if (job.needs.every((need) => outcomes.has(need))) ready.push(task);
      }
      for (const task of ready) {
        waiting.delete(task);
        task.tries++;
        await onStart?.(task.job);
      }
      if (ready.length > 0) submitted.add(_submit(ready, options, cancelling));
      if (submitted.size === 0) continue; // what ended just now lets others end
      await Promise.race([_pause(options), ...[...submitted].map(({ end }) => end)]);
      for (const array of submitted) await look(array);
    }
    await _remove(`${options.folder}/${ARRAYS}`);
  } finally {
    giveUp.abort();
    await Promise.allSettled([...submitted].map(({ end }) => end));
  }
  return outcomes;
}

/** A job as a task of an array. */
interface _Task {
  readonly job: Job;
  /** Its number. */
  readonly number: number;
  /** The file of what it prints. */
  readonly output: string;
  /** The file of what it says of errors. */
  readonly log: string;
  /** How often it was submitted. */
  tries: number;
}

/** Tasks that were submitted together. */
interface _Array {
  /** Those that are not known to have ended. */
  readonly tasks: Set<_Task>;
  /** When all have ended. */
  readonly end: Promise<void>;
  hasEnded: boolean;
}

/** The numbers of the arrays of a run that has not ended. */
const ARRAYS = "arrays.txt";

function _submit(
  tasks: readonly _Task[],
  slurm: SlurmOptions,
  signal: AbortSignal,
): _Array {
  const { folder, submit = sbatch, options = [] } = slurm;
  const onNumber = (number: string) =>
    Deno.writeTextFileSync(`${folder}/${ARRAYS}`, `${number}\n`, { append: true });
  const numbers = tasks.map(({ number }) => number);
  const end = submit(`${folder}/submit.sh`, numbers, { options, signal, onNumber }).then(
    async () => {
      await _pause(slurm);
      array.hasEnded = true;
    },
  );
  const array = { tasks: new Set(tasks), end, hasEnded: false };
  return array;
}

async function _checkEarlierArrays(options: SlurmOptions): Promise<void> {
  const asked = options.isQueued ?? isQueued, file = `${options.folder}/${ARRAYS}`;
  for (const number of (await _read(file))?.split("\n").filter(Boolean) ?? []) {
    if (!await asked(number)) continue;
    throw new Error(
      `Cannot run jobs in ${options.folder}: array ${number} of an earlier run has not ended; ` +
        `wait for it, or end it by scancel ${number}`,
    );
  }
  await _remove(file);
}

function _pause({ interval = 1000 }: SlurmOptions): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, interval));
}

/** Writes the files of all tasks, and takes away what an earlier run has left. */
async function _writeTasks(
  jobs: readonly Job[],
  { folder, root }: Pick<SlurmOptions, "folder" | "root">,
): Promise<_Task[]> {
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
  { job, log }: _Task,
  output: string | undefined,
  { check, onLine }: SlurmOptions,
): Promise<string | undefined> {
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
