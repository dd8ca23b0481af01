/**
 * What an experiment's script says with `--json`: one JSON object a line on standard output.
 *
 * @module
 */

/** How far the work is. */
export interface ProgressEvent {
  readonly event: "progress";
  /** What is being done, in a few words. */
  readonly label: string;
  /** Steps done. */
  readonly done: number;
  /** Steps in all. */
  readonly total: number;
}

/** That a result is there. */
export interface ResultEvent {
  readonly event: "result";
  /** Name of the experiment. */
  readonly experiment: string;
  /** Its folder in the folder of results: `NAME/KEY`. */
  readonly folder: string;
  /** Whether it was found complete, so that nothing ran. */
  readonly reused: boolean;
  /** How long that took. */
  readonly seconds: number;
}

/** That a share of the networks is trained; see `shard.ts`. */
export interface ShardEvent {
  readonly event: "shard";
  /** Number of the share, from 1 on. */
  readonly number: number;
  /** How many shares there are. */
  readonly of: number;
  /** How many networks it had. */
  readonly networks: number;
}

/** A line of an experiment. */
export type ExperimentEvent = ProgressEvent | ResultEvent | ShardEvent;

/** How much a script says. */
export interface Telling {
  /** Nothing but errors. @default false */
  readonly quiet?: boolean;
  /** Events in place of words. @default false */
  readonly json?: boolean;
}

/**
 * Prints a line for people, unless they want none.
 *
 * @param text The line.
 * @param telling How much is said.
 */
export function tell(text: string, { quiet = false, json = false }: Telling): void {
  if (!quiet && !json) console.log(text);
}

/**
 * Writes an event on standard output at once. When nobody reads it any more, whoever started this
 * process has ended, and so does this process: a result that nobody waits for is not worth hours.
 *
 * @param event The event.
 */
export function tellEvent(event: ExperimentEvent): void {
  let bytes = new TextEncoder().encode(JSON.stringify(event) + "\n");
  try {
    // A short write is possible on a pipe.
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(1);
    throw error;
  }
}

/**
 * Reads a line of an experiment's output.
 *
 * @param line The line.
 * @returns The event; `undefined` when the line is something else.
 *
 * @example
 * ```ts
 * import { parseEvent } from "./experiment_events.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const line = '{"event":"progress","label":"Training","done":3,"total":10}';
 * assertEquals(parseEvent(line), { event: "progress", label: "Training", done: 3, total: 10 });
 * assertEquals(parseEvent("Backend: wasm"), undefined);
 * ```
 */
export function parseEvent(line: string): ExperimentEvent | undefined {
  if (!line.startsWith('{"event":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Checks what an experiment's script has printed: its last event must be a result or a share.
 *
 * @param output All lines.
 * @returns What is wrong, if anything is.
 */
export function checkEvents(output: string): string | undefined {
  const last = output.split("\n").map(parseEvent).findLast((event) => event !== undefined);
  const isWhole = last?.event === "result" || last?.event === "shard";
  return isWhole ? undefined : "it said nothing of a result";
}
