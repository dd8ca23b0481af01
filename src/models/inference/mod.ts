/**
 * The networks of the paper on plain typed arrays, with given weights: no tensors, no packages.
 *
 * @module
 */
export type {
  EconAutoencoderWeights,
  EconDecoderWeights,
  EconEncoderWeights,
  EconFormats,
  LayerWeights,
} from "../types.ts";
