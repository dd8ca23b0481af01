import { extendPotential } from "./extend_potential.ts";
import { ScaledKernel } from "./scaled_kernel.ts";
import { type SinkhornOptions, sinkhornOptions, type SinkhornStatus } from "./sinkhorn_options.ts";
import { SinkhornNewton } from "./sinkhorn_newton.ts";

/** Costs below this many epsilon need no stages of larger epsilon first. */
const WITHOUT_STAGES = 64;
/** Epsilon falls by this factor from stage to stage. */
const STAGE = 4;
/** Error of the marginals that is good enough to go on to the next stage. */
const STAGE_TOLERANCE = 0.05;
/** Error of the marginals from which Newton's method is tried; a plan's error is at most 2. */
const NEWTON_FROM = 0.3;
/** Iterations of Sinkhorn's after a Newton step that failed. */
const RESPITE = 5;
/** Rounding of a plan's entries in units of that of the largest cost over epsilon. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Entropic transport for many pairs with one cost matrix, in the log domain: see {@linkcode sinkhorn}
 * for what it computes. Keeps its memory and checks no masses.
 *
 * @example Two rows of a batch
 * ```ts
 * import { SinkhornSolver } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const solver = new SinkhornSolver(Float64Array.of(0, 1, 1, 0), 2, 2, { epsilon: 0.01 });
 * const a = [1, 0, 0.5, 0.5], b = [0, 1, 0.25, 0.75];
 * assertAlmostEquals(solver.solve(a, 0, b, 0), 1);
 * assertAlmostEquals(solver.solve(a, 2, b, 2), 0.25, 0.02);
 * assertEquals(solver.status, "converged");
 * ```
 */
export class SinkhornSolver {
  /** Iterations of the last solve. */
  iterations = 0;
  /** Error of the marginals after the last solve. */
  marginalError = 0;
  /** How the last solve ended. */
  status: SinkhornStatus = "converged";
  /** The regularisation. */
  readonly epsilon: number;
  readonly #n: number;
  readonly #m: number;
  readonly #cost: Float64Array;
  readonly #firstEpsilon: number;
  readonly #tolerance: number;
  readonly #maxIterations: number;
  readonly #withNewton: boolean;
  readonly #kernel: ScaledKernel;
  readonly #newton: SinkhornNewton;
  readonly #rowValues: Float64Array;
  readonly #columnValues: Float64Array;

