import type { RandomStream } from "../numerics/random.ts";
import { fixedDirections, randomDirections } from "../transport/sliced_directions.ts";
import { SlicedSupport } from "../transport/sliced_support.ts";
import { cellPositions, CELLS, type WaferGeometryOptions } from "../wafer/cells.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode slicedLoss}. */
export interface SlicedLossOptions extends WaferGeometryOptions {
  /**
   * Number of directions. On wafers more than eight hardly change the values.
   *
   * @default 16
   */
  readonly slices?: number;
  /**
   * The power of the distance, at least 1.
   *
   * @default 1
   */
  readonly p?: number;
  /**
   * Draws random directions from this stream, anew after each epoch.
   *
   * @default fixed directions at equal angles
   */
  readonly random?: RandomStream;
}

/**
 * The sliced Wasserstein distance of two wafers as a loss: the mean over directions of the exact
 * distance of what is seen along them,
 *
 *     L(x, y) = 1 / L sum over theta of W_p^p(theta . cells with x, theta . cells with y)
 *
 * The cells do not move: each direction is sorted once, and a row takes O(48 L). For p = 1 the value is
 * at most the exact EMD: 2 / pi of it where all charge moves one way. See {@linkcode slicedWasserstein}.
 *
 * @param options Number of directions, power, geometry; a stream for random directions.
 * @returns The loss, for rows of 48 charge fractions; {@linkcode normalised} lifts it to charges.
 * @throws {RangeError} If the number of directions is not a positive integer, or p is below 1.
 *
 * @example
 * ```ts
 * import { slicedLoss } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1; // 2 half pitches apart
 * const { value } = await slicedLoss().valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2 * 2 / Math.PI, 0.01);
 * ```
 */
export function slicedLoss(options: SlicedLossOptions = {}): Loss {
  const { slices = 16, p = 1, random, ...geometry } = options;
  const cells = cellPositions(geometry);
  const slice = () => {
    const directions = random ? randomDirections(slices, 2, random) : fixedDirections(slices);
    return new SlicedSupport(cells, { directions, p });
  };
  let support = slice();

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("sliced", CELLS, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * CELLS);
    for (let row = 0; row < rows; row++) {
      const offset = row * CELLS;
      value[row] = support.solve(output, offset, target, offset, gradient, offset);
    }
    return { value, gradient };
  }

  return {
    name: "sliced",
    size: CELLS,
    domain: "simplex",
    symmetric: true,
    valueAndGradient,
    ...(random === undefined ? {} : { update: () => void (support = slice()) }),
  };
}
