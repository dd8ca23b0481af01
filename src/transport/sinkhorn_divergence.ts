import type { MassGradients } from "./gradients.ts";
import { checkBins, checkHistogramPair } from "./histogram_pair.ts";
import type { SinkhornOptions, SinkhornStatus } from "./sinkhorn_options.ts";
import { SinkhornSelf } from "./sinkhorn_self.ts";
import { SinkhornSolver } from "./sinkhorn_solver.ts";

/** A Sinkhorn divergence and its gradients. */
export interface SinkhornDivergenceResult {
  /** The divergence, not negative. */
  readonly value: number;
  /** Its gradients in the masses, each of sum zero. */
  readonly gradients: MassGradients;
  /** The regularised costs that it is made of, OT_epsilon(a, b), OT_epsilon(a, a), OT_epsilon(b, b). */
  readonly terms: { readonly ab: number; readonly aa: number; readonly bb: number };
  /** Iterations of the three together. */
  readonly iterations: number;
  /** The largest error of the marginals of the three. */
  readonly marginalError: number;
  /** Whether all three converged. */
  readonly status: SinkhornStatus;
}

/**
 * The debiased Sinkhorn divergence of two histograms on the same bins:
 *
 *     S(a, b) = OT_epsilon(a, b) - OT_epsilon(a, a) / 2 - OT_epsilon(b, b) / 2
 *
 * It is zero at equality, and positive elsewhere where exp(-M / epsilon) is positive definite, as it is
 * for Euclidean distances and those of trees. It comes to the exact EMD as epsilon falls, and to half
 * the energy distance as it grows. Its gradient is dS/da = f_ab - f_aa, with the potentials of
 * {@linkcode sinkhorn}, less its mean.
 *
 * @param a Masses of the first histogram, length n; not negative, any scale.
 * @param b Masses of the second histogram, length n, of the same total to 1e-5 of its size.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * n; symmetric, zero
 * on the diagonal.
 * @param options Regularisation, accuracy and method.
 * @returns Value, gradients and convergence. Ten times the masses is ten times the value.
 * @throws {TypeError} If a length does not fit.
 * @throws {RangeError} As {@linkcode sinkhorn}, or if `M` is not symmetric with zeros on its diagonal.
 *
 * Source: Feydy, Séjourné, Vialard, Amari, Trouvé, Peyré, arXiv 1810.08278.
 *
 * @example
 * ```ts
 * import { sinkhornDivergence } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const distances = [0, 1, 3, 1, 0, 2, 3, 2, 0];
 * const a = [0.2, 0.5, 0.3], b = [0.4, 0.1, 0.5];
 * const { value } = sinkhornDivergence(a, b, distances, { epsilon: 0.1 });
 * assertAlmostEquals(value, 0.5429411, 1e-7); // the exact EMD is 0.6
 * assertAlmostEquals(sinkhornDivergence(a, a, distances, { epsilon: 0.1 }).value, 0);
 * ```
 */
export function sinkhornDivergence(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: SinkhornOptions,
): SinkhornDivergenceResult {
  const size = a?.length;
  checkBins("Sinkhorn divergence", b, "b", size);
  const { totalP: total } = checkHistogramPair("Sinkhorn divergence", a, b, ["a", "b"]);
  const cost = M instanceof Float64Array ? M : Float64Array.from(M);
  const solver = new SinkhornDivergenceSolver(cost, size, options);
  const gradients = { a: new Float64Array(size), b: new Float64Array(size) };
  const value = total * solver.solve(a, 0, b, 0);
  solver.gradients(gradients.a, 0, gradients.b, 0);
  const { ab, aa, bb } = solver.terms;
  return {
    value,
    gradients,
    terms: { ab: total * ab, aa: total * aa, bb: total * bb },
    iterations: solver.iterations,
    marginalError: solver.marginalError,
    status: solver.status,
  };
}

/**
 * {@linkcode sinkhornDivergence} for many pairs: keeps its memory, and checks no masses.
 *
 * @example
 * ```ts
 * import { SinkhornDivergenceSolver } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const solver = new SinkhornDivergenceSolver(Float64Array.of(0, 1, 1, 0), 2, { epsilon: 0.01 });
 * assertAlmostEquals(solver.solve([0.5, 0.5], 0, [0.25, 0.75], 0), 0.25, 0.01);
 * ```
 */
