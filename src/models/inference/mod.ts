/**
 * The networks of the paper on plain typed arrays, with given weights: no tensors, no packages.
 *
 * The reader of Keras's HDF5 files stands apart, in `../published/keras_weights.ts`: it brings a large
 * package.
 *
 * @module
 */
export type { FixedPoint } from "../../quantization/types.ts";
export type {
  DenseDecoderWeights,
  EconAutoencoderWeights,
  EconDecoderWeights,
  EconEncoderWeights,
  EconFormats,
  EmdCnnWeights,
  IntegerEncoderSpec,
  IntegerLayer,
  LayerWeights,
  NormalisedLayerWeights,
} from "../types.ts";

// Published weights.
export { econAutoencoderWeights } from "../published/econ_autoencoder_weights.ts";
export {
  econFormats,
  type EconFormatsOptions,
  latentBits,
  PUBLISHED_FORMATS,
} from "../published/econ_formats.ts";
export { emdCnnWeights } from "../published/emd_cnn_weights.ts";
export { type RawWeightsManifest, readRawWeights } from "../published/raw_weights.ts";
export type { NamedWeights, WeightTensor } from "../published/types.ts";

// Inference.
export {
  type EconAutoencoderInference,
  econAutoencoderInference,
  econEncoderInference,
} from "./econ_autoencoder_inference.ts";
export { econDecoderInference } from "./econ_decoder_inference.ts";
export { type EmdCnnInference, emdCnnInference } from "./emd_cnn_inference.ts";
export { type IntegerEncoder, integerEncoder } from "../integer_encoder.ts";

// Trained autoencoders.
export { type ConditionName, conditionNames, waferConditions } from "../autoencoder/conditions.ts";
export {
  type AutoencoderEvaluation,
  type EmdSummary,
  evaluateAutoencoder,
  summariseEmd,
} from "../autoencoder/evaluate_autoencoder.ts";
export { loadEconAutoencoder, type LoadedAutoencoder } from "../autoencoder/load_autoencoder.ts";
export {
  type AutoencoderArchitecture,
  type AutoencoderModule,
  fromAutoencoderModule,
  readAutoencoder,
  type StoredAutoencoder,
  toAutoencoderModule,
  writeAutoencoder,
} from "../autoencoder/stored_autoencoder.ts";
export type { DecoderArchitecture } from "../autoencoder/architecture.ts";
export type { Network, NetworkFacts, NetworkModule, NetworkStore } from "../network_files.ts";
