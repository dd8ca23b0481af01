import { SinkhornDivergenceSolver } from "../transport/sinkhorn_divergence.ts";
import { sharedWaferDistances } from "../wafer/distances.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode sinkhornLoss}. */
export interface SinkhornLossOptions {
  /**
   * The regularisation, in units of the distances.
   *
   * @default 0.5, a quarter of a wafer's pitch
   */
  readonly epsilon?: number;
  /**
   * Largest error of the marginals.
   *
   * @default 1e-9
   */
  readonly tolerance?: number;
  /**
   * Most iterations of a row.
   *
   * @default 10_000
   */
  readonly maxIterations?: number;
  /**
   * `sinkhorn` for Cuturi's iteration alone.
   *
   * @default "newton"
   */
  readonly method?: "newton" | "sinkhorn";
  /**
   * Ground distances, row-major, symmetric, zero on the diagonal; they say how many numbers a row has.
   *
   * @default those of a wafer's 48 cells, in half pitches
   */
  readonly distances?: Float64Array;
}

/**
 * The debiased Sinkhorn divergence as a loss, with the gradient by potentials (the envelope theorem):
 * no step through the iterations. See {@linkcode sinkhornDivergence}.
 *
 * A row that does not converge within `maxIterations` throws nothing: it is marked in the diagnostics,
 * its value is what the iteration had come to.
 *
 * @param options Regularisation, accuracy and distances.
 * @returns The loss, for rows of fractions; {@linkcode normalised} lifts it to charges. Diagnostics:
 * `iterations`, `marginalError`, and `converged`, 1 or 0.
 * @throws {TypeError} If the distances are no square matrix.
 * @throws {RangeError} If the distances are not symmetric with zeros on the diagonal, or an option is
 * out of range: epsilon too small for double precision, too.
 *
 * @example
 * ```ts
 * import { sinkhornLoss } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1;
 * const { value, diagnostics } = await sinkhornLoss().valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2, 1e-5); // for single cells the exact EMD
 * assertAlmostEquals(diagnostics!.converged[0], 1);
 * ```
 */
export function sinkhornLoss(options: SinkhornLossOptions = {}): Loss {
  const { epsilon = 0.5, distances = sharedWaferDistances(), ...accuracy } = options;
  const size = Math.round(Math.sqrt(distances.length));
  const solver = new SinkhornDivergenceSolver(distances, size, { epsilon, ...accuracy });

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("sinkhorn", size, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * size);
    const iterations = new Float64Array(rows), marginalError = new Float64Array(rows);
    const converged = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const offset = row * size;
      value[row] = solver.solve(target, offset, output, offset);
      solver.gradients(undefined, 0, gradient, offset);
      iterations[row] = solver.iterations;
      marginalError[row] = solver.marginalError;
      converged[row] = solver.status === "converged" ? 1 : 0;
    }
    return { value, gradient, diagnostics: { iterations, marginalError, converged } };
  }

  return { name: "sinkhorn", size, domain: "simplex", symmetric: true, valueAndGradient };
}
