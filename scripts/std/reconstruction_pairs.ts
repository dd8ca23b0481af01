/**
 * Wafers and what an autoencoder makes of them: the pairs by which a loss for autoencoders is judged.
 *
 * @module
 */
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  type NamedWeights,
  PUBLISHED_FORMATS,
} from "../../src/models/inference/mod.ts";
import { telescopeMse } from "../../src/losses/mod.ts";
import { buildEconAutoencoder } from "../../src/models/econ_autoencoder.ts";
import { econAutoencoderWeightsOf } from "../../src/models/econ_transfer.ts";
import type { LabelledBatch } from "../../src/models/surrogates/types.ts";
import { cosineRate, train } from "../../src/tensor/mod.ts";
import { CELLS, normalise, waferEmdBatch } from "../../src/wafer/mod.ts";

/** What makes reconstructions: B wafers of any scale in, B wafers of any scale out. */
export type Reconstruct = (charges: ArrayLike<number>) => ArrayLike<number>;

/** Steps of the autoencoder that is trained here, and wafers in each. */
const STEPS = 400, BATCH = 250;

/**
 * Pairs of wafers and their reconstructions.
 *
 * @param charges Wafers with charge, 48 numbers each in train order, row-major.
 * @param reconstruct The autoencoder.
 * @returns The pairs as charge fractions, x the wafers and y the reconstructions, with exact EMDs.
 */
export function reconstructionPairs(
  charges: Float64Array,
  reconstruct: Reconstruct,
): LabelledBatch {
  const x = normalise(charges, "fraction");
  const y = normalise(Float64Array.from(reconstruct(charges)), "fraction");
  const { values } = waferEmdBatch(x, y);
  const count = charges.length / CELLS;
  return { x: Float32Array.from(x), y: Float32Array.from(y), emd: values, count };
}

/**
 * A published autoencoder.
 *
 * @param weights Its weights.
 * @param quantised Whether its encoder has the published formats; else it is a float one.
 * @returns What reconstructs wafers.
 */
export function publishedReconstruction(weights: NamedWeights, quantised: boolean): Reconstruct {
  const formats = quantised ? PUBLISHED_FORMATS : undefined;
  return econAutoencoderInference(econAutoencoderWeights(weights, formats)).reconstruct;
}

/**
 * An autoencoder that is trained for some seconds on the telescope loss: quantised as published, and
 * not yet as good as it could be.
 *
 * @param charges Wafers to train on, with charge.
 * @param seed Seed of weights and batches.
 * @returns What reconstructs wafers.
 */
export async function trainedReconstruction(
  charges: Float64Array,
  seed: number,
): Promise<Reconstruct> {
  const wafers = Float32Array.from(normalise(charges, "power_of_two"));
  const model = buildEconAutoencoder({ outputBias: -3.4, latentBias: 0.5, seed });
  await train({
    model,
    loss: telescopeMse(),
    data: { inputs: wafers, inputShape: [CELLS], targets: wafers },
    batchSize: Math.min(BATCH, wafers.length / CELLS),
    steps: STEPS,
    learningRate: cosineRate({ peak: 3e-3, steps: STEPS }),
    seed,
  });
  const weights = await econAutoencoderWeightsOf(model, PUBLISHED_FORMATS);
  model.dispose();
  return econAutoencoderInference(weights).reconstruct;
}
