/**
 * Jobs as arrays of Slurm: submitted, waited for, checked, and what is missing submitted again.
 *
 * @module
 */
import { sbatch } from "./sbatch.ts";
import { type ClusterJob, submitFile, taskFile } from "./slurm_files.ts";

/** How a job on the cluster ended. */
export type ClusterOutcome =
  /** It is done; `output` is what it printed on standard output. */
  | { readonly state: "done"; readonly output: string }
  /** It was submitted as often as allowed and left no good output. */
  | { readonly state: "failed"; readonly error: string }
  /** A job that it needs has failed. */
  | { readonly state: "skipped"; readonly error: string };

/** Options of {@linkcode runOnSlurm}. */
export interface SlurmOptions {
  /** Folder for submit files, logs and outputs, which all nodes see; emptied of earlier ones. */
  readonly folder: string;
  /** The folder in which jobs run. */
  readonly root: string;
  /** Says what is wrong with a job's output, if anything is; such a job is submitted again. */
  readonly check?: (job: ClusterJob, output: string) => Promise<string | undefined>;
  /** How often a job is submitted at most. @default 3 */
  readonly tries?: number;
  /** Submits tasks and waits for their end. @default {@linkcode sbatch} */
  readonly submit?: (file: string, tasks: readonly number[]) => Promise<unknown>;
  /** Told when jobs are submitted and when one has ended. */
  readonly onChange?: (job: ClusterJob, state: "submitted" | ClusterOutcome["state"]) => void;
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
 * @param options Where files go, what a good output is, how often to try.
 * @returns How each job ended, by its name, in the order of the jobs.
 * @throws {RangeError} If two jobs have one name, or needs go in a circle or to a job that is not there.
 * @throws {Error} If the cluster does not take the jobs.
 */
export async function runOnSlurm(
  jobs: readonly ClusterJob[],
  options: SlurmOptions,
): Promise<Map<string, ClusterOutcome>> {
  const { folder, root, submit = sbatch, tries = 3, onChange } = options;
  _checkNeeds(jobs);
  const submitted = `${folder}/submit.sh`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(submitted, submitFile(folder, root));
  for (const [k, job] of jobs.entries()) {
    for (const end of ["out", "out.partial", "log"]) await _remove(`${folder}/${k + 1}.${end}`);
    await Deno.writeTextFile(`${folder}/${k + 1}.sh`, taskFile(job, `${folder}/${k + 1}.out`));
  }

  const outcomes = new Map<string, ClusterOutcome>();
  const tried = jobs.map(() => 0);
  const end = (job: ClusterJob, outcome: ClusterOutcome) => {
    outcomes.set(job.name, outcome);
    onChange?.(job, outcome.state);
  };
  while (outcomes.size < jobs.length) {
    const ready: number[] = [];
    for (const [k, job] of jobs.entries()) {
      if (outcomes.has(job.name)) continue;
      const needs = job.needs.map((need) => [need, outcomes.get(need)?.state] as const);
      const lost = needs.find(([, state]) => state === "failed" || state === "skipped");
      if (lost !== undefined) end(job, { state: "skipped", error: `needs ${lost[0]}` });
      else if (needs.every(([, state]) => state === "done")) ready.push(k);
    }
    if (ready.length === 0) continue; // those that were just skipped may let others be
    for (const k of ready) {
      tried[k]++;
      onChange?.(jobs[k], "submitted");
    }
    await submit(submitted, ready.map((k) => k + 1));
    for (const k of ready) {
      const output = await _read(`${folder}/${k + 1}.out`);
      const fault = output === undefined
        ? `left no output; ${await _lastLines(`${folder}/${k + 1}.log`)}`
        : await options.check?.(jobs[k], output);
      if (output !== undefined && fault === undefined) end(jobs[k], { state: "done", output });
      else if (tried[k] >= tries) end(jobs[k], { state: "failed", error: `${fault}` });
      else await _remove(`${folder}/${k + 1}.out`);
    }
  }
  return new Map(jobs.map(({ name }) => [name, outcomes.get(name)!]));
}

function _checkNeeds(jobs: readonly ClusterJob[]): void {
  const done = new Set<string>();
  for (const { name } of jobs) {
    if (done.has(name)) throw new RangeError(`Cannot run jobs: two have the name ${name}`);
    done.add(name);
  }
  done.clear();
  for (let before = -1; done.size > before;) {
    before = done.size;
    for (const { name, needs } of jobs) if (needs.every((need) => done.has(need))) done.add(name);
  }
  const stuck = jobs.find(({ name }) => !done.has(name));
  if (stuck === undefined) return;
  throw new RangeError(
    `Cannot run jobs: what ${stuck.name} needs can never be done, current value is ${
      stuck.needs.join(", ")
    }`,
  );
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
