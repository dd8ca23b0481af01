/** Clocks of browsers are coarse: so much is measured at once, in milliseconds. */
const LONG_ENOUGH = 5;
/** Code that has run for so long has been compiled by the engine, in milliseconds. */
const WARM_UP = 100;

/**
 * How long something takes once it is warm, as the mean of as many runs as a coarse clock can time.
 *
 * @param run What is timed.
 * @param now The clock, milliseconds.
 * @returns Milliseconds.
 */
export function timeOf(run: () => void, now: () => number = () => performance.now()): number {
  for (let runs = 8, spent = 0;; runs *= 2) {
    const began = now();
    for (let k = 0; k < runs; k++) run();
    const elapsed = now() - began;
    if (spent >= WARM_UP && elapsed >= LONG_ENOUGH) return elapsed / runs;
    spent += elapsed;
  }
}
