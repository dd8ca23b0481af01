/**
 * How a solver ended.
 *
 * - `optimal`: primal and dual agree; the value is exact to rounding.
 * - `iteration_limit`: the cap on iterations was reached; the value is an upper bound.
 */
export type TransportStatus = "optimal" | "iteration_limit";

/** Which algorithm gave an answer. */
export type TransportMethod = "metric_simplex" | "network_simplex";

/**
 * Dual potentials of a transport problem: one number a bin of either histogram, with
 * `a[i] + b[j] <= cost[i][j]` everywhere, and equality where mass flows. They are not centred;
 * any constant may be moved from one side to the other.
 */
export interface DualPotentials {
  /** Potential of each bin of the first histogram, length n. */
  readonly a: Float64Array;
  /** Potential of each bin of the second histogram, length m. */
  readonly b: Float64Array;
}

/**
 * An optimal transport between two histograms of n and m bins.
 *
 * The value, the plan and the potentials prove one another right: {@linkcode certify} checks that
 * without trusting the solver.
 */
export interface TransportResult {
  /** The least cost, `sum_ij plan[i,j] cost[i,j]`. */
  readonly value: number;
  /** Mass moved from bin i to bin j, row-major, length n * m. The gradient of the value in the cost. */
  readonly plan: Float64Array;
  /** Feasible dual potentials with `a . u + b . v = value`. The gradient of the value in the masses. */
  readonly potentials: DualPotentials;
  /** Whether the optimum was reached. */
  readonly status: TransportStatus;
  /** Which algorithm ran. */
  readonly method: TransportMethod;
  /**
   * Whether the plan, and the potentials (up to a constant, on bins that hold mass), are known to be
   * the only optimal ones. Where this is false the value may have a kink, and plan and potentials
   * are one choice among several: subgradients.
   */
  readonly unique: boolean;
  /** Simplex pivots that were needed. */
  readonly pivots: number;
}
