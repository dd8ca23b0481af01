import { dualPotential } from "./dual_potential.ts";
import { dualPotentialLoss } from "./dual_potential_loss.ts";
import { buildDualPotential } from "./dual_potential_network.ts";
import { dualPotentialRows } from "./dual_potential_rows.ts";
import { assignModelWeights, modelWeights } from "./model_weights.ts";
import { pairsAhead } from "./pairs_ahead.ts";
import type { SurrogateRecipe } from "./surrogate_recipes.ts";
import { trainOnPairs } from "./train_on_pairs.ts";

/** Pairs in a batch, and the highest rate: the best of those tried at equal numbers of pairs. */
const BATCH_SIZE = 256, PEAK_RATE = 8e-3;
const UNITS = 256;

/**
 * How the dual-potential network is trained: {@linkcode dualPotentialLoss}, Adam, a rate that falls
 * along half a cosine, on pairs that a worker draws and labels.
 */
export const dualPotentialRecipe: SurrogateRecipe = {
  steps: 8_000,
  needsBackend: true,

  async train({ wafers, seed, steps = dualPotentialRecipe.steps, ...run }) {
    const options = { units: UNITS };
    using pairs = await pairsAhead(wafers, { seed });
    const model = buildDualPotential({ ...options, seed });
    try {
      const { firstLoss, lastLoss } = await trainOnPairs({
        model,
        loss: dualPotentialLoss(),
        pairs,
        rows: dualPotentialRows,
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

  shipped: () => import("../../../data/surrogates/dual_potential.json", { with: { type: "json" } }),

  restore({ options, weights }) {
    const model = buildDualPotential({ units: Number(options.units) });
    assignModelWeights(model, weights);
    return dualPotential(model);
  },
};
