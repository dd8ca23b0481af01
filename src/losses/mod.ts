/**
 * Losses between wafers, with their gradients in closed form or by dual potentials. No tensors.
 *
 * @module
 */
export { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
export { exactEmd, type ExactEmdOptions } from "./exact_emd.ts";
export { normalised, type NormalisedOptions } from "./normalised.ts";
export { loss, type LossName, lossNames, type LossOptions } from "./registry.ts";
export { sinkhornLoss, type SinkhornLossOptions } from "./sinkhorn.ts";
export { slicedLoss, type SlicedLossOptions } from "./sliced.ts";
export { squaredEmd, type SquaredEmdOptions } from "./squared_emd.ts";
export type { FeatureNorm } from "./squared_emd_centroids.ts";
export {
  type SquaredEmdLearned,
  squaredEmdLearned,
  type SquaredEmdLearnedOptions,
} from "./squared_emd_learned.ts";
export {
  type GroundCostOptions,
  squaredEmdMatrix,
  type SquaredEmdMatrixOptions,
} from "./squared_emd_matrix.ts";
export { rankedDistances } from "./squared_emd_ranks.ts";
export { spectral, type SpectralOptions } from "./spectral.ts";
export { telescopeMse, type TelescopeMseOptions } from "./telescope_mse.ts";
export { treeEmdLoss, type TreeEmdLossOptions } from "./tree_emd.ts";
export type { Batch, Loss, LossResult } from "./types.ts";
export { w2, type W2Options } from "./w2.ts";
export { WAFER_TREE_LENGTHS, WAFER_TREE_WEIGHTS, waferTree } from "./wafer_tree.ts";
export { weightedMse, type WeightedMseOptions } from "./weighted_mse.ts";
export { weightedSquares, type WeightedSum } from "./weighted_squares.ts";
