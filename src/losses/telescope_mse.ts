import { CELLS } from "../wafer/cells.ts";
import { supercells2x2, supercells4x4, type SupercellWeights } from "../wafer/supercells.ts";
import type { Loss } from "./types.ts";
import { weightedSquares } from "./weighted_squares.ts";

/** Options of {@linkcode telescopeMse}. */
export interface TelescopeMseOptions {
  /**
   * Weights of the 2 x 2 supercells; see {@linkcode SupercellWeights}.
   *
   * @default "rule"
   */
  readonly weights?: SupercellWeights;
}

/**
 * The telescope loss of two wafers: weighted mean squared errors of the trigger cells, of the 36
 * supercells of 2 x 2 and of the three of 4 x 4,
 *
 * L(x, y) = 4 L1 + 2 L2 + L4
 *
 * L1 = 1/48 sum_k (x_k - y_k)^2 max(x_k, y_k)
 *
 * L2 = 1/36 sum_s w_s (X_s - Y_s)^2 max(X_s, Y_s)
 *
 * L4 = 1/3 sum_s (X_s - Y_s)^2 max(X_s, Y_s)
 *
 * with X, Y the summed charges of a supercell. Charge that moves by a cell is punished less than
 * charge that leaves its supercell; how far it went beyond is not seen.
 *
 * @param options Which weights w_s.
 * @returns The loss, for 48 charges of any scale a row, in train order.
 * @see Eqs. (3) to (5) and Table A1 of Shenoy, Duarte et al., arXiv 2306.04712
 *
 * @example A unit charge that moves inside a corner of a rhombus
 * ```ts
 * import { telescopeMse } from "@hexmover/hexmover/losses";
 * import { toTrainOrder } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1; // cells q = 0 and q = 1 of the paper
 * const { value } = await telescopeMse().valueAndGradient(toTrainOrder(x), toTrainOrder(y));
 * assertAlmostEquals(value[0], 0.1875);
 * ```
 */
export function telescopeMse(options: TelescopeMseOptions = {}): Loss {
  const cells = Array.from({ length: CELLS }, (_, cell) => ({ cells: [cell], weight: 1 }));
  const scales = [
    { factor: 4, sums: cells },
    { factor: 2, sums: supercells2x2({ weights: options.weights ?? "rule" }) },
    { factor: 1, sums: supercells4x4() },
  ];
  const sums = scales.flatMap(({ factor, sums }) =>
    sums.map(({ cells, weight }) => ({ cells, weight: factor * weight / sums.length }))
  );
  return weightedSquares("telescope_mse", CELLS, sums);
}
