/**
 * Evaluations of an autoencoder, one a seed, as quantities of a result.
 *
 * @module
 */
import type { ExperimentContext } from "../../src/experiments/mod.ts";
import type { AutoencoderEvaluation } from "../../src/models/autoencoder/evaluate_autoencoder.ts";

/**
 * Adds how good an autoencoder is, and whether all of it is alive.
 *
 * @param context Where to.
 * @param name What the autoencoder is called.
 * @param evaluations One a seed.
 */
export function addEvaluations(
  context: Pick<ExperimentContext, "addQuantity">,
  name: string,
  evaluations: readonly AutoencoderEvaluation[],
): void {
  const add = (what: string, unit: string, of: (evaluation: AutoencoderEvaluation) => number) =>
    context.addQuantity(`${name}: ${what}`, unit, evaluations.map(of));
  add("median EMD", "half pitch", ({ median }) => median);
  add("quantile 0.16", "half pitch", ({ low }) => low);
  add("quantile 0.84", "half pitch", ({ high }) => high);
  add("mean EMD", "half pitch", ({ mean }) => mean);
  add("dead latents", "", ({ deadLatents }) => deadLatents);
  add("codes at their largest", "%", ({ saturated }) => 100 * saturated);
  add("zero outputs", "", ({ zeroOutputs }) => zeroOutputs);
  add("EMDs not proved", "", ({ unproved }) => unproved);
}
