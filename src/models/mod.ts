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
  EmdCnnWeights,
  IntegerEncoderSpec,
  IntegerLayer,
  LayerWeights,
  NormalisedLayerWeights,
} from "./types.ts";
