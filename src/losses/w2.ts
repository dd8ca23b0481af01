import { networkSimplex } from "../transport/network_simplex/solver.ts";
import { normaliseRows } from "../transport/rows.ts";
import { CELLS, type WaferGeometryOptions } from "../wafer/cells.ts";
import { sharedWaferDistances } from "../wafer/distances.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode w2}. */
export type W2Options = WaferGeometryOptions;

/**
 * The squared 2-Wasserstein distance of two wafers as a loss: the least cost of transport where a unit
 * of charge that moves by d costs d^2, with the dual potential as its gradient.
 *
 * Squares punish long ways: charge is rather moved in many short steps. They are no metric, so that
 * charge in common may have to move too, and the fast solver of {@linkcode exactEmd}, which lets it
 * stay, does not apply: this takes the general network simplex.
 *
 * Convex and piecewise linear in the output, as the EMD; where the optimal potential v is not the
 * only one, the gradient is a subgradient. It is centred.
 *
 * @param options Geometry, unit and order of the ground distance.
 * @returns The loss W_2^2 (no root), for rows of 48 charge fractions; {@linkcode normalised} lifts it
 * to charges. Diagnostics: `pivots`.
 * @see {@linkcode wassersteinP}
 *
 * @example
 * ```ts
 * import { w2 } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1;
 * const { value } = await w2({ unit: "pitch" }).valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 1, 1e-5);
 * ```
 */
export function w2(options: W2Options = {}): Loss {
  const cost = sharedWaferDistances(options).map((distance) => distance * distance);

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("w2", CELLS, target, output);
    const x = normaliseRows(target, CELLS).fractions, y = normaliseRows(output, CELLS).fractions;
    const value = new Float64Array(rows), gradient = new Float64Array(rows * CELLS);
    const pivots = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const [a, b] = [x, y].map((batch) => batch.subarray(row * CELLS, (row + 1) * CELLS));
      const solution = networkSimplex({ a, b, cost });
      if (solution.status !== "optimal") {
        throw new Error(`Cannot compute w2 of row ${row}: the solver found no optimum`);
      }
      value[row] = solution.value;
      pivots[row] = solution.pivots;
      const { b: potential } = solution.potentials();
      const mean = potential.reduce((sum, v) => sum + v, 0) / CELLS;
      gradient.set(potential.map((v) => v - mean), row * CELLS);
    }
    return { value, gradient, diagnostics: { pivots } };
  }

  return { name: "w2", size: CELLS, domain: "simplex", symmetric: true, valueAndGradient };
}
