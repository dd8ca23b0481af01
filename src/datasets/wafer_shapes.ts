/**
 * Numbers that say how full a wafer is and how its charge is spread over cells.
 *
 * @module
 */
import { CELLS } from "../wafer/cells.ts";
import { occupancy } from "./select.ts";
import { type Charges, chargesOf, type WaferTable } from "./wafer_table.ts";

/** One number for each wafer, in arrays of length count. */
export interface WaferShapes {
  /** Cells with charge, 0 to 48. */
  readonly cells: Float64Array;
  /** Cells with more than 35 counts, 0 to 48. */
  readonly occupancy: Float64Array;
  /** Sum of charges. */
  readonly sum: Float64Array;
  /** Largest charge over the sum; NaN where there is no charge. */
  readonly leading: Float64Array;
  /** The three largest charges over the sum; NaN where there is no charge. */
  readonly leadingThree: Float64Array;
}

/**
 * Measures each wafer of a table.
 *
 * @param table The wafers; their charges in counts, for the occupancy.
 * @returns The numbers.
 *
 * @example
 * ```ts
 * import { waferShapes, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48);
 * charges.set([50, 20, 20, 10]);
 * const { cells, occupancy, sum, leading, leadingThree } = waferShapes(waferTable(charges));
 * assertEquals([cells[0], occupancy[0], sum[0], leading[0], leadingThree[0]], [4, 1, 100, 0.5, 0.9]);
 * ```
 */
export function waferShapes(table: WaferTable<Charges>): WaferShapes {
  const ofWafers = () => new Float64Array(table.count);
  const cells = ofWafers(), sum = ofWafers();
  const leading = ofWafers(), leadingThree = ofWafers();
  for (let wafer = 0; wafer < table.count; wafer++) {
    const increasing = Float64Array.from(chargesOf(table, wafer)).sort();
    const [first, second, third] = increasing.slice(-3).reverse();
    const total = increasing.reduce((sum, charge) => sum + charge, 0);
    cells[wafer] = CELLS - _countUpTo(0, increasing);

    sum[wafer] = total;
    leading[wafer] = first / total;
    leadingThree[wafer] = (first + second + third) / total;
  }
  return { cells, occupancy: occupancy(table), sum, leading, leadingThree };
}

/** How many of the values, in increasing order, are not above a limit. */
function _countUpTo(limit: number, increasing: Float64Array): number {
  const above = increasing.findIndex((value) => value > limit);
  return above < 0 ? increasing.length : above;
}
