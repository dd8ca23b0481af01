import { CELLS } from "../wafer/cells.ts";
import type { Loss } from "./types.ts";
import { weightedSquares } from "./weighted_squares.ts";

/** Options of {@linkcode weightedMse}. */
export interface WeightedMseOptions {
  /**
   * What the mean is taken over. `cells`: the 48 trigger cells, as the paper's Eq. (2) has it.
   * `pixels`: the 64 pixels of encoding A with its 16 empty ones, as the published code has it: three
   * quarters of the value.
   *
   * @default "cells"
   */
  readonly mean?: "cells" | "pixels";
}

/**
 * The weighted mean squared error of two wafers:
 *
 * L1(x, y) = 1/48 sum_k (x_k - y_k)^2 max(x_k, y_k)
 *
 * @param options What the mean is taken over.
 * @returns The loss, for 48 charges of any scale a row, in train order or any other (both alike).
 * @see Eq. (2) of Shenoy, Duarte et al., arXiv 2306.04712
 *
 * @example A unit charge that moves by one cell
 * ```ts
 * import { weightedMse } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1;
 * const { value } = await weightedMse().valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2 / 48);
 * ```
 */
export function weightedMse(options: WeightedMseOptions = {}): Loss {
  const { mean = "cells" } = options;
  if (mean !== "cells" && mean !== "pixels") {
    throw new RangeError(
      `Cannot set up weighted_mse: mean must be cells or pixels, current value is ${mean}`,
    );
  }
  const weight = 1 / (mean === "cells" ? CELLS : 64);
  const sums = Array.from({ length: CELLS }, (_, cell) => ({ cells: [cell], weight }));
  return weightedSquares("weighted_mse", CELLS, sums);
}