  /**
   * Sets up a solver for one cost matrix.
   *
   * @param cost Costs, row-major, n * m, finite; kept by reference.
   * @param n Bins of first histograms.
   * @param m Bins of second histograms.
   * @param options Regularisation, accuracy and method.
   * @throws {TypeError} If the cost matrix has another length.
   * @throws {RangeError} If a cost is not finite, an option is out of range, or epsilon is so small that
   * rounding of the costs alone spoils the marginals by more than the tolerance.
   */
  constructor(cost: Float64Array, n: number, m: number, options: SinkhornOptions) {
    const { epsilon, tolerance, maxIterations, method } = sinkhornOptions(options);
    const largest = _largestCost(cost, n, m);
    _checkResolution(epsilon, tolerance, largest);
    this.#n = n;
    this.#m = m;
    this.#cost = cost;
    this.epsilon = epsilon;
    this.#tolerance = tolerance;
    this.#maxIterations = maxIterations;
    this.#withNewton = method === "newton";
    this.#kernel = new ScaledKernel(cost, n, m);
    this.#newton = new SinkhornNewton(this.#kernel);
    this.#rowValues = new Float64Array(n);
    this.#columnValues = new Float64Array(m);
    this.#firstEpsilon = epsilon;
    if (!this.#withNewton) return;
    while (this.#firstEpsilon * WITHOUT_STAGES < largest) this.#firstEpsilon *= STAGE;
  }

  /**
   * Solves one pair of rows.
   *
   * @param a Rows of masses; not negative, some positive.
   * @param aOffset Where the first histogram begins.
   * @param b Rows of masses likewise.
   * @param bOffset Where the second histogram begins.
   * @param guess Potentials of the second histogram's bins, to begin with if they are near.
   * @returns The regularised cost for masses of total one.
   */
  solve(
    a: ArrayLike<number>,
    aOffset: number,
    b: ArrayLike<number>,
    bOffset: number,
    guess?: Float64Array,
  ): number {
    const kernel = this.#kernel;
    this.iterations = 0;
    kernel.load(a, aOffset, b, bOffset);
    let epsilon = this.epsilon;
    if (!this.#isNear(guess)) kernel.begin(epsilon = this.#firstEpsilon);
    for (; epsilon > this.epsilon; kernel.absorb(epsilon /= STAGE)) this.#iterate(STAGE_TOLERANCE);
    this.marginalError = this.#iterate(this.#tolerance);
    this.status = this.marginalError <= this.#tolerance ? "converged" : "iteration_limit";
    return kernel.dualValue();
  }

  /**
   * The potentials of the last solve on all bins, those without mass included:
   * f_i = -epsilon log sum_j b_j exp((g_j - c_ij) / epsilon), and g_j likewise. The gradients of the
   * regularised cost in the masses, up to a constant each.
   *
   * @param f Receives those of the first histogram's bins, if wanted.
   * @param fOffset Where they begin.
   * @param g Receives those of the second histogram's bins, if wanted.
   * @param gOffset Where they begin.
   */
  potentials(
    f: Float64Array | undefined,
    fOffset: number,
    g: Float64Array | undefined,
    gOffset: number,
  ): void {
    const { a, b, rows, columns, rowBins, columnBins } = this.#kernel, kernel = this.#kernel;
    const cost = this.#cost, n = this.#n, m = this.#m, epsilon = this.epsilon;
    const rowSide = { bins: rowBins, masses: a, count: rows, values: this.#rowValues };
    const columnSide = { bins: columnBins, masses: b, count: columns, values: this.#columnValues };
    for (let i = 0; i < rows; i++) rowSide.values[i] = kernel.rowPotential(i);
    for (let j = 0; j < columns; j++) columnSide.values[j] = kernel.columnPotential(j);
    if (f !== undefined) extendPotential(rowSide, columnSide, cost, m, 1, epsilon, f, fOffset, n);
    if (g !== undefined) extendPotential(columnSide, rowSide, cost, 1, m, epsilon, g, gOffset, m);
  }

  /** The plan of the last solve, for masses of total one, row-major, length n * m. */
  plan(): Float64Array {
    const { rows, columns, rowBins, columnBins, K, a, b, u, v } = this.#kernel;
    const plan = new Float64Array(this.#n * this.#m);
    for (let i = 0, k = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, k++) {
        plan[rowBins[i] * this.#m + columnBins[j]] = a[i] * u[i] * K[k] * v[j] * b[j];
      }
    }
    return plan;
  }

  /** Begins with a guess, if there is one; whether it is good, so that stages would lose it. */
  #isNear(guess: Float64Array | undefined): boolean {
    if (guess === undefined) return false;
    this.#kernel.begin(this.epsilon, guess);
    return this.#look() <= NEWTON_FROM;
  }

  /** Iterates until the columns are right to a tolerance; rows are right at the end. */
  #iterate(tolerance: number): number {
    const kernel = this.#kernel;
    let error = this.#look(), respite = 0;
    while (error > tolerance && this.iterations < this.#maxIterations) {
      if (!this.#withNewton || error > NEWTON_FROM || respite-- > 0) {
        kernel.scaleColumns();
        if (kernel.hasDrifted) kernel.absorb();
        error = this.#look();
        continue;
      }
      const reached = this.#newton.step(error, tolerance);
      this.iterations += this.#newton.products;
      if (!(reached < error)) respite = RESPITE;
      error = reached;
      if (kernel.hasDrifted) {
        kernel.absorb();
        error = this.#look();
      }
    }
    return error;
  }

  #look(): number {
    this.iterations++;
    return this.#kernel.look();
  }
}

function _largestCost(cost: Float64Array, n: number, m: number): number {
  if (cost.length !== n * m) {
    throw new TypeError(
      `Cannot compute Sinkhorn: M must be flat, row-major, of length ${n} * ${m} = ${n * m}, ` +
        `current length is ${cost.length}`,
    );
  }
  let largest = 0;
  for (let k = 0; k < cost.length; k++) {
    if (!(cost[k] >= 0 && cost[k] < Infinity)) {
      throw new RangeError(
        `Cannot compute Sinkhorn: M[${k}], the cost from bin ${Math.floor(k / m)} to bin ${
          k % m
        }, ` +
          `must be finite and >= 0, current value is ${cost[k]}`,
      );
    }
    if (cost[k] > largest) largest = cost[k];
  }
  return largest;
}

function _checkResolution(epsilon: number, tolerance: number, largest: number): void {
  const least = ROUNDING * largest / tolerance;
  if (epsilon >= least) return;
  throw new RangeError(
    `Cannot compute Sinkhorn: epsilon must be at least ${least.toPrecision(3)} for costs up to ` +
      `${largest} and a tolerance of ${tolerance}, or rounding spoils the marginals, ` +
      `current value is ${epsilon}`,
  );
}
