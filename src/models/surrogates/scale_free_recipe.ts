import { regressionLoss } from "../../tensor/regression_loss.ts";
import { assignModelWeights, modelWeights } from "./model_weights.ts";
import { pairsAhead } from "./pairs_ahead.ts";
import { buildScaleFree, differenceRows } from "./scale_free.ts";
import { scaleFreeSurrogate } from "./scale_free_surrogate.ts";
import type { SurrogateRecipe } from "./surrogate_recipes.ts";
import { trainOnPairs } from "./train_on_pairs.ts";

/** Pairs in a batch, and the highest rate: the best of those tried at equal numbers of pairs. */
const BATCH_SIZE = 256, PEAK_RATE = 1e-2;
const UNITS = 256;

/**
 * How the scale-free network is trained: relative loss, Adam, a rate that falls along half a cosine,
 * on pairs that a worker draws and labels.
 */
export const scaleFreeRecipe: SurrogateRecipe = {
  steps: 12_000,
  needsBackend: true,

  async train({ wafers, seed, steps = scaleFreeRecipe.steps, ...run }) {
    const options = { units: UNITS };
    using pairs = await pairsAhead(wafers, { seed });
    const model = buildScaleFree({ ...options, seed });
    try {
      const { firstLoss, lastLoss } = await trainOnPairs({
        model,
        loss: regressionLoss("relative"),
        pairs,
        rows: differenceRows,
        steps,
        batchSize: BATCH_SIZE,
        peakRate: PEAK_RATE,
        seed,
        ...run,
      });
      return {
        options,
        weights: await modelWeights(model),
        facts: { steps, pairsAStep: BATCH_SIZE, firstLoss, lastLoss },
      };
    } finally {
      model.dispose();
    }
  },

  restore({ options, weights }) {
    const model = buildScaleFree({ units: Number(options.units) });
    assignModelWeights(model, weights);
    return scaleFreeSurrogate(model);
  },

  shipped: () => import("../../../data/surrogates/scale_free.json", { with: { type: "json" } }),
};
