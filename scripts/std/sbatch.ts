/**
 * Slurm's commands: submitting an array and waiting for its end, cancelling it, asking for it.
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
  /** Told the number of the array as soon as it has one. */
  readonly onNumber?: (number: string) => void;
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
  { options = [], signal, onNumber }: SbatchOptions = {},
): Promise<void> {
  if (signal?.aborted) return;
  const child = _start(["--parsable", "--wait", `--array=${arrayRange(tasks)}`, ...options, file]);
  let number: string | undefined, cancelled: Promise<void> | undefined;
  // sbatch itself is left to end: it does when the array has, and only then is all said.
  const cancel = () => {
    if (number !== undefined) cancelled ??= scancel(number);
  };
  signal?.addEventListener("abort", cancel);
  try {
    const reading = _firstLine(child.stdout, (line) => {
      number = line.split(";")[0];
      onNumber?.(number);
      if (signal?.aborted) cancel();
    });
    const complaint = await new Response(child.stderr).text();
    await Promise.all([reading, child.status]);
    await cancelled;
    // With --wait the exit status is the worst of the tasks; what they have left tells more.
    if (number === undefined) {
      throw new Error(`Cannot submit ${file}: sbatch said: ${complaint.trim()}`);
    }
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/**
 * Cancels an array; one that has ended is left as it is. Needs `--allow-run=scancel`.
 *
 * @param number The array's number.
 */
export async function scancel(number: string): Promise<void> {
  await new Deno.Command("scancel", { args: [number], stdout: "null", stderr: "null" }).output();
}

/**
 * Whether an array still waits or runs. Needs `--allow-run=squeue`.
 *
 * @param number The array's number.
 * @returns False also when Slurm has forgotten it.
 */
export async function isQueued(number: string): Promise<boolean> {
  const args = ["--noheader", "--format=%i", `--jobs=${number}`];
  const { success, stdout } = await new Deno.Command("squeue", { args, stderr: "null" }).output();
  return success && stdout.length > 0;
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

/** Reads a stream to its end and tells its first line once that is whole. */
async function _firstLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (line: string) => void,
): Promise<void> {
  let text = "", isTold = false;
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (isTold || !text.includes("\n")) continue;
    isTold = true;
    tell(text.split("\n")[0]);
  }
}
