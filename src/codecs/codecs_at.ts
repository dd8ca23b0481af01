import { CELLS } from "../wafer/mod.ts";
import { digitPacking } from "./digits.ts";
import type { CodecFits } from "./fits.ts";
import { largestKFitting } from "./largest_k_fit.ts";
import { codec, codecNames, type CodecOptions } from "./registry.ts";
import { SHIPPED_FITS } from "./shipped_fits.ts";
import type { Codec } from "./types.ts";

/** Fewest bits: one for each cell. */
const FEWEST_BITS = CELLS;

/** Super trigger cells of a wafer, and bits for the places of their largest cells. */
const SUPER_CELLS = 12, PLACES_BITS = 2 * SUPER_CELLS;

/**
 * Every codec at a number of bits a wafer.
 *
 * @param bits Most bits that a wafer may take, an integer of at least 48: 48, 80, 112 and 144 for an
 * autoencoder of 16 latents of 3, 5, 7 and 9 bits.
 * @param fits What codecs know of wafers, from {@linkcode fitCodecs}. Default that of simulated wafers.
 * @returns The codecs, with the settings of {@linkcode codecSettingsAt}; some take fewer bits.
 * @throws {RangeError} If the number of bits is not an integer of at least 48.
 *
 * @example
 * ```ts
 * import { codecsAt } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * const bits = codecsAt(80).map(({ name, bits }) => [name, bits]);
 * assertEquals(bits, [["sqrt_levels", 77], ["largest_k", 77], ["super_cells", 80], ["pca", 80]]);
 * ```
 */
export function codecsAt(bits: number, fits: CodecFits = SHIPPED_FITS): Codec[] {
  const settings = codecSettingsAt(bits, fits);
  return codecNames().map((name) => codec(name, settings[name]));
}

/**
 * The settings of each codec at a number of bits a wafer: as many levels or cells as fit; for the
 * largest cells, the bits of a charge that were best for the wafers of the fit; for super trigger
 * cells, the places of their largest cells first; for principal components, all that bits go to.
 *
 * @param bits Most bits that a wafer may take, an integer of at least 48.
 * @param fits What codecs know of wafers, from {@linkcode fitCodecs}. Default that of simulated wafers.
 * @returns The options of each codec.
 * @throws {RangeError} If the number of bits is not an integer of at least 48.
 *
 * @example
 * ```ts
 * import { codecSettingsAt } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(codecSettingsAt(112).sqrt_levels.count, 5);
 * ```
 */
export function codecSettingsAt(
  bits: number,
  fits: CodecFits = SHIPPED_FITS,
): { readonly [N in keyof CodecOptions]: CodecOptions[N] } {
  if (!(Number.isInteger(bits) && bits >= FEWEST_BITS)) {
    throw new RangeError(
      `Cannot choose codecs: bits must be an integer of at least ${FEWEST_BITS}, ` +
        `current value is ${bits}`,
    );
  }
  const count = _mostLevels(CELLS, bits, fits.sqrtLevels.length + 1);
  const { chargeBits } = fits.largestK.findLast(({ fromBits }) => fromBits <= bits)!;
  return {
    sqrt_levels: { count, levels: fits.sqrtLevels[count - 2] },
    largest_k: largestKFitting(bits, chargeBits),
    super_cells: {
      levels: _mostLevels(SUPER_CELLS, bits - PLACES_BITS, 4096),
      largestPart: fits.largestPart,
    },
    pca: { bits, model: fits.pca },
  };
}

/** The most levels, up to `most`, of which `digits` numbers fit. More levels never take fewer bits. */
function _mostLevels(digits: number, bits: number, most: number): number {
  let levels = most;
  while (levels > 2 && digitPacking(digits, levels).bits > bits) levels--;
  return levels;
}