export class SinkhornDivergenceSolver {
  /** Iterations of the last solve, of its three terms together. */
  iterations = 0;
  /** The largest error of marginals of the last solve. */
  marginalError = 0;
  /** How the last solve ended: `converged` if all three terms did. */
  status: SinkhornStatus = "converged";
  /** The three regularised costs of the last solve. */
  terms = { ab: 0, aa: 0, bb: 0 };
  readonly #size: number;
  readonly #cross: SinkhornSolver;
  readonly #first: SinkhornSelf;
  readonly #second: SinkhornSelf;
  readonly #scratch: Float64Array;

  /**
   * Sets up the solvers of the three terms.
   *
   * @param cost Costs, row-major, size * size, symmetric, zero on the diagonal; kept by reference.
   * @param size Number of bins.
   * @param options Regularisation, accuracy and method.
   * @throws {TypeError} If the cost matrix has another length.
   * @throws {RangeError} If the cost matrix is not symmetric with zeros on the diagonal, or an option
   * is out of range.
   */
  constructor(cost: Float64Array, size: number, options: SinkhornOptions) {
    this.#size = size;
    this.#cross = new SinkhornSolver(cost, size, size, options);
    _checkSymmetry(cost, size);
    this.#first = new SinkhornSelf(cost, size, options);
    this.#second = new SinkhornSelf(cost, size, options);
    this.#scratch = new Float64Array(size);
  }

  /**
   * Solves one pair of rows.
   *
   * @param a Rows of masses; not negative, some positive.
   * @param aOffset Where the first histogram begins.
   * @param b Rows of masses likewise.
   * @param bOffset Where the second histogram begins.
   * @returns The divergence for masses of total one.
   */
  solve(a: ArrayLike<number>, aOffset: number, b: ArrayLike<number>, bOffset: number): number {
    const aa = this.#first.solve(a, aOffset), bb = this.#second.solve(b, bOffset);
    // At equality the potentials are those of b to itself. Where epsilon is far below all distances,
    // marginals hardly determine them, and another start would end at another gradient than zero.
    this.#second.potential(this.#scratch, 0);
    const ab = this.#cross.solve(a, aOffset, b, bOffset, this.#scratch);
    const parts = [this.#cross, this.#first, this.#second];
    this.terms = { ab, aa, bb };
    this.iterations = parts.reduce((sum, part) => sum + part.iterations, 0);
    this.marginalError = Math.max(...parts.map((part) => part.marginalError));
    this.status = parts.every((part) => part.status === "converged")
      ? "converged"
      : "iteration_limit";
    // Below zero there is rounding alone, and what did not converge.
    return Math.max(ab - (aa + bb) / 2, 0);
  }

  /**
   * The gradients of the last solve, each of sum zero.
   *
   * @param a Receives that in the first histogram, if wanted.
   * @param aOffset Where it begins.
   * @param b Receives that in the second histogram, if wanted.
   * @param bOffset Where it begins.
   */
  gradients(
    a: Float64Array | undefined,
    aOffset: number,
    b: Float64Array | undefined,
    bOffset: number,
  ): void {
    this.#cross.potentials(a, aOffset, b, bOffset);
    if (a !== undefined) this.#debias(this.#first, a, aOffset);
    if (b !== undefined) this.#debias(this.#second, b, bOffset);
  }

  /** Takes the potential of a histogram to itself away, and the mean. */
  #debias(self: SinkhornSelf, gradient: Float64Array, offset: number): void {
    const size = this.#size, scratch = this.#scratch;
    self.potential(scratch, 0);
    let mean = 0;
    for (let k = 0; k < size; k++) mean += (gradient[offset + k] -= scratch[k]) / size;
    for (let k = 0; k < size; k++) gradient[offset + k] -= mean;
  }
}

function _checkSymmetry(cost: Float64Array, size: number): void {
  const refuse = (i: number, j: number, must: string) =>
    new RangeError(
      `Cannot compute Sinkhorn divergence: M[${i}, ${j}] must ${must}, ` +
        `current value is ${cost[i * size + j]}`,
    );
  for (let i = 0; i < size; i++) {
    if (cost[i * size + i] !== 0) throw refuse(i, i, "be 0");
    for (let j = 0; j < i; j++) {
      const back = cost[j * size + i];
      if (Math.abs(cost[i * size + j] - back) > 1e-12 * back) {
        throw refuse(i, j, `equal M[${j}, ${i}] = ${back}`);
      }
    }
  }
}
