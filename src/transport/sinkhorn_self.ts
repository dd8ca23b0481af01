import { extendPotential } from "./extend_potential.ts";
import { type SinkhornOptions, sinkhornOptions, type SinkhornStatus } from "./sinkhorn_options.ts";

/**
 * Entropic transport of a histogram to itself, the term by which the Sinkhorn divergence is debiased.
 * Both potentials are the same one, so that half a step is enough and converges fast:
 *
 *     u_i <- sqrt(u_i / sum_j K_ij a_j u_j),   K_ij = exp(-c_ij / epsilon)
 *
 * The costs must be symmetric with zeros on the diagonal: then no sum can underflow. For kernels that
 * are positive definite, as those of distances, the error at least halves with each step.
 *
 * Source: Feydy et al., arXiv 1810.08278, section 3.
 */
export class SinkhornSelf {
  /** Iterations of the last solve. */
  iterations = 0;
  /** Error of the marginals after the last solve. */
  marginalError = 0;
  /** How the last solve ended. */
  status: SinkhornStatus = "converged";
  readonly #cost: Float64Array;
  readonly #size: number;
  readonly #epsilon: number;
  readonly #tolerance: number;
  readonly #maxIterations: number;
  readonly #allK: Float64Array;
  readonly #K: Float64Array;
  readonly #bins: Int32Array;
  readonly #masses: Float64Array;
  readonly #weights: Float64Array;
  readonly #u: Float64Array;
  readonly #sums: Float64Array;
  readonly #values: Float64Array;
  #count = 0;

  /**
   * Takes memory and works out the kernel.
   *
   * @param cost Costs, row-major, size * size, symmetric, zero on the diagonal; kept by reference.
   * @param size Number of bins.
   * @param options Regularisation and accuracy; the method plays no part.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(cost: Float64Array, size: number, options: SinkhornOptions) {
    const { epsilon, tolerance, maxIterations } = sinkhornOptions(options);
    const numbers = () => new Float64Array(size);
    this.#cost = cost;
    this.#size = size;
    this.#epsilon = epsilon;
    this.#tolerance = tolerance;
    this.#maxIterations = maxIterations;
    this.#allK = cost.map((c) => Math.exp(-c / epsilon));
    this.#K = new Float64Array(size * size);
    this.#bins = new Int32Array(size);
    [this.#masses, this.#weights, this.#u] = [numbers(), numbers(), numbers()];
    [this.#sums, this.#values] = [numbers(), numbers()];
  }

  /**
   * Solves one row.
   *
   * @param a Rows of masses; not negative, some positive.
   * @param offset Where the histogram begins.
   * @returns The regularised cost of a to itself, for masses of total one.
   */
  solve(a: ArrayLike<number>, offset: number): number {
    this.#load(a, offset);
    const count = this.#count, masses = this.#masses, u = this.#u, sums = this.#sums;
    this.iterations = 0;
    while (true) {
      this.iterations++;
      this.#multiply();
      let error = 0;
      for (let i = 0; i < count; i++) error += masses[i] * Math.abs(u[i] * sums[i] - 1);
      this.marginalError = error;
      if (error <= this.#tolerance || this.iterations >= this.#maxIterations) break;
      for (let i = 0; i < count; i++) u[i] = Math.sqrt(u[i] / sums[i]);
    }
    this.status = this.marginalError <= this.#tolerance ? "converged" : "iteration_limit";
    // The dual problem's value; what the plan's total lacks from one counts to second order.
    let value = 1;
    for (let i = 0; i < count; i++) value += masses[i] * (2 * Math.log(u[i]) - u[i] * sums[i]);
    return this.#epsilon * value;
  }

  /**
   * The potential of the last solve on all bins, from the sums: so it is right for the smallest masses,
   * too, which count for nothing in the error.
   *
   * @param f Receives it.
   * @param offset Where it begins.
   */
  potential(f: Float64Array, offset: number): void {
    const values = this.#values;
    for (let i = 0; i < this.#count; i++) values[i] = -this.#epsilon * Math.log(this.#sums[i]);
    const side = { bins: this.#bins, masses: this.#masses, count: this.#count, values };
    extendPotential(side, side, this.#cost, this.#size, 1, this.#epsilon, f, offset, this.#size);
  }

  #load(a: ArrayLike<number>, offset: number): void {
    const size = this.#size, bins = this.#bins, masses = this.#masses, K = this.#K;
    let count = 0, total = 0;
    for (let bin = 0; bin < size; bin++) {
      const mass = a[offset + bin];
      if (!(mass > 0)) continue;
      bins[count] = bin;
      masses[count++] = mass;
      total += mass;
    }
    for (let i = 0; i < count; i++) {
      masses[i] /= total;
      this.#u[i] = 1 / Math.sqrt(masses[i]); // right for small epsilon, where nothing moves
    }
    for (let i = 0, k = 0; i < count; i++) {
      for (let j = 0; j < count; j++, k++) K[k] = this.#allK[bins[i] * size + bins[j]];
    }
    this.#count = count;
  }

  /** sums_i = sum_j K_ij a_j u_j */
  #multiply(): void {
    const count = this.#count, K = this.#K, weights = this.#weights;
    for (let j = 0; j < count; j++) weights[j] = this.#masses[j] * this.#u[j];
    for (let i = 0, k = 0; i < count; i++) {
      let sum = 0;
      for (let j = 0; j < count; j++, k++) sum += K[k] * weights[j];
      this.#sums[i] = sum;
    }
  }
}
