/**
 * How long the losses of classes take.
 *
 * @module
 */
import process from "node:process";
import { chainEmd, SinkhornSolver, Tree } from "../../src/transport/mod.ts";
import { OUTPUT_LOSSES, outputLoss } from "./output_losses.ts";
import { type OutputSpace, peakedHistogram } from "./output_spaces.ts";
import { TreeSelf } from "./tree_divergence.ts";

/** Milliseconds by what was timed, and by number of classes or by space. */
export type ClassTimes = { readonly [what: string]: { readonly [at: string]: number } };

/** Microseconds of processor time below which a measurement is repeated. */
const LEAST_TIME = 20_000, ROUNDS = 3;
/** And above which one round is enough. */
const LONG_TIME = 1_000_000;

/**
 * Times one value with its gradient of each loss, on each space.
 *
 * @param spaces The spaces.
 * @param epsilon The regularisation, in mean distances.
 * @returns Milliseconds, by loss and space.
 */
export function stepTimes(spaces: readonly OutputSpace[], epsilon: number): ClassTimes {
  const times = (name: typeof OUTPUT_LOSSES[number]) =>
    spaces.map((space) => {
      const p = peakedHistogram(space.size, 1, "output");
      const q = peakedHistogram(space.size, 1, "target");
      const loss = outputLoss(name, space, epsilon);
      return [space.name, _milliseconds(() => loss(p, q))];
    });
  return Object.fromEntries(OUTPUT_LOSSES.map((name) => [name, Object.fromEntries(times(name))]));
}

/**
 * Times values with gradients on chains, against the number of classes.
 *
 * @param sizes Numbers of classes.
 * @param epsilon The regularisation, in mean distances.
 * @returns Milliseconds, by method and number of classes.
 */
export function classTimes(sizes: readonly number[], epsilon: number): ClassTimes {
  const times: Record<string, Record<string, number>> = {};
  for (const n of sizes) {
    const p = peakedHistogram(n, 1, "output"), q = peakedHistogram(n, 1, "target");
    const cost = Float64Array.from(
      { length: n * n },
      (_, k) => Math.abs(Math.floor(k / n) - k % n),
    );
    // Neighbours are 1 apart, random classes n / 3.
    const options = { epsilon: epsilon * n / 3, tolerance: 1e-6 };
    const solver = new SinkhornSolver(cost, n, n, options), gradient = new Float64Array(n);
    const self = new TreeSelf(new Tree(Array.from({ length: n }, (_, k) => k - 1)), options);
    const runs = {
      "closed form, exact": () => chainEmd(p, q),
      "closed form, relaxed": () => chainEmd(p, q, { rho: 2 }),
      "Sinkhorn, matrix of costs": () => {
        solver.solve(p, 0, q, 0);
        solver.potentials(gradient, 0, undefined, 0);
      },
      "Sinkhorn to itself, along the tree": () => {
        self.solve(p, 0);
        self.takePotential(gradient, 0);
      },
    };
    for (const [name, run] of Object.entries(runs)) (times[name] ??= {})[n] = _milliseconds(run);
  }
  return times;
}

/** Processor time, the least of a few rounds: what else the machine does only adds to it. */
function _milliseconds(run: () => unknown): number {
  let least = Infinity, repeats = 1;
  for (let round = 0; round < ROUNDS;) {
    const before = process.cpuUsage();
    for (let k = 0; k < repeats; k++) run();
    const { user, system } = process.cpuUsage(before), spent = user + system;
    if (spent < LEAST_TIME) {
      repeats *= 4;
      continue;
    }
    least = Math.min(least, spent / repeats / 1000);
    round += spent > LONG_TIME ? ROUNDS : 1;
  }
  return least;
}
