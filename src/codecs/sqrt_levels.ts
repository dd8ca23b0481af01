import { CELLS, normalise } from "../wafer/mod.ts";
import { bitCodec } from "./bit_codec.ts";
import { digitPacking } from "./digits.ts";
import { lloydLevels, nearestLevel } from "./levels.ts";
import { SHIPPED_FITS } from "./shipped_fits.ts";
import type { Codec } from "./types.ts";

/** Options of {@linkcode sqrtLevels}. */
export interface SqrtLevelsOptions {
  /**
   * How many levels a cell has, an integer in [2, 256].
   *
   * @default {8}
   */
  readonly count?: number;
  /**
   * Where they are: `lloyd` for those fitted to simulated wafers (2 to 16 levels), `uniform` for equal
   * steps, or the levels themselves: `count` numbers ascending from at least 0 to 1, as
   * {@linkcode fitSqrtLevels} returns them.
   *
   * @default {"lloyd"}
   */
  readonly levels?: "lloyd" | "uniform" | ArrayLike<number>;
}

/** Most levels that are shipped. */
export const MOST_LLOYD_LEVELS = 16;

/** Most levels of all. */
const MOST_LEVELS = 256;

/**
 * Every cell on its own, in a few levels of the square root of its charge over the largest one:
 *
 *     code_k = nearest level to sqrt(x_k / max_l x_l)
 *
 * The square root gives small charges finer steps, as Poisson noise suggests. The largest level is 1,
 * so that the largest cell is told exactly. 48 cells of 8 levels take 144 bits; levels that are no
 * power of two are packed in groups ({@linkcode digitPacking}), so that 2, 3, 5 and 8 levels fill 48,
 * 77, 112 and 144 bits.
 *
 * It needs the largest of 48 numbers and some comparisons a cell, and takes as long for every wafer.
 *
 * @param options How many levels, and which.
 * @returns The codec.
 * @throws {RangeError} If the number of levels is not in [2, 256], none are shipped for it, or levels
 * do not ascend from at least 0 to 1.
 * @throws {TypeError} If there are not `count` levels.
 *
 * @example
 * ```ts
 * import { sqrtLevels } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48);
 * charges.set([16, 4, 1]);
 * const codec = sqrtLevels({ count: 5, levels: "uniform" }); // 0, 1/4, 1/2, 3/4, 1
 * assertEquals([codec.bits, codec.encode(charges).length], [112, 14]);
 * assertEquals([...codec.reconstruct(charges).subarray(0, 4)], [16 / 21, 4 / 21, 1 / 21, 0]);
 * ```
 */
export function sqrtLevels(options: SqrtLevelsOptions = {}): Codec {
  const { count = 8, levels: wanted = "lloyd" } = options;
  _checkCount(count);
  const levels = _levels(count, wanted), packing = digitPacking(CELLS, count);
  const charges = levels.map((level) => level * level), digits = new Uint16Array(CELLS);
  return bitCodec({
    name: "sqrt_levels",
    bits: packing.bits,
    write(fractions, writer) {
      let largest = 0;
      for (let cell = 0; cell < CELLS; cell++) largest = Math.max(largest, fractions[cell]);
      for (let cell = 0; cell < CELLS; cell++) {
        digits[cell] = nearestLevel(levels, Math.sqrt(fractions[cell] / largest));
      }
      packing.write(digits, writer);
    },
    read(reader, decoded) {
      packing.read(reader, digits);
      for (let cell = 0; cell < CELLS; cell++) decoded[cell] = charges[digits[cell]];
    },
  });
}

/**
 * Levels of {@linkcode sqrtLevels} for wafers of some kind, by Lloyd's method ({@linkcode lloydLevels})
 * from the roots of all cells, the last level staying at 1.
 *
 * @param charges Wafers to learn from, B * 48 charges in train order, any positive scale.
 * @param count How many levels, an integer in [2, 256].
 * @returns The levels, ascending, the last of them 1.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a wafer has no charge, there is no
 * wafer, or the number of levels is not in [2, 256].
 *
 * @example
 * ```ts
 * import { fitSqrtLevels, sqrtLevels } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * const wafers = new Float64Array(48).map((_, cell) => cell === 0 ? 100 : cell < 24 ? 4 : 25);
 * const levels = fitSqrtLevels(wafers, 3);
 * assertEquals([...levels].map((level) => level.toFixed(3)), ["0.200", "0.500", "1.000"]);
 * assertEquals(sqrtLevels({ count: 3, levels }).bits, 77);
 * ```
 */
export function fitSqrtLevels(
  charges: ArrayLike<number>,
  count: number,
): Float64Array<ArrayBuffer> {
  _checkCount(count);
  const roots = normalise(charges, "fraction");
  if (roots.length === 0) throw new RangeError("Cannot fit levels: there are no wafers");
  for (let first = 0; first < roots.length; first += CELLS) {
    const wafer = roots.subarray(first, first + CELLS);
    const largest = wafer.reduce((most, x) => Math.max(most, x), 0);
    for (let cell = 0; cell < CELLS; cell++) wafer[cell] = Math.sqrt(wafer[cell] / largest);
  }
  return lloydLevels(roots, count, 1);
}

function _levels(count: number, wanted: "lloyd" | "uniform" | ArrayLike<number>): Float64Array {
  if (wanted === "uniform") return Float64Array.from({ length: count }, (_, l) => l / (count - 1));
  if (wanted === "lloyd") {
    if (count <= MOST_LLOYD_LEVELS) return Float64Array.from(SHIPPED_FITS.sqrtLevels[count - 2]);
    throw new RangeError(
      `Cannot make levels: 2 to ${MOST_LLOYD_LEVELS} are shipped for lloyd, current number is ${count}`,
    );
  }
  if (typeof wanted !== "object" || wanted.length !== count) {
    throw new TypeError(
      `Cannot make levels: levels must be lloyd, uniform or ${count} numbers, current value is ${wanted}`,
    );
  }
  const levels = Float64Array.from(wanted);
  const ascends = levels.every((level, l) => l === 0 ? level >= 0 : level >= levels[l - 1]);
  if (ascends && levels[count - 1] === 1) return levels;
  throw new RangeError(
    `Cannot make levels: they must ascend from at least 0 to 1, current ones are ${levels}`,
  );
}

function _checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 2 && count <= MOST_LEVELS) return;
  throw new RangeError(
    `Cannot make levels: their number must be an integer in [2, ${MOST_LEVELS}], ` +
      `current value is ${count}`,
  );
}
