/**
 * How many steps of each loss take as long as those of the exact EMD.
 *
 * @module
 */
import { train } from "../../src/tensor/training/train.ts";
import { job } from "./autoencoder_job.ts";
import type { WantedNetwork } from "./trained_networks.ts";

/** Steps that are timed, and those before them. */
const TIMED_STEPS = 60, WARM_UP_STEPS = 20;

/** The loss whose time all get. */
const REFERENCE = "exact_emd";

/**
 * Times some steps of each loss, one after the other, on the backend in use.
 *
 * @param losses The losses.
 * @param steps Steps of the exact EMD.
 * @param wanted The training of a loss in so many steps.
 * @returns Steps by loss.
 */
export async function equalSeconds(
  losses: readonly string[],
  steps: number,
  wanted: (loss: string, steps: number) => WantedNetwork,
): Promise<Record<string, number>> {
  const reference = await _millisecondsAStep(wanted(REFERENCE, TIMED_STEPS));
  const found: Record<string, number> = {};
  for (const loss of losses) {
    const own = await _millisecondsAStep(wanted(loss, TIMED_STEPS));
    found[loss] = loss === REFERENCE ? steps : Math.max(1, Math.round(steps * reference / own));
    console.error(`${loss}: ${own.toFixed(2)} ms a step, ${found[loss]} steps`);
  }
  return found;
}

async function _millisecondsAStep(wanted: WantedNetwork): Promise<number> {
  const options = await job(wanted);
  let began = 0;
  await train({
    ...options,
    onProgress: ({ step }) => {
      if (step === WARM_UP_STEPS) began = performance.now();
    },
  });
  const milliseconds = (performance.now() - began) / (TIMED_STEPS - WARM_UP_STEPS);
  options.model.dispose();
  return milliseconds;
}
