import { MetricCertifier } from "../transport/metric_simplex/certificate.ts";
import { MetricSimplex } from "../transport/metric_simplex/solver.ts";
import { normaliseRows } from "../transport/rows.ts";
import { CELLS, type WaferGeometryOptions } from "../wafer/cells.ts";
import { sharedWaferDistances } from "../wafer/distances.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode exactEmd}. */
export interface ExactEmdOptions extends WaferGeometryOptions {
  /**
   * Whether to prove each answer optimal; the diagnostic `certified` is then 1 or 0.
   *
   * @default false
   */
  readonly certify?: boolean;
}

/**
 * The exact EMD of two wafers as a loss, with the dual potential as its gradient.
 *
 * The EMD is convex and piecewise linear in the output y. Where its optimal potential phi is the only
 * one, d EMD / d y = -phi (the envelope theorem); elsewhere -phi is a subgradient. The constant in phi
 * does not matter on the simplex and is chosen so that the gradient sums to zero.
 *
 * @param options Geometry, unit and order of the ground distance; whether to certify.
 * @returns The loss, for rows of 48 charge fractions; {@linkcode normalised} lifts it to charges.
 * Diagnostics: `pivots`, and `certified` when that was asked for.
 *
 * @example
 * ```ts
 * import { exactEmd } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1;
 * const { value, gradient } = await exactEmd().valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2);
 * // Charge moved from cell 1 to cell 0 shortens the way by the distance of the two.
 * assertAlmostEquals(gradient[1] - gradient[0], 2);
 * ```
 */
export function exactEmd(options: ExactEmdOptions = {}): Loss {
  const { certify = false, ...geometry } = options;
  const distances = sharedWaferDistances(geometry);
  const solver = new MetricSimplex(distances);
  const certifier = certify ? new MetricCertifier(distances) : undefined;

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("exact_emd", CELLS, target, output);
    const x = normaliseRows(target, CELLS).fractions, y = normaliseRows(output, CELLS).fractions;
    const value = new Float64Array(rows), gradient = new Float64Array(rows * CELLS);
    const pivots = new Float64Array(rows);
    const certified = certify ? new Float64Array(rows) : undefined;
    for (let row = 0; row < rows; row++) {
      const offset = row * CELLS;
      value[row] = solver.solve(x, offset, y, offset);
      pivots[row] = solver.pivots;
      if (solver.status !== "optimal") {
        throw new Error(`Cannot compute exact_emd of row ${row}: the solver found no optimum`);
      }
      solver.potential(gradient, offset);
      if (certifier?.certifies(solver, x, offset, y, offset, value[row], gradient, offset)) {
        certified![row] = 1;
      }
      _centreAndNegate(gradient, offset);
    }
    return {
      value,
      gradient,
      diagnostics: { pivots, ...(certified === undefined ? {} : { certified }) },
    };
  }

  return { name: "exact_emd", size: CELLS, domain: "simplex", symmetric: true, valueAndGradient };
}

/** phi becomes its mean minus phi. */
function _centreAndNegate(phi: Float64Array, offset: number): void {
  let mean = 0;
  for (let k = 0; k < CELLS; k++) mean += phi[offset + k];
  mean /= CELLS;
  for (let k = 0; k < CELLS; k++) phi[offset + k] = mean - phi[offset + k];
}
