/**
 * What a loss costs in a training, as a part of the whole step.
 *
 * @module
 */
import process from "node:process";
import { quantiles } from "../../src/numerics/mod.ts";
import { train, type TrainingOptions } from "../../src/tensor/mod.ts";
import { type Method, type OrdinalTraining, ordinalTrainingOptions } from "./ordinal_training.ts";
import type { LabelledRows } from "./ordinal_tasks.ts";

/** By method: time of a step above that with cross entropy, in percent of the latter. */
export type OrdinalOverhead = { readonly [method: string]: number };

/**
 * Trains with each method in turn, many times, with all that happens at the end of an epoch, and compares
 * the processor time of neighbouring runs: the median of the ratios is steady where the machine has other
 * work, too. Two rounds go before, in which code is compiled.
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
  const ratios = methods.map(() => [] as number[]);
  for (let round = -2; round < rounds; round++) {
    for (const [k, method] of methods.entries()) {
      const time = async (method: Method) =>
        await _processorTime(ordinalTrainingOptions(method, training, classes, rows, 1));
      // Before and after: what slows the machine down by and by drops out.
      const before = await time("cross entropy");
      const between = await time(method);
      const after = await time("cross entropy");
      if (round >= 0) ratios[k].push(2 * between / (before + after));
    }
  }
  return Object.fromEntries(
    methods.map((method, k) => [method, 100 * (quantiles(ratios[k], [0.5])[0] - 1)]),
  );
}

/** Microseconds of this process on all processors, during a training. */
async function _processorTime(options: TrainingOptions): Promise<number> {
  const before = process.cpuUsage();
  await train(options);
  const { user, system } = process.cpuUsage(before);
  options.model.dispose();
  return user + system;
}
