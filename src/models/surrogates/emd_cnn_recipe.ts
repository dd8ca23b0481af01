import { selectWafers } from "../../datasets/wafer_table.ts";
import { RandomStream } from "../../numerics/random.ts";
import { buildEmdCnn, type EmdCnnOptions } from "../emd_cnn.ts";
import { emdCnnSurrogate, type EmdCnnSurrogateOptions } from "./emd_cnn_surrogate.ts";
import { trainEmdCnn } from "./emd_cnn_training.ts";
import { mixedPairDraw } from "./mixed_pair_draw.ts";
import { assignModelWeights, modelWeights } from "./model_weights.ts";
import type { SurrogateRecipe } from "./surrogate_recipes.ts";

/** Pairs in a batch, and the part of them that is near: the preset `standard` of Fig. 5. */
const BATCH_SIZE = 64, NEAR = 0.25;
/** The part of the wafers whose pairs choose the best weights, and how many pairs those are. */
const VALIDATION_SHARE = 0.1, VALIDATION_PAIRS = 5000;

/**
 * How the paper's network is trained here: mean squared error on pairs that are drawn anew for each
 * batch, random ones and near ones, the best weights by pairs of wafers kept apart.
 */
export const emdCnnRecipe: SurrogateRecipe = {
  steps: 9_375,
  needsBackend: true,

  async train({ wafers, seed, steps = emdCnnRecipe.steps, checkpoint, signal, onProgress }) {
    const kept = Math.max(2, Math.floor(VALIDATION_SHARE * wafers.count));
    const draw = (first: number, end: number) =>
      mixedPairDraw(
        selectWafers(wafers, Array.from({ length: end - first }, (_, k) => first + k)),
        { near: NEAR },
      );
    const validation = draw(0, kept)(
      VALIDATION_PAIRS,
      new RandomStream(seed, "emd cnn validation"),
    );
    const { model, best } = await trainEmdCnn({
      pairs: draw(kept, wafers.count),
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

  /** Options: those of a network of another shape, and `normaliseInput: false` to be used as published. */
  restore({ options, weights }) {
    const { normaliseInput = true, ...network } = options as EmdCnnOptions & EmdCnnSurrogateOptions;
    const model = buildEmdCnn(network);
    assignModelWeights(model, weights);
    return { ...emdCnnSurrogate(model, { normaliseInput }), dispose: () => model.dispose() };
  },

  shipped: () => import("../../../data/surrogates/emd_cnn.json", { with: { type: "json" } }),
};
