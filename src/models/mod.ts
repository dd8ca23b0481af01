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
export { emdCnnWeightsOf, loadEmdCnn } from "./emd_cnn_transfer.ts";
export { econAutoencoderWeightsOf, restoreEconAutoencoder } from "./econ_transfer.ts";

// Estimates of the EMD.
export * from "./surrogates/mod.ts";
