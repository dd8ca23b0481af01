import { largestK, type LargestKOptions } from "./largest_k.ts";
import { pca, type PcaOptions } from "./pca.ts";
import { sqrtLevels, type SqrtLevelsOptions } from "./sqrt_levels.ts";
import { superCells, type SuperCellsOptions } from "./super_cells.ts";
import type { Codec } from "./types.ts";

/** The options that each codec takes, by its name. */
export interface CodecOptions {
  /** {@linkcode sqrtLevels} */
  sqrt_levels: SqrtLevelsOptions;
  /** {@linkcode largestK} */
  largest_k: LargestKOptions;
  /** {@linkcode superCells} */
  super_cells: SuperCellsOptions;
  /** {@linkcode pca} */
  pca: PcaOptions;
}

/** The name of a codec. */
export type CodecName = keyof CodecOptions;

const CODECS: { [N in CodecName]: (options?: CodecOptions[N]) => Codec } = {
  sqrt_levels: sqrtLevels,
  largest_k: largestK,
  super_cells: superCells,
  pca,
};

/**
 * The names that {@linkcode codec} knows.
 *
 * @returns The names, in a fixed order.
 *
 * @example
 * ```ts
 * import { codecNames } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(codecNames(), ["sqrt_levels", "largest_k", "super_cells", "pca"]);
 * ```
 */
export function codecNames(): CodecName[] {
  return Object.keys(CODECS) as CodecName[];
}

/**
 * A codec by its name. The options are typed by the name: a wrong one does not compile.
 *
 * @param name One of {@linkcode codecNames}.
 * @param options The options of that codec.
 * @returns The codec.
 * @throws {RangeError} If there is no codec of that name, or an option has a value that is not one of
 * those listed.
 *
 * @example
 * ```ts
 * import { codec } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * const eightLevels = codec("sqrt_levels", { count: 8 });
 * assertEquals(eightLevels.bits, 144);
 * const options = { count: 8 } as const;
 * // @ts-expect-error: the option of another codec
 * codec("largest_k", options);
 * ```
 */
export function codec<N extends CodecName>(name: N, options?: CodecOptions[N]): Codec {
  if (!Object.hasOwn(CODECS, name)) {
    throw new RangeError(
      `Cannot find a codec: the name must be one of ${
        codecNames().join(", ")
      }, current value is ${name}`,
    );
  }
  return CODECS[name](options);
}
