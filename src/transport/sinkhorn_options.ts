/** Options of all that computes entropic transport. */
export interface SinkhornOptions {
  /**
   * The regularisation, in units of the cost, positive: plans are spread over costs that differ by so
   * much. The smaller it is, the nearer the exact EMD and the slower.
   */
  readonly epsilon: number;
  /**
   * Largest error of the marginals, sum_j |column j of the plan - b_j| for total mass one.
   *
   * @default 1e-9
   */
  readonly tolerance?: number;
  /**
   * Most iterations: products with the kernel and its transpose.
   *
   * @default 10_000
   */
  readonly maxIterations?: number;
  /**
   * `sinkhorn` iterates as Cuturi did: rows right, columns right, and so on. `newton` does so only to
   * come near, at falling epsilon, and ends with Newton steps: same answer, far fewer iterations where
   * epsilon is small.
   *
   * @default "newton"
   */
  readonly method?: "newton" | "sinkhorn";
}

/**
 * How the iteration ended.
 *
 * - `converged`: the marginals are right to the tolerance.
 * - `iteration_limit`: they are not; the value is a lower bound of the regularised cost.
 */
export type SinkhornStatus = "converged" | "iteration_limit";

/**
 * Checks options and fills in what was left out.
 *
 * @param options The options.
 * @returns All options.
 * @throws {RangeError} If one is out of range.
 */
export function sinkhornOptions(options: SinkhornOptions): Required<SinkhornOptions> {
  const { epsilon, tolerance = 1e-9, maxIterations = 10_000, method = "newton" } = options;
  for (const [name, value] of [["epsilon", epsilon], ["tolerance", tolerance]] as const) {
    if (value > 0 && value < Infinity) continue;
    throw new RangeError(
      `Cannot compute Sinkhorn: ${name} must be finite and > 0, current value is ${value}`,
    );
  }
  if (!(maxIterations >= 1)) {
    throw new RangeError(
      `Cannot compute Sinkhorn: maxIterations must be >= 1, current value is ${maxIterations}`,
    );
  }
  if (method !== "newton" && method !== "sinkhorn") {
    throw new RangeError(
      `Cannot compute Sinkhorn: method must be newton or sinkhorn, current value is ${method}`,
    );
  }
  return { epsilon, tolerance, maxIterations, method };
}
