/**
 * Codecs that need no learning by gradients: wafers in a fixed number of bits and back, to hold beside
 * an autoencoder of the same bits.
 *
 * @module
 */
export type { Codec } from "./types.ts";
export { sqrtLevels, type SqrtLevelsOptions } from "./sqrt_levels.ts";
export { largestK, type LargestKOptions } from "./largest_k.ts";
export { superCells, type SuperCellsOptions } from "./super_cells.ts";
export { pca, type PcaOptions } from "./pca.ts";
export { codec, type CodecName, codecNames, type CodecOptions } from "./registry.ts";
export { codecsAt, codecSettingsAt } from "./codecs_at.ts";

// What they are made of, and how they are fitted to wafers.
export type { CellAddressKind } from "./cell_address.ts";
export type { ChargeSpacingKind } from "./charge_spacing.ts";
export { BIT_BUDGETS, type CodecFits, fitCodecs } from "./fits.ts";
export { fitSqrtLevels } from "./sqrt_levels.ts";
export { fitLargestK } from "./largest_k_fit.ts";
export { fitSuperCells } from "./super_cells.ts";
export { fitPca, type PcaModel } from "./pca_model.ts";

// How good they are.
export {
  evaluateReconstruction,
  type ReconstructionEvaluation,
  type ReconstructionOptions,
} from "./evaluate.ts";
