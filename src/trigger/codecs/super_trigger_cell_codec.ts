import type { WaferCodec } from "../types.ts";
import { COUNTS_PER_MIP_T } from "../units.ts";
import { CELLS, TRIGGER_CELLS } from "../../wafer/cells.ts";
import { HEADER_BITS } from "./packet.ts";
import { truncatedFloat } from "./truncated_float.ts";

/** Options of {@linkcode superTriggerCellCodec}. */
export interface SuperTriggerCellCodecOptions {
  /**
   * Cells in a sum: 4 (2 x 2, twelve sums a wafer) or 16 (a rhombus, three sums).
   *
   * @default {4}
   */
  readonly size?: 4 | 16;
}

/** A sum is sent with 5 bits of exponent and 4 of mantissa. */
const _EXPONENT_BITS = 5, _MANTISSA_BITS = 4;

/**
 * Super trigger cells: sums of 4 or 16 neighbouring cells inside a rhombus, each with the number of its
 * cell with the largest charge, at whose place the trigger puts the whole sum.
 *
 * @param options How many cells are in a sum.
 * @returns The codec: 137 bits a wafer for sums of 4, 44 for sums of 16.
 * @throws {RangeError} If the size is neither 4 nor 16.
 *
 * Source: the published emulation of the concentrator (STC4B and STC16); CMS's trigger emulation,
 * which puts the sum where the largest charge is.
 *
 * @example
 * ```ts
 * import { superTriggerCellCodec } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48).fill(1);
 * charges[5] = 2;
 * const { transmit, bits } = superTriggerCellCodec();
 * const sent = await transmit(charges);
 * assertEquals([0, 1, 4, 5].map((cell) => Math.round(sent[cell])), [0, 0, 0, 5]);
 * assertEquals(bits(charges), 137);
 * ```
 */
export function superTriggerCellCodec(options: SuperTriggerCellCodecOptions = {}): WaferCodec {
  const { size = 4 } = options;
  if (size !== 4 && size !== 16) {
    throw new RangeError(
      `Cannot send sums of cells: size must be 4 or 16, current value is ${size}`,
    );
  }
  const groups = _groups(size);
  const bits = HEADER_BITS +
    groups.length * (_EXPONENT_BITS + _MANTISSA_BITS + Math.log2(size));
  return {
    name: `super trigger cells of ${size}`,
    bits: (charges) => charges.length / CELLS * bits,
    transmit: (charges) => {
      const sent = new Float64Array(charges.length);
      for (let start = 0; start < charges.length; start += CELLS) {
        for (const group of groups) {
          let sum = 0, largest = group[0];
          for (const cell of group) {
            sum += charges[start + cell];
            if (charges[start + cell] > charges[start + largest]) largest = cell;
          }
          const counts = truncatedFloat(sum * COUNTS_PER_MIP_T, _MANTISSA_BITS);
          sent[start + largest] = counts / COUNTS_PER_MIP_T;
        }
      }
      return sent;
    },
  };
}

/** The cells of each sum, in train order: squares in each rhombus. */
function _groups(size: 4 | 16): readonly (readonly number[])[] {
  const edge = Math.sqrt(size);
  const groups = Map.groupBy(
    TRIGGER_CELLS,
    ({ rhombus, row, column }) =>
      `${rhombus} ${Math.floor(row / edge)} ${Math.floor(column / edge)}`,
  );
  return [...groups.values()].map((cells) => cells.map(({ train }) => train));
}
