import type { WaferCodec } from "../types.ts";
import { COUNTS_PER_MIP_T } from "../units.ts";
import { CELLS } from "../../wafer/cells.ts";
import { cellListBits, CHARGE_MANTISSA, HEADER_BITS, SUM_BITS } from "./packet.ts";
import { truncatedFloat } from "./truncated_float.ts";

/** Options of {@linkcode bestChoiceCodec}. */
export interface BestChoiceCodecOptions {
  /**
   * How many cells of each wafer are sent, 1 to 48. The concentrator fits 1, 4, 6, 9 and 14 into one to
   * five links of 32 bits.
   *
   * @default {14}
   */
  readonly cells?: number;
}

/**
 * The cells with the largest charges of each wafer: the concentrator's "best choice". Charges are sent
 * with 3 bits of mantissa. Of equal charges the cell with the lower number goes first.
 *
 * @param options How many cells.
 * @returns The codec: 159 bits a wafer for 14 cells.
 * @throws {RangeError} If the number of cells is not an integer in [1, 48].
 *
 * Source: the published emulation of the concentrator.
 *
 * @example
 * ```ts
 * import { bestChoiceCodec } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = Float64Array.from({ length: 48 }, (_, cell) => cell);
 * const { transmit, bits } = bestChoiceCodec({ cells: 6 });
 * assertEquals(Array.from(await transmit(charges)).flatMap((q, cell) => q > 0 ? [cell] : []), [
 *   42, 43, 44, 45, 46, 47,
 * ]);
 * assertEquals(bits(charges), 94);
 * ```
 */
export function bestChoiceCodec(options: BestChoiceCodecOptions = {}): WaferCodec {
  const { cells = 14 } = options;
  if (!(Number.isInteger(cells) && cells >= 1 && cells <= CELLS)) {
    throw new RangeError(
      `Cannot send the best cells: their number must be an integer in [1, ${CELLS}], ` +
        `current value is ${cells}`,
    );
  }
  const bits = HEADER_BITS + SUM_BITS + cellListBits(cells);
  return {
    name: `best choice ${cells}`,
    bits: (charges) => charges.length / CELLS * bits,
    transmit: (charges) => {
      const sent = new Float64Array(charges.length);
      for (let start = 0; start < charges.length; start += CELLS) {
        for (const cell of _largest(charges.subarray(start, start + CELLS), cells)) {
          const counts = charges[start + cell] * COUNTS_PER_MIP_T;
          sent[start + cell] = truncatedFloat(counts, CHARGE_MANTISSA) / COUNTS_PER_MIP_T;
        }
      }
      return sent;
    },
  };
}

/** Numbers of the cells with the largest charges. */
function _largest(charges: Float64Array, count: number): Uint8Array {
  return Uint8Array.from(charges.keys())
    .sort((a, b) => charges[b] - charges[a] || a - b)
    .subarray(0, count);
}
