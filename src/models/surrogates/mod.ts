/**
 * Estimates of the EMD, frozen, as losses: the paper's CNN, a scale-free network, a network that guesses
 * the dual potential, and a closed form; how they are trained, stored and judged.
 *
 * @module
 */
export type { LabelledBatch, PairStream, Surrogate, SurrogateKind } from "./types.ts";

// The estimates.
export { closedForm, type ClosedFormSurrogate, closedFormWeights } from "./closed_form.ts";
export type { ClosedFormTerms, EdgeFlow, NestedSets } from "./closed_form_terms.ts";
export { type DualPotential, dualPotential } from "./dual_potential.ts";
export { buildDualPotential, type DualPotentialOptions } from "./dual_potential_network.ts";
export {
  type EmdCnnSurrogate,
  emdCnnSurrogate,
  type EmdCnnSurrogateOptions,
} from "./emd_cnn_surrogate.ts";
export { buildScaleFree, type ScaleFreeOptions } from "./scale_free.ts";
export { scaleFreeSurrogate } from "./scale_free_surrogate.ts";

// Stored and shipped ones.
export { loadSurrogate, shippedSurrogate } from "./load_surrogate.ts";
export { readSurrogate, type StoredSurrogate, writeSurrogate } from "./surrogate_files.ts";

// Training.
export { trainingPairs, type TrainingPairsOptions } from "./training_pairs.ts";
export {
  type PairRows,
  type PairTrainingProgress,
  type PairTrainingResult,
  trainOnPairs,
  type TrainOnPairsOptions,
} from "./train_on_pairs.ts";
export {
  surrogateKinds,
  type SurrogateRecipe,
  surrogateRecipe,
  type SurrogateTraining,
  type TrainedSurrogate,
} from "./surrogate_recipes.ts";
export { emdCnnLoss, type EmdCnnLossOptions } from "./emd_cnn_loss.ts";
export {
  type EmdCnnTrainingOptions,
  type PairDraw,
  randomPairDraw,
  type TrainedEmdCnn,
  trainEmdCnn,
} from "./emd_cnn_training.ts";
export { mixedPairDraw, type MixedPairDrawOptions } from "./mixed_pair_draw.ts";

// Judging.
export { type RelativeDifference, relativeDifference } from "./relative_difference.ts";
export {
  type ApproachEvaluation,
  evaluateSurrogate,
  type EvaluateSurrogateOptions,
  type SurrogateEvaluation,
} from "./evaluate.ts";
export { type Estimator, exactEstimator } from "./evaluation_exact.ts";
export {
  type EvaluationPairs,
  evaluationPairs,
  type EvaluationPairsOptions,
} from "./evaluation_pairs.ts";
export { type Descent, type DescentOptions, descentTest } from "./descent.ts";
