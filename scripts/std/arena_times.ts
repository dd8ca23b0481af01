/**
 * What a step of training takes, by the loss.
 *
 * @module
 */
import process from "node:process";
import { quantiles } from "../../src/numerics/mod.ts";
import { train } from "../../src/tensor/training/train.ts";
import { job } from "./autoencoder_job.ts";
import type { WantedNetwork } from "./trained_networks.ts";

/** Steps of a round that are timed, and those before them. */
const TIMED_STEPS = 12, WARM_UP_STEPS = 4;

/** Steps of a training that is timed. */
export const STEPS_TO_TIME = WARM_UP_STEPS + TIMED_STEPS;

/**
 * Processor time of a step, so that what else the machine does counts little: the losses take turns, and
 * the median of the rounds is taken.
 *
 * @param wanted Trainings of {@linkcode STEPS_TO_TIME} steps by their names, on the backend in use.
 * @param rounds How often.
 * @returns Milliseconds a step, by name, with three digits.
 */
export async function stepTimes(
  wanted: readonly WantedNetwork[],
  rounds: number,
): Promise<Record<string, number>> {
  const found = wanted.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, training] of wanted.entries()) found[k].push(await _millisecondsAStep(training));
  }
  return Object.fromEntries(
    wanted.map(({ name }, k) => [name, Number(quantiles(found[k], [0.5])[0].toPrecision(3))]),
  );
}

async function _millisecondsAStep(wanted: WantedNetwork): Promise<number> {
  const options = await job({ ...wanted, steps: STEPS_TO_TIME });
  let began = process.cpuUsage();
  await train({
    ...options,
    onProgress: ({ step }) => {
      if (step === WARM_UP_STEPS) began = process.cpuUsage();
    },
  });
  const { user, system } = process.cpuUsage(began);
  options.model.dispose();
  return (user + system) / 1000 / TIMED_STEPS;
}
