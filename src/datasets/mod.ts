/**
 * Wafers as data: the table, files, pairs, and toy wafers to try things on.
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
export { parseWaferCsv, type WaferCsvOptions } from "./csv.ts";
export { formatWaferCsv, waferCsvPieces } from "./csv_format.ts";
export { readWafers, type ReadWafersOptions, writeWafers } from "./files_deno.ts";
export { randomPairs, type WaferPairs } from "./pairs.ts";
export { type ToyKind, toyWafers } from "./toy_wafers.ts";
export { DEGENERATE_FAMILIES } from "./toy_degenerate.ts";
export { blurWafers, reconstructWafers } from "./toy_distortions.ts";
export { RandomStream } from "../numerics/random.ts";
export type { CellOrder } from "../wafer/cells.ts";
