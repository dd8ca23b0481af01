import { CELLS, waferEmdBatch } from "../wafer/mod.ts";
import { cellAddress } from "./cell_address.ts";
import { largestK, type LargestKOptions } from "./largest_k.ts";

/** Bits of a charge that are tried. */
const CHARGE_BITS = [2, 3, 4, 5, 6, 7] as const;

/**
 * The options of {@linkcode largestK} for a number of bits and a number of bits a charge: as many
 * cells as fit, square-root spacing, combinatorial address.
 *
 * @param bits Bits a wafer, at least 8.
 * @param chargeBits Bits of a kept charge.
 * @returns The options.
 * @throws {RangeError} If not even one cell fits.
 *
 * @example
 * ```ts
 * import { largestKFitting } from "./largest_k_fit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([3, 4, 5, 6].map((bits) => largestKFitting(144, bits).cells), [48, 24, 20, 17]);
 * ```
 */
export function largestKFitting(
  bits: number,
  chargeBits: number,
): LargestKOptions & { readonly cells: number; readonly chargeBits: number } {
  // An address is shortest for one cell and for all: more cells may fit where fewer do not.
  let cells = CELLS;
  while (cells > 0 && cellAddress("combinatorial", cells).bits + cells * chargeBits > bits) cells--;
  if (cells > 0) return { cells, chargeBits, spacing: "square_root", address: "combinatorial" };
  throw new RangeError(
    `Cannot keep the largest cells: ${bits} bits must hold one cell of ${chargeBits} bits`,
  );
}

/**
 * The bits of a charge that are best for wafers of some kind: few large ones want fine charges, many
 * small ones as many cells as possible. It tries 2 to 7 and takes the smallest mean of the exact EMD; by
 * the median it would take few cells in fine levels, at the cost of wafers with many.
 *
 * @param charges Wafers to learn from, B * 48 charges in train order, any positive scale.
 * @param bits Bits a wafer, at least 8.
 * @returns Bits of a kept charge; {@linkcode largestKFitting} says how many cells then fit.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a wafer has no charge, or there is no
 * wafer.
 *
 * @example A wafer of two cells needs no more than these, in fine levels
 * ```ts
 * import { fitLargestK } from "@hexmover/hexmover/codecs";
 * import { assert } from "@std/assert";
 *
 * const wafer = new Float64Array(48);
 * wafer.set([100, 61]);
 * assert(fitLargestK(wafer, 48) >= 4);
 * ```
 */
export function fitLargestK(charges: ArrayLike<number>, bits: number): number {
  if (charges.length === 0) {
    throw new RangeError("Cannot fit the largest cells: there are no wafers");
  }
  let best = 0, least = Infinity;
  for (const chargeBits of CHARGE_BITS) {
    const codec = largestK(largestKFitting(bits, chargeBits));
    const { values } = waferEmdBatch(charges, codec.reconstruct(charges));
    const sum = values.reduce((sum, emd) => sum + emd, 0);
    if (sum < least) [best, least] = [chargeBits, sum];
  }
  return best;
}
