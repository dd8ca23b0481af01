/**
 * The networks of the paper.
 *
 * @module
 */

// With given weights, without tensors: all of `models/inference`.
export * from "./inference/mod.ts";

// With tensors, to be trained.
export { buildEmdCnn, type EmdCnnOptions } from "./emd_cnn.ts";
export {
  buildEconAutoencoder,
  type EconAutoencoder,
  type EconAutoencoderOptions,
} from "./econ_autoencoder.ts";
export {
  autoencoderLoss,
  type AutoencoderLossName,
  autoencoderLossNames,
} from "./autoencoder/autoencoder_loss.ts";
export {
  autoencoderData,
  type AutoencoderRecipe,
  autoencoderTraining,
  type AutoencoderTrainingOptions,
  DEFAULT_RECIPE,
  PUBLISHED_RECIPE,
} from "./autoencoder/training.ts";
export { mixWafers } from "./autoencoder/mix_wafers.ts";
export { smearWafers } from "./autoencoder/smear_wafers.ts";
export { randomTurns } from "./autoencoder/turns.ts";
export { buildClassifier, type Classifier, type ClassifierOptions } from "./classifier.ts";
export { emdCnnWeightsOf, loadEmdCnn } from "./emd_cnn_transfer.ts";
export { econAutoencoderWeightsOf, restoreEconAutoencoder } from "./econ_transfer.ts";

// Estimates of the EMD.
export * from "./surrogates/mod.ts";

// An EMD from below, by a fit for each pair.
export { type LipschitzDual, lipschitzDual, type LipschitzDualOptions } from "./lipschitz_dual.ts";
export type { LipschitzFitOptions } from "./lipschitz_fit.ts";
export { lipschitzLoss, type LipschitzLossOptions } from "./lipschitz_loss.ts";
export { buildLipschitzNetwork, type LipschitzNetworkOptions } from "./lipschitz_network.ts";
