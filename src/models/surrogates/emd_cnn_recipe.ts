import { RandomStream } from "../../numerics/random.ts";
import { normalise } from "../../wafer/normalise.ts";
import { CELLS } from "../../wafer/cells.ts";
import { buildEmdCnn } from "../emd_cnn.ts";
import { emdCnnSurrogate } from "./emd_cnn_surrogate.ts";
import { randomPairDraw, trainEmdCnn } from "./emd_cnn_training.ts";
import { assignModelWeights, modelWeights } from "./model_weights.ts";
import type { SurrogateRecipe } from "./surrogate_recipes.ts";

/** Pairs in a batch, and of the training wafers the share by which the best weights are chosen. */
const BATCH_SIZE = 256, VALIDATION_SHARE = 0.1, VALIDATION_PAIRS = 5000;

/**
 * How the paper's network is trained here: mean squared error on random pairs that are drawn anew for
 * each batch, the best weights by pairs of wafers kept apart.
 */
export const emdCnnRecipe: SurrogateRecipe = {
  steps: 8_000,
  needsBackend: true,

  async train({ wafers, seed, steps = emdCnnRecipe.steps, checkpoint, signal, onProgress }) {
    const fractions = normalise(Float64Array.from(wafers.charges), "fraction");
    const kept = CELLS * Math.max(2, Math.floor(VALIDATION_SHARE * wafers.count));
    const draw = randomPairDraw(fractions.subarray(kept));
    const validation = randomPairDraw(fractions.subarray(0, kept))(
      VALIDATION_PAIRS,
      new RandomStream(seed, "emd cnn validation"),
    );
    const { model, best } = await trainEmdCnn({
      pairs: draw,
      validation,
      visits: steps * BATCH_SIZE,
      batchSize: BATCH_SIZE,
      seed,
      ...(checkpoint && { checkpoint }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    try {
      return {
        options: {},
        weights: await modelWeights(model),
        facts: { steps, pairsAStep: BATCH_SIZE, bestStep: best.step, validationLoss: best.loss },
      };
    } finally {
      model.dispose();
    }
  },

  restore({ weights }) {
    const model = buildEmdCnn();
    assignModelWeights(model, weights);
    return emdCnnSurrogate(model);
  },
};
