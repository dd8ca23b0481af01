/**
 * Jobs on this machine: each a process of its own, so many side by side, those first that others need.
 *
 * @module
 */

import { checkNeeds, type Job, type JobListener, type JobOutcome, lostNeed } from "./job.ts";

/** Options of {@linkcode runJobs}. */
export interface RunJobsOptions extends JobListener {
  /** The folder in which jobs run. */
  readonly root: string | URL;
  /** How many run at a time. @default 1 */
  readonly sideBySide?: number;
}

/** How long a job may take to end when it is told to stop, milliseconds. */
const PATIENCE = 5000;
/** How long our own signal may come after the one that has ended a job, milliseconds. */
const BETWEEN_SIGNALS = 500;

/**
 * Runs jobs. One that fails takes those with it that need it; the others go on. When a listener throws,
 * all are stopped. Needs permission to run the programs.
 *
 * @param jobs The jobs, in the order in which they begin unless needs say otherwise.
 * @param options Where, how many at a time, and who is told.
 * @returns How each job ended, by its name.
 * @throws {RangeError} If two jobs have one name, a job needs one that is not there, or needs go in a
 * circle.
 * @throws {Error} What a listener has thrown, once all jobs have ended.
 */
export async function runJobs(
  jobs: readonly Job[],
  options: RunJobsOptions,
): Promise<Map<string, JobOutcome>> {
  checkNeeds(jobs);
  const { sideBySide = 1, onStart, onEnd } = options;
  const broken = new AbortController();
  const signal = AbortSignal.any([broken.signal, ...options.signal ? [options.signal] : []]);
  const outcomes = new Map<string, JobOutcome>();
  const waiting = new Set(jobs);
  const running = new Set<Promise<void>>();
  const end = async (job: Job, outcome: JobOutcome) => {
    outcomes.set(job.name, outcome);
    await onEnd?.(job, outcome);
  };
  const run = async (job: Job) => {
    try {
      await onStart?.(job);
      await end(job, await _run(job, { ...options, signal }));
    } catch (error) {
      broken.abort(error);
    }
  };
  try {
    while (waiting.size + running.size > 0) {
      for (const job of waiting) {
        const lost = lostNeed(job, outcomes);
        if (signal.aborted) await end(job, { state: "stopped" });
        else if (lost !== undefined) {
          await end(job, { state: "skipped", error: `needs ${lost}, which was not done` });
        } else if (running.size < sideBySide && job.needs.every((need) => outcomes.has(need))) {
          const done: Promise<void> = run(job).finally(() => running.delete(done));
          running.add(done);
        } else continue;
        waiting.delete(job);
      }
      if (running.size > 0) await Promise.race(running);
      broken.signal.throwIfAborted();
    }
  } finally {
    // Nothing is left running, whatever was thrown.
    broken.abort();
    await Promise.all(running);
  }
  return outcomes;
}

async function _run(
  job: Job,
  options: RunJobsOptions & { readonly signal: AbortSignal },
): Promise<JobOutcome> {
  const { root, signal, onLine } = options, [program, ...args] = job.command;
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, {
      args,
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    return { state: "failed", error: (error as Error).message };
  }
  let late: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    _kill(child, "SIGINT");
    late ??= setTimeout(() => _kill(child, "SIGKILL"), PATIENCE);
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const said: string[] = [];
    const [{ success, code, signal: killed }] = await Promise.all([
      child.status,
      _lines(child.stdout, (line) => onLine?.(job, line)),
      _lines(child.stderr, (line) => void said.push(line)),
    ]);
    if (success) return { state: "done" };
    // Ctrl-C in a terminal reaches the job, too, maybe before us.
    if (killed === "SIGINT" || killed === "SIGTERM") await _aborted(signal, BETWEEN_SIGNALS);
    if (signal.aborted) return { state: "stopped" };
    const ended = killed === null ? `exit code ${code}` : `ended by ${killed}`;
    return { state: "failed", error: errorLine(said) ?? ended };
  } catch (error) {
    stop();
    await child.status;
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    clearTimeout(late);
  }
}

/**
 * The line in which a process said what went wrong.
 *
 * @param lines What it printed on standard error.
 * @returns The line; `undefined` if there is none.
 *
 * @example Of a stack, the error itself
 * ```ts
 * import { errorLine } from "./job_runner.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const stack = ["EMD 10 %", "error: Uncaught (in promise) Error: no room", "    at main.ts:1:7"];
 * assertEquals(errorLine(stack), "Error: no room");
 * assertEquals(errorLine(["Cannot read wafers: there are none"]), "Cannot read wafers: there are none");
 * ```
 */
export function errorLine(lines: readonly string[]): string | undefined {
  const said = lines.filter((line) => line.trim() !== "");
  const thrown = said.findLast((line) => line.startsWith("error: "));
  const sentence = said.findLast((line) => line.startsWith("Cannot "));
  const line = thrown ?? sentence ?? said.at(-1);
  return line?.replace(/^error: (Uncaught (\(in (worker )?promise\) )?)?/, "").trim();
}

/** Waits until a signal is aborted, but not for long. */
async function _aborted(signal: AbortSignal, milliseconds: number): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = setTimeout(resolve, milliseconds);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(late);
}

/** Tells the lines of a stream as they come. */
async function _lines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    lines.forEach(tell);
  }
  if (rest !== "") tell(rest);
}

function _kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has just ended by itself.
  }
}
