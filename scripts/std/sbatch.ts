/**
 * Submitting an array to Slurm, and waiting until it has ended.
 *
 * @module
 */
import { arrayRange } from "./slurm_files.ts";

/** Options of {@linkcode sbatch}. */
export interface SbatchOptions {
  /** Options for `sbatch`, such as `--partition=short`. @default none */
  readonly options?: readonly string[];
  /** Cancels the array when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Submits tasks of an array and waits until all of them have ended, well or not, or were cancelled. Needs
 * `--allow-run=sbatch,scancel`.
 *
 * @param file The file to submit.
 * @param tasks Numbers of the tasks.
 * @param options Options for `sbatch`, and what cancels the array.
 * @throws {Error} If Slurm is not there, or does not take the array.
 */
export async function sbatch(
  file: string,
  tasks: readonly number[],
  { options = [], signal }: SbatchOptions = {},
): Promise<void> {
  if (signal?.aborted) return;
  const child = _start(["--parsable", "--wait", `--array=${arrayRange(tasks)}`, ...options, file]);
  let number = "";
  const cancel = () => {
    if (number !== "") new Deno.Command("scancel", { args: [number] }).spawn();
    child.kill();
  };
  signal?.addEventListener("abort", cancel);
  // The number comes at once, the end of the output when the last task has ended.
  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      number ||= text.split(/[;\n]/)[0];
    }
  })();
  const complaint = await new Response(child.stderr).text();
  await Promise.all([reading, child.status]);
  signal?.removeEventListener("abort", cancel);
  // With --wait the exit status is the worst of the tasks; what they have left tells more.
  if (number !== "" || signal?.aborted) return;
  throw new Error(`Cannot submit ${file}: sbatch said: ${complaint.trim()}`);
}

function _start(args: string[]): Deno.ChildProcess {
  try {
    return new Deno.Command("sbatch", { args, stdin: "null", stdout: "piped", stderr: "piped" })
      .spawn();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error("Cannot submit jobs to Slurm: there is no command sbatch", { cause });
  }
}
