import type { ClosedFormEmd } from "./chain_emd.ts";
import { checkExponent, flowSlope } from "./flow_cost.ts";
import { checkBins, checkHistogramPair } from "./histogram_pair.ts";
import type { Tree } from "./tree.ts";

/** Options of {@linkcode treeEmd} and of {@linkcode TreeFlow}. */
export interface TreeEmdOptions {
  /**
   * The exponent of the flows, at least 1: 1 is the exact EMD, 2 the relaxed form, whose gradient
   * fades as the histograms come near.
   *
   * @default 1
   */
  readonly rho?: number;
}

/**
 * The EMD of two histograms on the nodes of a tree, in closed form:
 *
 *     E = sum_e w_e |phi_e|^rho,   phi_e = sum over the bins below edge e of (p_j - q_j)
 *
 * What has to cross an edge is what the masses below it differ by. For rho = 1 this is the exact EMD
 * with the lengths of ways in the tree as ground distance, a metric if all weights are positive; for
 * rho > 1 a relaxed form, smooth, whose gradient fades at equality. The gradient, among changes of p
 * that keep its total, with n_e the number of bins below e, of N:
 *
 *     dE / dp_k = rho sum_e w_e |phi_e|^(rho - 1) sign(phi_e) (1[k below e] - n_e / N)
 *
 * For rho = 1 it is a subgradient where a flow vanishes. Both take O(nodes) and sum in double
 * precision, whatever the precision of the input.
 *
 * @param p First masses, one a bin of the tree; not negative, any scale.
 * @param q Second masses, of the same total to 1e-5 of its size.
 * @param tree The tree.
 * @param options The exponent.
 * @returns Value and gradient in p. Masses are taken as given, not normalised.
 * @throws {TypeError} If a histogram has not one mass a bin.
 * @throws {RangeError} If a mass is negative, NaN or infinite, both histograms are empty, their totals
 * differ, or rho is below 1.
 *
 * Source: Martinez, Haurilet, Al-Halah, Tapaswi, Stiefelhagen, arXiv 1611.07573.
 *
 * @example
 * ```ts
 * import { Tree, treeEmd } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const tree = new Tree([-1, 0, 0, 1, 1, 2]);
 * const p = [0.1, 0.1, 0.1, 0.3, 0.2, 0.2], q = [0.2, 0.05, 0.05, 0.1, 0.3, 0.3];
 * const { value, gradient } = treeEmd(p, q, tree);
 * assertAlmostEquals(value, 0.6);
 * assertAlmostEquals(gradient[3], 2);
 * assertAlmostEquals(treeEmd(p, q, tree, { rho: 2 }).value, 0.085);
 * ```
 */
export function treeEmd(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  tree: Tree,
  options: TreeEmdOptions = {},
): ClosedFormEmd {
  const flow = new TreeFlow(tree, options);
  checkBins("tree EMD", p, "p", tree.bins.length);
  checkBins("tree EMD", q, "q", tree.bins.length);
  checkHistogramPair("tree EMD", p, q);
  const gradient = new Float64Array(p.length);
  return { value: flow.solve(p, 0, q, 0, gradient, 0), gradient };
}

/**
 * {@linkcode treeEmd} for many pairs: keeps its memory, and checks no masses.
 *
 * @example Two rows of a batch
 * ```ts
 * import { Tree, TreeFlow } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const flow = new TreeFlow(new Tree([-1, 0, 0], { bins: [1, 2] }));
 * const p = [1, 0, 0.5, 0.5], q = [0, 1, 0.5, 0.5];
 * assertEquals([flow.solve(p, 0, q, 0), flow.solve(p, 2, q, 2)], [2, 0]);
 * ```
 */
export class TreeFlow {
  /** The tree. */
  readonly tree: Tree;
  /** The exponent of the flows. */
  readonly rho: number;
  readonly #flow: Float64Array;
  readonly #slope: Float64Array;

  /**
   * Sets up memory for one tree.
   *
   * @param tree The tree.
   * @param options The exponent.
   * @throws {RangeError} If rho is below 1.
   */
  constructor(tree: Tree, options: TreeEmdOptions = {}) {
    this.tree = tree;
    this.rho = options.rho ?? 1;
    checkExponent("tree EMD", this.rho);
    this.#flow = new Float64Array(tree.nodes);
    this.#slope = new Float64Array(tree.nodes);
  }

  /**
   * Value, and gradient if wanted, of one pair of rows.
   *
   * @param p Rows of masses, one a bin.
   * @param pOffset Where the row of p begins.
   * @param q Rows of masses, of the same total.
   * @param qOffset Where the row of q begins.
   * @param gradient Receives the gradient in p, of sum zero.
   * @param gradientOffset Where its row begins.
   * @returns The value.
   */
  solve(
    p: ArrayLike<number>,
    pOffset: number,
    q: ArrayLike<number>,
    qOffset: number,
    gradient?: Float64Array,
    gradientOffset = 0,
  ): number {
    const { nodes, parents, weights, order, bins, binsBelow } = this.tree, rho = this.rho;
    const flow = this.#flow, slope = this.#slope;
    flow.fill(0);
    for (let bin = 0; bin < bins.length; bin++) {
      flow[bins[bin]] = p[pOffset + bin] - q[qOffset + bin];
    }
    // Up the tree: what is left over below an edge crosses it.
    let value = 0, mean = 0;
    for (let k = 0; k < nodes - 1; k++) {
      const node = order[k];
      flow[parents[node]] += flow[node];
      slope[node] = weights[node] * flowSlope(flow[node], rho);
      value += flow[node] * slope[node] / rho;
      mean += slope[node] * binsBelow[node] / bins.length;
    }
    if (gradient === undefined) return value;
    // Down the tree: mass at a node takes part in the flows of all edges above it.
    slope[order[nodes - 1]] = -mean;
    for (let k = nodes - 2; k >= 0; k--) slope[order[k]] += slope[parents[order[k]]];
    for (let bin = 0; bin < bins.length; bin++) gradient[gradientOffset + bin] = slope[bins[bin]];
    return value;
  }
}
