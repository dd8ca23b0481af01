/**
 * Losses between wafers, with their gradients in closed form or by dual potentials. No tensors.
 *
 * @module
 */
export { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
export { exactEmd, type ExactEmdOptions } from "./exact_emd.ts";
export { normalised, type NormalisedOptions } from "./normalised.ts";
export { loss, type LossName, lossNames, type LossOptions } from "./registry.ts";
export { squaredEmd, type SquaredEmdOptions } from "./squared_emd.ts";
export {
  type GroundCostOptions,
  squaredEmdMatrix,
  type SquaredEmdMatrixOptions,
} from "./squared_emd_matrix.ts";
export { telescopeMse, type TelescopeMseOptions } from "./telescope_mse.ts";
export type { Batch, Loss, LossResult } from "./types.ts";
export { weightedMse, type WeightedMseOptions } from "./weighted_mse.ts";
export { weightedSquares, type WeightedSum } from "./weighted_squares.ts";
