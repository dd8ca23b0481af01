/**
 * Jobs: command lines that need each other, wherever they are run.
 *
 * @module
 */

/** A job: a command line that can be run again. */
export interface Job {
  /** Its name. */
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Names of the jobs that must be done before. */
  readonly needs: readonly string[];
}

/** How a job ended. */
export type JobOutcome =
  /** It exited well. */
  | { readonly state: "done" }
  /** It exited otherwise; `error` is the line in which it said why. */
  | { readonly state: "failed"; readonly error: string }
  /** A job that it needs has not been done. */
  | { readonly state: "skipped"; readonly error: string }
  /** Everything was stopped before it was done. */
  | { readonly state: "stopped" };

/** Who is told how jobs go on, and what stops them. */
export interface JobListener {
  /** Stops all jobs, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** Told when a job begins, or is handed over; awaited before it does. */
  readonly onStart?: (job: Job) => void | Promise<void>;
  /** Told each line that a job prints on standard output. */
  readonly onLine?: (job: Job, line: string) => void;
  /** Told how a job has ended; awaited before another one begins in its place. */
  readonly onEnd?: (job: Job, outcome: JobOutcome) => void | Promise<void>;
}

/**
 * Checks that jobs can be told apart, and that none waits for ever.
 *
 * @param jobs The jobs.
 * @throws {RangeError} If two jobs have one name, or a job needs one that is not there, or needs go in a
 * circle.
 *
 * @example
 * ```ts
 * import { checkNeeds } from "./job.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const [a, b] = [{ name: "a", needs: ["b"] }, { name: "b", needs: ["a"] }];
 * const jobs = [a, b].map((job) => ({ ...job, command: ["true"] }));
 * assertThrows(() => checkNeeds(jobs), RangeError, "a needs b");
 * ```
 */
export function checkNeeds(jobs: readonly Job[]): void {
  const names = jobs.map(({ name }) => name);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw new RangeError(`Cannot run jobs: two have the name ${twice}`);
  const possible = new Set<string>();
  for (let before = -1; possible.size > before;) {
    before = possible.size;
    for (const { name, needs } of jobs) {
      if (needs.every((need) => possible.has(need))) possible.add(name);
    }
  }
  const stuck = jobs.find(({ name }) => !possible.has(name));
  if (stuck === undefined) return;
  throw new RangeError(
    `Cannot run jobs: ${stuck.name} needs ${
      stuck.needs.join(", ")
    }, which cannot all be done before it`,
  );
}

/**
 * The first of a job's needs that was not done, for want of which it cannot run.
 *
 * @param job The job.
 * @param outcomes How jobs ended that have.
 * @returns Its name; `undefined` if nothing stands in the way.
 */
export function lostNeed(
  job: Job,
  outcomes: ReadonlyMap<string, JobOutcome>,
): string | undefined {
  return job.needs.find((need) => (outcomes.get(need)?.state ?? "done") !== "done");
}
