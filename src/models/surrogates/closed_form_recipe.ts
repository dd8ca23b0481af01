import { closedForm, closedFormWeights, WEIGHTS } from "./closed_form.ts";
import { fitClosedForm } from "./closed_form_fit.ts";
import { closedFormPairs } from "./closed_form_pairs.ts";
import type { SurrogateRecipe } from "./surrogate_recipes.ts";

/**
 * How closed forms come about: pairs are drawn, and the weights fitted once. There are no steps, and
 * nothing to resume; it takes some ten seconds.
 */
export const closedFormRecipe: SurrogateRecipe = {
  steps: 0,
  needsBackend: false,
  async train({ wafers, seed, signal }) {
    const kinds = await closedFormPairs(wafers, { seed });
    signal?.throwIfAborted();
    const { weights, relativeError } = fitClosedForm(kinds);
    const pairs = kinds.reduce((sum, { pairs }) => sum + pairs.count, 0);
    return {
      options: {},
      weights: new Map([[WEIGHTS, { shape: [weights.length], values: weights }]]),
      facts: { pairs, relativeError },
    };
  },
  restore: ({ weights }) => closedForm(closedFormWeights(weights)),
  shipped: () => import("../../../data/surrogates/closed_form.json", { with: { type: "json" } }),
};
