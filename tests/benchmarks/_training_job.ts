/**
 * Runs that several workers share, for the benchmark of data-parallel training.
 *
 * @module
 */
import { telescopeMse } from "../../src/losses/mod.ts";
import { buildEconAutoencoder, buildEmdCnn } from "../../src/models/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { regressionLoss, type TrainingOptions } from "../../src/tensor/mod.ts";

/** Which network, for how many steps. */
export interface TrainingJobOptions {
  readonly network: "emd_cnn" | "autoencoder";
  readonly steps: number;
  readonly batchSize: number;
}

/** Called by each worker. */
export function trainingJob({ network, steps, batchSize }: TrainingJobOptions): TrainingOptions {
  const rows = 4 * batchSize, random = new RandomStream(0, "bench");
  const draw = (width: number, scale: number) =>
    Float32Array.from({ length: rows * width }, () => scale * random.uniform());
  const common = { batchSize, steps, seed: 1, learningRate: 1e-3 };
  if (network === "emd_cnn") {
    const data = { inputs: draw(96, 1 / 24), inputShape: [96], targets: draw(1, 5) };
    return { ...common, model: buildEmdCnn(), loss: regressionLoss("mse"), data };
  }
  const inputs = draw(48, 1 / 16);
  const data = { inputs, inputShape: [48], targets: inputs };
  return { ...common, model: buildEconAutoencoder(), loss: telescopeMse(), data };
}
