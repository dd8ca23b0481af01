import type { WaferCodec } from "../types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { COUNTS_PER_MIP_T } from "../units.ts";
import { HEADER_BITS, SUM_BITS } from "./packet.ts";
import { truncatedFloat } from "./truncated_float.ts";

/** Options of {@linkcode shareCodec}. */
export interface ShareCodecOptions {
  /** Its name, for tables and legends. */
  readonly name: string;
  /**
   * Bits in which the shares of a wafer are sent.
   *
   * @default {144}, 16 latents of 9 bits
   */
  readonly shareBits?: number;
  /**
   * How the sum of a wafer's charges is sent: exactly, as in the published analysis, or in the 8 bits
   * that a packet has for it, 5 of exponent and 3 of mantissa.
   *
   * @default {"exact"}
   */
  readonly sum?: "exact" | "5E3M";
  /**
   * Cells that get less than this are dropped, MIP_T.
   *
   * @default {0.1}
   */
  readonly leastCharge?: number;
}

const _SUM_MANTISSA = 3;

/**
 * A codec that sends the shares of a wafer's charge and its sum S apart, as autoencoders do. Cell q
 * gets
 *
 *     o_q S / sum_p o_p
 *
 * of the reconstruction o, and nothing where that is below 0.1 MIP_T. (Shares of what is dropped are
 * not given to others.)
 *
 * @param reconstruct From charges of any scale, 48 for each wafer in train order, to their
 * reconstruction in any scale, each >= 0: for example `reconstruct` of an autoencoder.
 * @param options Name, bits, and how the sum is sent.
 * @returns The codec. Its bits are those of the shares and 13 more, for the header and the sum.
 *
 * Source: paper, Section 5, and the code published with it; CMS's trigger emulation.
 *
 * @example
 * ```ts
 * import { shareCodec } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const even = shareCodec((charges) => charges.map(() => 1), { name: "even" });
 * const charges = new Float64Array(48);
 * charges[7] = 12;
 * assertEquals(await even.transmit(charges), new Float64Array(48).fill(0.25));
 * assertEquals(even.bits(charges), 157);
 * ```
 */
export function shareCodec(
  reconstruct: (charges: Float64Array) => ArrayLike<number> | Promise<ArrayLike<number>>,
  options: ShareCodecOptions,
): WaferCodec {
  const { name, shareBits = 144, sum = "exact", leastCharge = 0.1 } = options;
  const transmitSum = sum === "exact"
    ? (mip: number) => mip
    : (mip: number) => truncatedFloat(mip * COUNTS_PER_MIP_T, _SUM_MANTISSA) / COUNTS_PER_MIP_T;
  return {
    name,
    bits: (charges) => charges.length / CELLS * (HEADER_BITS + SUM_BITS + shareBits),
    transmit: async (charges) => {
      const shares = await reconstruct(charges);
      if (shares.length !== charges.length) {
        throw new TypeError(
          `Cannot decode with ${name}: it must give ${charges.length} numbers, ` +
            `current number is ${shares.length}`,
        );
      }
      const sent = new Float64Array(charges.length);
      for (let start = 0; start < charges.length; start += CELLS) {
        const scale = transmitSum(_sum(charges, start)) / _sum(shares, start);
        // A reconstruction without any charge says nothing of where it is.
        if (!Number.isFinite(scale)) continue;
        for (let k = start; k < start + CELLS; k++) {
          const charge = shares[k] * scale;
          if (charge >= leastCharge) sent[k] = charge;
        }
      }
      return sent;
    },
  };
}

function _sum(numbers: ArrayLike<number>, start: number): number {
  let sum = 0;
  for (let k = start; k < start + CELLS; k++) sum += numbers[k];
  return sum;
}
