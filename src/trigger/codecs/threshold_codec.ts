import type { WaferCodec } from "../types.ts";
import { COUNTS_PER_MIP_T } from "../units.ts";
import { CELLS } from "../../wafer/cells.ts";
import { cellListBits, CHARGE_MANTISSA, HEADER_BITS, SUM_BITS } from "./packet.ts";
import { truncatedFloat } from "./truncated_float.ts";

/** Options of {@linkcode thresholdCodec}. */
export interface ThresholdCodecOptions {
  /**
   * Cells are sent that have more than this, MIP_T.
   *
   * @default {1.35}
   */
  readonly above?: number;
}

/** Bits that say which of three forms a packet of variable length has. */
const _TYPE_BITS = 3;

/**
 * Cells above a threshold: the concentrator's "threshold sum". Charges are sent with 3 bits of mantissa.
 * The packet also holds the sum of the wafer's charges, of which the clusters make no use.
 *
 * @param options The threshold.
 * @returns The codec: 19 bits for a wafer without such a cell, 13 more for each of up to 7 cells, and
 * 64 + 7 n for n cells from 8 on.
 * @throws {RangeError} If the threshold is not a finite number >= 0.
 *
 * Source: the published emulation of the concentrator; the threshold is that of CMS's trigger since
 * geometry V10.
 *
 * @example
 * ```ts
 * import { thresholdCodec } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48);
 * charges[3] = 1.3, charges[4] = 1.4;
 * const { transmit, bits } = thresholdCodec();
 * assertEquals(bits(charges), 32);
 * // 1.4 MIP_T are 49.2 counts, sent as 48.
 * const sent = await transmit(charges);
 * assertEquals([sent[3], Math.round(35.12 * sent[4])], [0, 48]);
 * ```
 */
export function thresholdCodec(options: ThresholdCodecOptions = {}): WaferCodec {
  const { above = 1.35 } = options;
  if (!(above >= 0 && above < Infinity)) {
    throw new RangeError(
      `Cannot send cells above a threshold: it must be finite and >= 0, current value is ${above}`,
    );
  }
  return {
    name: `threshold ${above} MIP_T`,
    transmit: (charges) =>
      charges.map((charge) =>
        charge > above
          ? truncatedFloat(charge * COUNTS_PER_MIP_T, CHARGE_MANTISSA) / COUNTS_PER_MIP_T
          : 0
      ),
    bits: (charges) => {
      let bits = 0;
      for (let start = 0; start < charges.length; start += CELLS) {
        const sent = charges.subarray(start, start + CELLS).filter((charge) => charge > above);
        bits += HEADER_BITS + _TYPE_BITS + SUM_BITS + cellListBits(sent.length);
      }
      return bits;
    },
  };
}
