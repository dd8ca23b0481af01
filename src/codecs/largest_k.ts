import { CELLS, sharedWaferDistances } from "../wafer/mod.ts";
import { bitCodec } from "./bit_codec.ts";
import { cellAddress, type CellAddressKind } from "./cell_address.ts";
import { chargeSpacing, type ChargeSpacingKind } from "./charge_spacing.ts";
import type { Codec } from "./types.ts";

/** Options of {@linkcode largestK}. */
export interface LargestKOptions {
  /**
   * How many cells are kept, an integer in [1, 48].
   *
   * @default {19}
   */
  readonly cells?: number;
  /**
   * Bits of each kept charge, an integer in [2, 12].
   *
   * @default {5}
   */
  readonly chargeBits?: number;
  /**
   * How charges are spaced: `logarithmic`, with the same relative error for all, or `square_root`,
   * with finer steps where charges are large, which is better for the EMD.
   *
   * @default {"logarithmic"}
   */
  readonly spacing?: ChargeSpacingKind;
  /**
   * The smallest logarithmic level above zero, over the largest charge, in (0, 1).
   *
   * @default 2^-(chargeBits + 2)
   */
  readonly smallest?: number;
  /**
   * How the kept cells are told: a `bitmap` of 48 bits, or the number of the set of cells, the
   * `combinatorial` address of ceil(log2 C(48, k)) bits.
   *
   * @default {"bitmap"}
   */
  readonly address?: CellAddressKind;
  /**
   * What becomes of charge in other cells: it is moved to the nearest kept cell, or dropped.
   *
   * @default {"move"}
   */
  readonly rest?: "move" | "drop";
}

/**
 * The k largest cells: which they are ({@linkcode cellAddress}), and the charge of each in a few bits
 * relative to the largest of them ({@linkcode chargeSpacing}).
 *
 * Charge elsewhere is added to the nearest kept cell (of several, the one with the lowest number)
 * before charges are rounded: no other way to bring it there moves it less. Exactly k cells are kept;
 * where fewer have charge, empty ones are among them.
 *
 * It needs the k largest of 48 numbers, in hardware a sorting network, and for the combinatorial
 * address a sum of k table entries of up to 45 bits.
 *
 * @param options How many cells, bits of a charge, address, what becomes of the rest.
 * @returns The codec.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { largestK } from "@hexmover/hexmover/codecs";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const codec = largestK({ cells: 17, chargeBits: 6, address: "combinatorial" });
 * assertEquals(codec.bits, 17 * 6 + 42);
 * const charges = new Float64Array(48);
 * charges.set([12, 3]);
 * assertAlmostEquals(codec.reconstruct(charges)[0], 0.8, 0.01);
 * ```
 */
export function largestK(options: LargestKOptions = {}): Codec {
  const { cells = 19, chargeBits = 5, spacing: kind = "logarithmic", rest = "move" } = options;
  const { smallest = 2 ** -(chargeBits + 2), address: addressKind = "bitmap" } = options;
  _check(cells, chargeBits, smallest, rest);
  const address = cellAddress(addressKind, cells);
  const spacing = chargeSpacing(kind, chargeBits, smallest);
  const kept = new Uint8Array(cells), isKept = new Uint8Array(CELLS);

  return bitCodec({
    name: "largest_k",
    bits: address.bits + cells * chargeBits,
    write(fractions, writer) {
      _keepLargest(fractions, kept, isKept);
      if (rest === "move") _moveToNearest(fractions, isKept);
      let largest = 0;
      for (const cell of kept) largest = Math.max(largest, fractions[cell]);
      address.write(kept, writer);
      for (const cell of kept) writer.write(spacing.toCode(fractions[cell] / largest), chargeBits);
    },
    read(reader, charges) {
      address.read(reader, kept);
      for (const cell of kept) charges[cell] = spacing.ratios[reader.read(chargeBits)];
    },
  });
}

/** Fills `kept` with the cells of the largest charges, ascending; of equal ones the first. */
function _keepLargest(charges: Float64Array, kept: Uint8Array, isKept: Uint8Array): void {
  isKept.fill(0);
  for (let k = 0; k < kept.length; k++) {
    let largest = -1, charge = -1;
    for (let cell = 0; cell < CELLS; cell++) {
      if (charges[cell] <= charge || isKept[cell]) continue;
      charge = charges[cell];
      largest = cell;
    }
    isKept[largest] = 1;
  }
  for (let cell = 0, k = 0; cell < CELLS; cell++) if (isKept[cell]) kept[k++] = cell;
}

function _moveToNearest(charges: Float64Array, isKept: Uint8Array): void {
  for (let cell = 0; cell < CELLS; cell++) {
    if (isKept[cell] || charges[cell] === 0) continue;
    let n = cell * CELLS;
    while (!isKept[NEIGHBOURS[n]]) n++;
    charges[NEIGHBOURS[n]] += charges[cell];
  }
}

/** Row by row, all cells by their distance from one, the nearest first. */
const NEIGHBOURS: Uint8Array = _neighbours();

function _neighbours(): Uint8Array {
  const distances = sharedWaferDistances(), neighbours = new Uint8Array(CELLS * CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    // Published coordinates are rounded: distances that differ by less are equal.
    const from = (other: number) => Math.round(distances[cell * CELLS + other] * 1e4);
    const cells = Array.from({ length: CELLS }, (_, k) => k);
    neighbours.set(cells.sort((i, j) => from(i) - from(j) || i - j), cell * CELLS);
  }
  return neighbours;
}

function _check(cells: number, chargeBits: number, smallest: number, rest: string): void {
  const fail = (what: string, value: unknown) => {
    throw new RangeError(`Cannot keep the largest cells: ${what}, current value is ${value}`);
  };
  if (!(Number.isInteger(cells) && cells >= 1 && cells <= CELLS)) {
    fail(`number of cells must be an integer in [1, ${CELLS}]`, cells);
  }
  if (!(Number.isInteger(chargeBits) && chargeBits >= 2 && chargeBits <= 12)) {
    fail("bits of a charge must be an integer in [2, 12]", chargeBits);
  }
  if (!(smallest > 0 && smallest < 1)) fail("smallest must be in (0, 1)", smallest);
  if (rest !== "move" && rest !== "drop") fail("rest must be move or drop", rest);
}
