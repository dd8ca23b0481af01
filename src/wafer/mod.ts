/**
 * The wafer: 48 trigger cells, their orders, places, distances and encodings.
 *
 * @module
 */
export {
  type CellOrder,
  cellPositions,
  CELLS,
  type Density,
  type Geometry,
  type LengthUnit,
  PITCH_CM,
  RHOMBI,
  type Rhombus,
  TRIGGER_CELLS,
  type TriggerCell,
  type WaferGeometryOptions,
} from "./cells.ts";
export { decodeCharge, encodeCharge, roundTripCharge } from "./charge_code.ts";
export { sharedWaferDistances, waferDistances } from "./distances.ts";
export { type ChargeFlow, type WaferEmd, waferEmd, type WaferEmdOptions } from "./emd.ts";
export {
  waferEmdBatch,
  type WaferEmdBatchOptions,
  type WaferEmdBatchResult,
  waferEmdParallel,
  type WaferEmdParallelOptions,
} from "./emd_batch.ts";
export {
  emdPairwise,
  type EmdPairwiseOptions,
  waferEmdPairs,
  type WaferEmdPairsResult,
  type WaferPairList,
} from "./emd_pairwise.ts";
export {
  type EncodingOptions,
  fromEncodingA,
  fromEncodingB,
  toEncodingA,
  toEncodingB,
} from "./encodings.ts";
export type { SameClass } from "./gather.ts";
export { type Normalisation, normalise, type NormaliseOptions } from "./normalise.ts";
export { occupancies } from "./occupancy.ts";
export {
  asPaper,
  asTrain,
  type InOrder,
  type ORDER,
  PAPER_TO_TRAIN,
  type SameOrder,
  type TakenAs,
  toPaperOrder,
  toTrainOrder,
  TRAIN_TO_PAPER,
} from "./orders.ts";
export {
  type Supercell,
  supercells2x2,
  type Supercells2x2Options,
  supercells4x4,
  type Supercells4x4Options,
  type SupercellWeights,
  TABLE_A1_MISPRINT,
} from "./supercells.ts";
export { applySymmetry, WAFER_SYMMETRIES, type WaferSymmetry } from "./symmetries.ts";
