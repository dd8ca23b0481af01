/**
 * The Sinkhorn divergence of probabilities on a tree from a single class, without a matrix in its iterations.
 *
 * @module
 */
import type { Batch, Loss, LossResult } from "../../src/losses/mod.ts";
import type { Tree } from "../../src/transport/mod.ts";

/** Options of {@linkcode treeDivergence}. */
export interface TreeDivergenceOptions {
  /** The regularisation, in units of the tree's lengths. */
  readonly epsilon: number;
  /** Largest error of the marginals. */
  readonly tolerance: number;
}

/** Stands for masses of zero where they would be divided by. */
const TINY = 1e-300;
/** The error at least halves in each iteration: this is for what cannot be reached. */
const MOST_ITERATIONS = 200;

/**
 * The debiased Sinkhorn divergence from a one-hot target, the ways in a tree as ground distance d:
 *
 *     S(p, k) = sum_i p_i d_ik - OT(p, p) / 2,   dS / dp_i = d_ik - f_i
 *
 * With one class k on one side there is but one plan, so that the first term is the exact EMD whatever
 * epsilon is: entropic transport without debiasing would be no new loss. The term OT(k, k) is zero. The
 * potential f of p to itself is found by
 *
 *     u_i <- sqrt(u_i / s_i),   s_i = sum_j exp(-d_ij / epsilon) p_j u_j,   f_i = -epsilon log s_i
 *
 * and as exp(-d / epsilon) multiplies along the edges, one way up the tree and one down give all s_i:
 * O(nodes) an iteration. All terms are positive and s_i >= p_i u_i, so that nothing underflows.
 *
 * @param tree The tree; its bins are the classes.
 * @param options Regularisation and accuracy.
 * @returns The loss, for one-hot targets: it throws a RangeError at others. Diagnostics: `iterations`.
 */
export function treeDivergence(tree: Tree, options: TreeDivergenceOptions): Loss {
  const distances = tree.distances(), self = new TreeSelf(tree, options), size = tree.bins.length;
  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = target.length / size;
    const value = new Float64Array(rows), gradient = new Float64Array(rows * size);
    const iterations = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const offset = row * size, end = offset + size;
      const right = target.subarray(offset, end).indexOf(1);
      if (right < 0) {
        throw new RangeError(
          `Cannot compute tree divergence: the target of row ${row} must be one class`,
        );
      }
      gradient.set(distances.subarray(right * size, (right + 1) * size), offset);
      for (let k = offset; k < end; k++) value[row] += output[k] * gradient[k];
      value[row] -= self.solve(output, offset) / 2;
      self.takePotential(gradient, offset);
      iterations[row] = self.iterations;
    }
    return { value, gradient, diagnostics: { iterations } };
  }
  return { name: "tree_divergence", size, domain: "simplex", symmetric: false, valueAndGradient };
}

/** Entropic transport of masses on a tree to themselves. Keeps its memory. */
export class TreeSelf {
  /** Iterations of the last solve. */
  iterations = 0;
  readonly #tree: Tree;
  readonly #options: TreeDivergenceOptions;
  readonly #decay: Float64Array;
  readonly #nodes: Float64Array;
  readonly #masses: Float64Array;
  readonly #u: Float64Array;
  readonly #sums: Float64Array;

  /**
   * Takes memory.
   *
   * @param tree The tree.
   * @param options Regularisation and accuracy.
   */
  constructor(tree: Tree, options: TreeDivergenceOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#decay = tree.weights.map((weight) => Math.exp(-weight / options.epsilon));
    this.#nodes = new Float64Array(tree.nodes);
    [this.#masses, this.#u, this.#sums] = [0, 1, 2].map(() => new Float64Array(tree.bins.length));
  }

  /**
   * Solves one row.
   *
   * @param p Rows of masses that sum to one.
   * @param offset Where the row begins.
   * @returns The regularised cost, OT(p, p).
   */
  solve(p: ArrayLike<number>, offset: number): number {
    const masses = this.#masses, u = this.#u, sums = this.#sums, size = masses.length;
    for (let i = 0; i < size; i++) {
      masses[i] = p[offset + i];
      u[i] = 1 / Math.sqrt(Math.max(masses[i], TINY)); // right for small epsilon
    }
    for (this.iterations = 1;; this.iterations++) {
      this.#multiply();
      let error = 0;
      for (let i = 0; i < size; i++) error += masses[i] * Math.abs(u[i] * sums[i] - 1);
      if (error <= this.#options.tolerance || this.iterations === MOST_ITERATIONS) break;
      for (let i = 0; i < size; i++) u[i] = Math.sqrt(u[i] / sums[i]);
    }
    let value = 1;
    for (let i = 0; i < size; i++) {
      if (masses[i] > 0) value += masses[i] * (2 * Math.log(u[i]) - u[i] * sums[i]);
    }
    return this.#options.epsilon * value;
  }

  /**
   * Takes the potential of the last solve from a gradient, and makes the sum of the rest zero.
   *
   * @param gradient Rows of gradients.
   * @param offset Where the row begins.
   */
  takePotential(gradient: Float64Array, offset: number): void {
    const sums = this.#sums, size = sums.length, { epsilon } = this.#options;
    let mean = 0;
    for (let i = 0; i < size; i++) {
      mean += (gradient[offset + i] += epsilon * Math.log(sums[i])) / size;
    }
    for (let i = 0; i < size; i++) gradient[offset + i] -= mean;
  }

  /** s_i = sum_j exp(-d_ij / epsilon) p_j u_j */
  #multiply(): void {
    const { order, parents, bins } = this.#tree, decay = this.#decay, nodes = this.#nodes;
    nodes.fill(0);
    for (let i = 0; i < bins.length; i++) nodes[bins[i]] = this.#masses[i] * this.#u[i];
    const last = order.length - 1;
    for (let k = 0; k < last; k++) nodes[parents[order[k]]] += decay[order[k]] * nodes[order[k]];
    // What a node gets from its parent has been there and back from itself: that part is left out.
    for (let k = last - 1; k >= 0; k--) {
      const node = order[k], by = decay[node];
      nodes[node] = (1 - by * by) * nodes[node] + by * nodes[parents[node]];
    }
    for (let i = 0; i < bins.length; i++) this.#sums[i] = nodes[bins[i]];
  }
}
