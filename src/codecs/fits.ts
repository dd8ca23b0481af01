import { fitLargestK } from "./largest_k_fit.ts";
import { fitPca, type PcaModel } from "./pca_model.ts";
import { fitSqrtLevels, MOST_LLOYD_LEVELS } from "./sqrt_levels.ts";
import { fitSuperCells } from "./super_cells.ts";

/** Bits of 16 latents of 3, 5, 7 and 9 bits: the sizes at which codecs and autoencoders meet. */
export const BIT_BUDGETS: readonly number[] = [48, 80, 112, 144];

/** What codecs know of the wafers that they are made for. */
export interface CodecFits {
  /** For 2 to 16 levels, those of {@linkcode fitSqrtLevels}. */
  readonly sqrtLevels: readonly ArrayLike<number>[];
  /** Bits of a kept charge by {@linkcode fitLargestK}, from so many bits a wafer on, ascending. */
  readonly largestK: readonly { readonly fromBits: number; readonly chargeBits: number }[];
  /** The part of a super trigger cell in its largest cell, by {@linkcode fitSuperCells}. */
  readonly largestPart: number;
  /** Principal components, by {@linkcode fitPca}. */
  readonly pca: PcaModel;
}

/**
 * Fits all codecs to wafers of some kind, in a few seconds for some thousand wafers.
 *
 * @param charges Wafers to learn from, B * 48 charges in train order, any positive scale; for levels
 * and components that hold for others too, a thousand of them or more.
 * @returns What {@linkcode codecsAt} takes.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a wafer has no charge, or there are
 * fewer than 2 wafers.
 *
 * @example
 * ```ts
 * import { codecsAt, fitCodecs } from "@hexmover/hexmover/codecs";
 * import { assert } from "@std/assert";
 *
 * const wafers = Float64Array.from({ length: 10 * 48 }, (_, i) => i * i % 7);
 * const fits = fitCodecs(wafers);
 * assert(codecsAt(80, fits).every(({ bits }) => bits <= 80));
 * ```
 */
export function fitCodecs(charges: ArrayLike<number>): CodecFits {
  const pca = fitPca(charges);
  return {
    sqrtLevels: Array.from(
      { length: MOST_LLOYD_LEVELS - 1 },
      (_, l) => fitSqrtLevels(charges, l + 2),
    ),
    largestK: BIT_BUDGETS.map((fromBits) => ({
      fromBits,
      chargeBits: fitLargestK(charges, fromBits),
    })),
    largestPart: fitSuperCells(charges),
    pca,
  };
}
