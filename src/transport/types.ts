/**
 * How a solver ended.
 *
 * - `optimal`: primal and dual agree; the value is exact to rounding.
 * - `iteration_limit`: the cap on iterations was reached; the value is an upper bound.
 */
export type TransportStatus = "optimal" | "iteration_limit";

/** Which algorithm gave an answer. */
export type TransportMethod = "metric_simplex" | "network_simplex";

/** A transport problem: two histograms of equal total, and what it costs to move a unit of mass. */
export interface TransportProblem {
  /** Masses of the first histogram, length n; not negative. */
  readonly a: Float64Array;
  /** Masses of the second histogram, length m; not negative. */
  readonly b: Float64Array;
  /** Cost of moving a unit of mass from bin i to bin j, row-major, length n * m; not negative. */
  readonly cost: Float64Array;
}

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

/** What a solver finds. Plan and potentials take memory of their own and are made on request. */
export interface TransportSolution {
  /** The least cost; an upper bound of it where the status is `iteration_limit`. */
  readonly value: number;
  /** Whether the optimum was reached. */
  readonly status: TransportStatus;
  /** Simplex pivots that were needed. */
  readonly pivots: number;
  /** Mass moved from bin i to bin j, row-major, length n * m. */
  plan(): Float64Array;
  /** Dual potentials, feasible for all bins, empty ones included. */
  potentials(): DualPotentials;
}

/**
 * An optimal transport between two histograms of n and m bins.
 *
 * The value, the plan and the potentials prove one another right: {@linkcode certify} checks that
 * without trusting the solver.
 */
export interface TransportResult {
  /** The problem that was solved. */
  readonly problem: TransportProblem;
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
   * Whether the plan and the potentials are both known to be the only optimal ones (see
   * {@linkcode uniqueness}). Where not, the value may have a kink, and plan and potentials are one
   * choice among several: subgradients.
   */
  readonly unique: boolean;
  /** Whether the plan, the gradient in the costs, is known to be the only optimal one. */
  readonly uniquePlan: boolean;
  /**
   * Whether the potentials, the gradient in the masses, are known to be the only optimal ones, up to
   * a constant, on bins that hold mass.
   */
  readonly uniquePotentials: boolean;
  /** Simplex pivots that were needed. */
  readonly pivots: number;
}
