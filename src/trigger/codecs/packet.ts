/**
 * What the concentrator's packets have in common.
 *
 * Source: the published emulation of the concentrator (`formatThresholdOutput`,
 * `formatBestChoiceOutput`, `formatSTCOutput`).
 *
 * @module
 */
import { CELLS } from "../../wafer/cells.ts";

/** Bits of the header: the crossing's number. */
export const HEADER_BITS = 5;

/** Bits of the sum of a wafer's charges: 5 of exponent, 3 of mantissa. */
export const SUM_BITS = 8;

/** Bits of mantissa in the charge of a cell. */
export const CHARGE_MANTISSA = 3;

/** Bits of a cell's charge: 4 of exponent, 3 of mantissa. */
const CHARGE_BITS = 7;

/** From so many cells on, one bit for each cell says which are sent; below, six bits give each one. */
const MAPPED_FROM = 8;
const COUNT_BITS = 3, ADDRESS_BITS = 6;

/**
 * Bits in which a number of cells is sent, with what says which cells they are.
 *
 * @param cells How many cells, 0 to 48.
 * @returns Bits.
 */
export function cellListBits(cells: number): number {
  return cells < MAPPED_FROM
    ? COUNT_BITS + cells * (ADDRESS_BITS + CHARGE_BITS)
    : CELLS + cells * CHARGE_BITS;
}
