import { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
import { exactEmd, type ExactEmdOptions } from "./exact_emd.ts";
import { sinkhornLoss, type SinkhornLossOptions } from "./sinkhorn.ts";
import { slicedLoss, type SlicedLossOptions } from "./sliced.ts";
import { squaredEmd, type SquaredEmdOptions } from "./squared_emd.ts";
import { squaredEmdLearned, type SquaredEmdLearnedOptions } from "./squared_emd_learned.ts";
import { squaredEmdMatrix, type SquaredEmdMatrixOptions } from "./squared_emd_matrix.ts";
import { spectral, type SpectralOptions } from "./spectral.ts";
import { telescopeMse, type TelescopeMseOptions } from "./telescope_mse.ts";
import { treeEmdLoss, type TreeEmdLossOptions } from "./tree_emd.ts";
import type { Loss } from "./types.ts";
import { w2, type W2Options } from "./w2.ts";
import { weightedMse, type WeightedMseOptions } from "./weighted_mse.ts";

/** The options that each loss takes, by its name. */
export interface LossOptions {
  /** {@linkcode weightedMse} */
  weighted_mse: WeightedMseOptions;
  /** {@linkcode telescopeMse} */
  telescope_mse: TelescopeMseOptions;
  /** {@linkcode exactEmd} */
  exact_emd: ExactEmdOptions;
  /** {@linkcode treeEmdLoss} */
  tree_emd: TreeEmdLossOptions;
  /** {@linkcode sinkhornLoss} */
  sinkhorn: SinkhornLossOptions;
  /** {@linkcode slicedLoss} */
  sliced: SlicedLossOptions;
  /** {@linkcode spectral} */
  spectral: SpectralOptions;
  /** {@linkcode w2} */
  w2: W2Options;
  /** {@linkcode crossEntropy} */
  cross_entropy: CrossEntropyOptions;
  /** {@linkcode squaredEmd} */
  squared_emd: SquaredEmdOptions;
  /** {@linkcode squaredEmdMatrix} */
  squared_emd_matrix: SquaredEmdMatrixOptions;
  /** {@linkcode squaredEmdLearned} */
  squared_emd_learned: SquaredEmdLearnedOptions;
}

/** The name of a loss. */
export type LossName = keyof LossOptions;

const LOSSES: { [N in LossName]: (options?: LossOptions[N]) => Loss } = {
  weighted_mse: weightedMse,
  telescope_mse: telescopeMse,
  exact_emd: exactEmd,
  tree_emd: treeEmdLoss,
  sinkhorn: sinkhornLoss,
  sliced: slicedLoss,
  spectral,
  w2,
  cross_entropy: crossEntropy,
  squared_emd: squaredEmd,
  squared_emd_matrix: squaredEmdMatrix,
  squared_emd_learned: squaredEmdLearned,
};

/**
 * The names that {@linkcode loss} knows.
 *
 * @returns The names, in a fixed order.
 *
 * @example
 * ```ts
 * import { lossNames } from "@hexmover/hexmover/losses";
 * import { assert } from "@std/assert";
 *
 * assert(lossNames().includes("exact_emd"));
 * ```
 */
export function lossNames(): LossName[] {
  return Object.keys(LOSSES) as LossName[];
}

/**
 * A loss by its name. The options are typed by the name: a wrong one does not compile.
 *
 * @param name One of {@linkcode lossNames}.
 * @param options The options of that loss.
 * @returns The loss; a promise, since some losses have weights or a tensor library to load.
 * @throws {RangeError} If there is no loss of that name.
 *
 * @example
 * ```ts
 * import { loss } from "@hexmover/hexmover/losses";
 * import { assertEquals } from "@std/assert";
 *
 * const telescope = await loss("telescope_mse", { weights: "published_code" });
 * assertEquals([telescope.size, telescope.domain], [48, "charge"]);
 * const options = { weights: "rule" } as const;
 * // @ts-expect-error: the option of another loss
 * await loss("exact_emd", options);
 * ```
 */
// deno-lint-ignore require-await
export async function loss<N extends LossName>(name: N, options?: LossOptions[N]): Promise<Loss> {
  if (!Object.hasOwn(LOSSES, name)) {
    throw new RangeError(
      `Cannot find a loss: the name must be one of ${
        lossNames().join(", ")
      }, current value is ${name}`,
    );
  }
  return LOSSES[name](options);
}
