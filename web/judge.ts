import { quantiles } from "../src/numerics/quantile.ts";
import { tf } from "../src/tensor/tf.ts";
import type { Model } from "../src/tensor/types.ts";
import { CELLS } from "../src/wafer/cells.ts";
import { waferEmdBatch } from "../src/wafer/emd_batch.ts";
import { normalise } from "../src/wafer/normalise.ts";
import type { TrainingJudgement } from "./types.ts";

/**
 * Compares wafers with what an autoencoder makes of them, by the exact EMD. A reconstruction without
 * any charge is judged as an even wafer.
 *
 * @param model The autoencoder, on the backend in use.
 * @param charges The wafers, rows of 48 charges, none empty.
 * @param step Steps done.
 * @param shown How many of them, the first ones, are to be shown.
 * @returns The median of all, and the reconstructions to be shown.
 */
export function judge(
  model: Model,
  charges: Float64Array,
  step: number,
  shown: number,
): TrainingJudgement {
  const inputs = Float32Array.from(normalise(charges, "power_of_two"));
  const outputs = tf.tidy(() =>
    model.apply(tf.tensor2d(inputs, [inputs.length / CELLS, CELLS]), false).dataSync()
  ) as Float32Array;
  for (let begin = 0; begin < outputs.length; begin += CELLS) {
    const row = outputs.subarray(begin, begin + CELLS);
    const sum = row.reduce((a, b) => a + b, 0);
    for (let k = 0; k < CELLS; k++) row[k] = sum > 0 ? row[k] / sum : 1 / CELLS;
  }
  const { values } = waferEmdBatch(charges, Float64Array.from(outputs));
  return {
    step,
    median: quantiles(values, [0.5])[0],
    reconstructions: outputs.slice(0, shown * CELLS),
    emd: values.slice(0, shown),
  };
}
