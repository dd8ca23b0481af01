/**
 * What a loss costs in a training, as a part of the whole step.
 *
 * @module
 */
import { train } from "../../src/tensor/mod.ts";
import { type Method, type OrdinalTraining, ordinalTrainingOptions } from "./ordinal_training.ts";
import type { LabelledRows } from "./ordinal_tasks.ts";

/** By method: time of a step above that with cross entropy, in percent of the latter. */
export type OrdinalOverhead = { readonly [method: string]: number };

/**
 * Trains with each method in turn, several times, for a few epochs, with all that happens at the end of
 * each, and compares the shortest times: those least disturbed by what else the machine does.
 *
 * @param methods Methods to compare with cross entropy.
 * @param training Epochs and size of a batch.
 * @param classes Number of classes.
 * @param rows Rows to learn from.
 * @param rounds How often.
 * @returns Percent of the time of cross entropy, by method.
 */
export async function ordinalOverhead(
  methods: readonly Method[],
  training: OrdinalTraining,
  classes: number,
  rows: LabelledRows,
  rounds: number,
): Promise<OrdinalOverhead> {
  const shortest = new Map<Method, number>();
  for (let round = 0; round < rounds; round++) {
    for (const method of ["cross entropy", ...methods] as const) {
      const options = ordinalTrainingOptions(method, training, classes, rows, round);
      const began = performance.now();
      await train(options);
      const time = performance.now() - began;
      options.model.dispose();
      shortest.set(method, Math.min(time, shortest.get(method) ?? Infinity));
    }
  }
  const base = shortest.get("cross entropy")!;
  return Object.fromEntries(
    methods.map((method) => [method, 100 * (shortest.get(method)! / base - 1)]),
  );
}
