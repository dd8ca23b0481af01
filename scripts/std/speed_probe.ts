/**
 * How fast this machine is.
 *
 * @module
 */
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS, waferEmdBatch } from "../../src/wafer/mod.ts";

/**
 * Milliseconds of the probe on the machine on which the minutes of `reproduced_experiments.ts` were
 * measured: two cores of a virtual machine, on which the EMD of dense wafers takes 15 us.
 */
const REFERENCE = 8;

/** Wafers of a round, and rounds, of which the fastest counts: others may be disturbed. */
const WAFERS = 500, ROUNDS = 7;

/**
 * Times exact EMDs of dense random wafers, for a tenth of a second.
 *
 * @returns How many times longer this machine takes than the one of the stored minutes.
 */
export function slowness(): number {
  const stream = new RandomStream(1, "speed probe");
  const wafers = () => Float64Array.from({ length: WAFERS * CELLS }, () => stream.uniform());
  const x = wafers(), y = wafers();
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    waferEmdBatch(x, y);
    return performance.now() - started;
  });
  return Math.min(...times) / REFERENCE;
}
