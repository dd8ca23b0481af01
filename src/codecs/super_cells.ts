import { supercells2x2, waferEmdBatch } from "../wafer/mod.ts";
import { bitCodec } from "./bit_codec.ts";
import { digitPacking } from "./digits.ts";
import { SHIPPED_FITS } from "./shipped_fits.ts";
import type { Codec } from "./types.ts";

/** Options of {@linkcode superCells}. */
export interface SuperCellsOptions {
  /**
   * How many levels a sum has, an integer in [2, 4096].
   *
   * @default {1024}
   */
  readonly levels?: number;
  /**
   * Whether two bits a super trigger cell tell where its largest cell is.
   *
   * @default {true}
   */
  readonly place?: boolean;
  /**
   * The part of a sum that is given to its largest cell, the others sharing the rest evenly; in
   * [1/4, 1]. Without the place it must be left out: each cell gets a quarter.
   *
   * @default that of {@linkcode fitSuperCells} for simulated wafers
   */
  readonly largestPart?: number;
}

/** The 12 super trigger cells, 2 x 2 trigger cells each, in which the wafer falls. */
const GROUPS: readonly (readonly number[])[] = supercells2x2().slice(0, 12)
  .map(({ cells }) => cells);

/** Cells of a super trigger cell, and bits that tell one of them. */
const SIZE = 4, PLACE_BITS = 2;

/**
 * Super trigger cells: twelve sums of four cells, and where in each the largest is.
 *
 * A sum S is told in levels of its square root over that of the largest sum, round((L - 1)
 * sqrt(S / max S)), packed in groups ({@linkcode digitPacking}). The decoder gives a part of each sum
 * to its largest cell and shares the rest among the three others.
 *
 * It needs sums, comparisons and one largest sum: of all codecs here it is the nearest to what the
 * ECON-T does without a network, which puts the whole sum at the largest cell (`largestPart: 1`).
 *
 * @param options Levels of a sum, whether and how the place of the largest cell counts.
 * @returns The codec.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { superCells } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48);
 * charges.set([9, 1, 16]); // cells 0 and 1 are of one super trigger cell, cell 2 of the next
 * const codec = superCells({ largestPart: 1 });
 * assertEquals(codec.bits, 12 * (10 + 2));
 * assertEquals([...codec.reconstruct(charges).subarray(1, 2)], [0]);
 * assertEquals(superCells({ levels: 4096, place: false }).bits, 12 * 12);
 * ```
 */
export function superCells(options: SuperCellsOptions = {}): Codec {
  const { levels = 1024, place = true } = options;
  _check(levels, place, options.largestPart);
  const largestPart = place ? options.largestPart ?? SHIPPED_FITS.largestPart : 1 / SIZE;
  const packing = digitPacking(GROUPS.length, levels), digits = new Uint16Array(GROUPS.length);
  const sums = new Float64Array(GROUPS.length);

  return bitCodec({
    name: "super_cells",
    bits: packing.bits + (place ? GROUPS.length * PLACE_BITS : 0),
    write(fractions, writer) {
      for (let s = 0; s < sums.length; s++) sums[s] = _sum(fractions, GROUPS[s]);
      const largest = sums.reduce((most, sum) => Math.max(most, sum), 0);
      for (let s = 0; s < sums.length; s++) {
        digits[s] = Math.round((levels - 1) * Math.sqrt(sums[s] / largest));
      }
      packing.write(digits, writer);
      if (!place) return;
      for (let s = 0; s < sums.length; s++) {
        writer.write(digits[s] === 0 ? 0 : _placeOfLargest(fractions, GROUPS[s]), PLACE_BITS);
      }
    },
    read(reader, charges) {
      packing.read(reader, digits);
      for (let s = 0; s < sums.length; s++) {
        const sum = (digits[s] / (levels - 1)) ** 2;
        const other = sum * (1 - largestPart) / (SIZE - 1);
        for (const cell of GROUPS[s]) charges[cell] = other;
        charges[GROUPS[s][place ? reader.read(PLACE_BITS) : 0]] = sum * largestPart;
      }
    },
  });
}

/**
 * The part of a sum that {@linkcode superCells} should give to its largest cell for wafers of some
 * kind: of the parts 0.25, 0.3, ..., 1 the one with the smallest mean of the exact EMD, at 1024 levels.
 *
 * @param charges Wafers to learn from, B * 48 charges in train order, any positive scale.
 * @returns The part, for `largestPart`.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a wafer has no charge, or there is no
 * wafer.
 *
 * @example Where all cells have the same charge, the largest has a quarter
 * ```ts
 * import { fitSuperCells } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fitSuperCells(new Float64Array(48).fill(1)), 1 / 4);
 * ```
 */
export function fitSuperCells(charges: ArrayLike<number>): number {
  if (charges.length === 0) {
    throw new RangeError("Cannot fit super trigger cells: there are no wafers");
  }
  let best = 1, least = Infinity;
  for (let twentieths = 5; twentieths <= 20; twentieths++) {
    const { reconstruct } = superCells({ largestPart: twentieths / 20 });
    const { values } = waferEmdBatch(charges, reconstruct(charges));
    const sum = values.reduce((sum, emd) => sum + emd, 0);
    if (sum < least) [best, least] = [twentieths / 20, sum];
  }
  return best;
}

function _sum(charges: Float64Array, group: readonly number[]): number {
  let sum = 0;
  for (const cell of group) sum += charges[cell];
  return sum;
}

/** Place in the group of the largest cell, the first of several. */
function _placeOfLargest(charges: Float64Array, group: readonly number[]): number {
  let place = 0;
  for (let k = 1; k < SIZE; k++) if (charges[group[k]] > charges[group[place]]) place = k;
  return place;
}

function _check(levels: number, place: boolean, largestPart: number | undefined): void {
  const fail = (what: string, value: unknown) => {
    throw new RangeError(`Cannot code super trigger cells: ${what}, current value is ${value}`);
  };
  if (!(Number.isInteger(levels) && levels >= 2 && levels <= 4096)) {
    fail("levels must be an integer in [2, 4096]", levels);
  }
  if (largestPart === undefined) return;
  if (!place) fail("without places there must be no largestPart", largestPart);
  if (!(largestPart >= 1 / SIZE && largestPart <= 1)) {
    fail("largestPart must be in [1/4, 1]", largestPart);
  }
}
