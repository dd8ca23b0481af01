/**
 * Wafers as data: the table, files in several formats, selections, pairs with exact labels, simulated
 * events, and toy wafers to try things on.
 *
 * The reader of ROOT files stands apart, in `root.ts`: it brings a large package.
 *
 * @module
 */
export {
  type Charges,
  chargesOf,
  type Column,
  concatenateWafers,
  filterWafers,
  selectWafers,
  validateWafers,
  type WaferTable,
  waferTable,
} from "./wafer_table.ts";

// Files.
export {
  readWafers,
  type ReadWafersOptions,
  writeWafers,
  type WriteWafersOptions,
} from "./files_deno.ts";
export { parseWaferCsv, type WaferCsvOptions } from "./formats/csv.ts";
export { formatWaferCsv, waferCsvPieces } from "./formats/csv_format.ts";
export {
  type ParquetBytes,
  readWaferParquet,
  type WaferParquetOptions,
} from "./formats/parquet.ts";
export { type WaferParquetFormatOptions, waferParquetPieces } from "./formats/parquet_format.ts";
export { type NpyArray, npyBytes, type NpyData, parseNpy } from "./formats/npy.ts";
export { npzBytes, parseNpz } from "./formats/npz.ts";
export { formatWaferNpz, readWaferNpz, type WaferNpzOptions } from "./formats/npz_wafers.ts";
export {
  formatManifest,
  type ManifestValue,
  parseManifest,
  type WaferContent,
  waferContent,
  type WaferManifest,
  type WaferOrigin,
} from "./manifest.ts";
export { manifestPath, readManifest, verifyManifest, writeManifest } from "./manifest_deno.ts";

// Selections.
export {
  allOf,
  etaWindow,
  inLayers,
  lowPt,
  nonEmpty,
  occupancy,
  occupied,
  OCCUPIED_ABOVE,
  selectWhere,
  signalWafers,
  type ValueRange,
  type WaferSelection,
} from "./select.ts";
export { type WaferShapes, waferShapes } from "./wafer_shapes.ts";

// Pairs, splits and labels.
export {
  allPairs,
  type AllPairsOptions,
  type PairedWafers,
  pairedWafers,
  randomPairs,
  type WaferPairs,
} from "./pairs/pairs.ts";
export {
  type NearKind,
  type NearPairs,
  nearPairs,
  type NearPairsOptions,
} from "./pairs/near_pairs.ts";
export { sameWafers } from "./pairs/same_wafers.ts";
export { splitWafers, type SplitWafersOptions, type WaferSplit } from "./pairs/splits.ts";
export { pairsAmong, pairsUnseen, type SplitPairs, splitPairs } from "./pairs/split_pairs.ts";
export {
  type AugmentedPairs,
  augmentPairs,
  type AugmentPairsOptions,
  augmentWafers,
  turnWafers,
} from "./pairs/augment.ts";
export { type EmdLabels, emdLabels, type EmdLabelsOptions } from "./pairs/emd_labels.ts";
export { type LabelledPairs, pairQuantities, type PairQuantity } from "./pairs/labelled_pairs.ts";
export { type PairFileFormat, pairFileFormat, pairFilePieces } from "./pairs/pair_files.ts";
export { pairParquetPieces } from "./pairs/pair_parquet.ts";

// Simulation.
export { simulate, type SimulateOptions } from "./simulate.ts";
export { type ParticleKind, type PtSpectrum } from "./simulation/generated_particle.ts";
export { waferCentre } from "./simulation/wafer_lattice.ts";

// Toy wafers.
export { type ToyKind, toyWafers } from "./toy/toy_wafers.ts";
export { DEGENERATE_FAMILIES } from "./toy/toy_degenerate.ts";
export { blurWafers, reconstructWafers } from "./toy/toy_distortions.ts";

// Types of other rooms that these speak of.
export { RandomStream } from "../numerics/random.ts";
export type { CellOrder } from "../wafer/cells.ts";
