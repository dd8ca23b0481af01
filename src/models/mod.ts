/**
 * The networks of the paper.
 *
 * @module
 */
export type {
  EconAutoencoderWeights,
  EconDecoderWeights,
  EconEncoderWeights,
  EconFormats,
  LayerWeights,
} from "./types.ts";
