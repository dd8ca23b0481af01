/**
 * Ctrl-C as an event that a script can answer.
 *
 * @module
 */

/** What asks a process to end: Ctrl-C, `kill`, and a terminal that goes away. */
const SIGNALS =
  (Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"]) as Deno.Signal[];

/** Signals that are listened to until this is disposed of. */
export interface StopSignals extends Disposable {
  /** Aborted by the first signal. A second one, a second later, ends the process at once. */
  readonly signal: AbortSignal;
}

/** The exit code of a process that was stopped by Ctrl-C, as shells have it. */
export const STOPPED = 130;

/**
 * Listens to Ctrl-C and to being asked to end.
 *
 * @returns The signal that is then aborted.
 */
export function stopSignals(): StopSignals {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    // One Ctrl-C may come twice: from the terminal, and from `deno task`, which passes it on.
    if (controller.signal.aborted && performance.now() - first > 1000) Deno.exit(STOPPED);
    first ||= performance.now();
    controller.abort();
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
    },
  };
}
