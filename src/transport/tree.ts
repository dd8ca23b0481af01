/** Options of {@linkcode Tree}. */
export interface TreeOptions {
  /**
   * Length of the edge from each node to its parent, one a node; not negative. That of the root has
   * no meaning.
   *
   * @default 1 each
   */
  readonly weights?: ArrayLike<number>;
  /**
   * The nodes that hold mass, in the order of the histograms' bins, for example the leaves.
   *
   * @default all nodes, in their own order
   */
  readonly bins?: ArrayLike<number>;
}

/** Stands for the parent of the root. */
const NONE = -1;

/**
 * A tree with lengths on its edges, checked once: what {@linkcode treeEmd} computes on.
 *
 * Nothing here recurses, so that a tree may be as deep as it has nodes.
 *
 * @example A root with two children, of which one has a child
 * ```ts
 * import { Tree } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const tree = new Tree([-1, 0, 0, 1], { weights: [0, 2, 3, 5], bins: [2, 3] });
 * assertEquals([...tree.distances()], [0, 10, 10, 0]);
 * ```
 */
export class Tree {
  /** Number of nodes. */
  readonly nodes: number;
  /** Parent of each node; -1 for the root. */
  readonly parents: Int32Array;
  /** Length of the edge from each node to its parent; 0 for the root. */
  readonly weights: Float64Array;
  /** All nodes, children before parents; the root comes last. */
  readonly order: Int32Array;
  /** The node of each bin. */
  readonly bins: Int32Array;
  /** Number of bins in the subtree of each node, itself included. */
  readonly binsBelow: Int32Array;

  /**
   * Checks and prepares a tree.
   *
   * @param parents Parent of each node; -1 for the root.
   * @param options Lengths of edges, and where the bins are.
   * @throws {TypeError} If there are not as many weights as nodes.
   * @throws {RangeError} If there is no node, a parent is no node, several nodes have no parent (the
   * tree is disconnected), nodes are their own ancestors (it is cyclic), a weight is negative or not
   * finite, a bin is no node, or two bins share one.
   */
  constructor(parents: ArrayLike<number>, options: TreeOptions = {}) {
    const nodes = parents.length;
    this.nodes = nodes;
    this.parents = _checkedParents(parents);
    this.weights = _checkedWeights(options.weights, this.parents);
    this.order = _childrenFirst(this.parents);
    this.bins = _checkedBins(options.bins, nodes);
    this.binsBelow = new Int32Array(nodes);
    for (const node of this.bins) this.binsBelow[node] = 1;
    for (const node of this.order) {
      if (this.parents[node] !== NONE) this.binsBelow[this.parents[node]] += this.binsBelow[node];
    }
  }

  /**
   * The lengths of the ways between all bins: the ground distance of which {@linkcode treeEmd} is the
   * EMD. Takes O(bins * nodes).
   *
   * @returns The metric, row-major, length bins * bins.
   */
  distances(): Float64Array {
    const { bins, nodes, parents, weights, order } = this;
    const distances = new Float64Array(bins.length ** 2), away = new Float64Array(nodes);
    for (let i = 0; i < bins.length; i++) {
      away.fill(Infinity);
      away[bins[i]] = 0;
      // First up to the root, then down to everybody from the nearest ancestor that was passed.
      for (let node = bins[i]; parents[node] !== NONE; node = parents[node]) {
        away[parents[node]] = away[node] + weights[node];
      }
      for (let k = nodes - 2; k >= 0; k--) {
        const node = order[k];
        if (away[node] === Infinity) away[node] = away[parents[node]] + weights[node];
      }
      for (let j = 0; j < bins.length; j++) distances[i * bins.length + j] = away[bins[j]];
    }
    return distances;
  }
}

function _checkedParents(parents: ArrayLike<number>): Int32Array {
  const nodes = parents.length;
  if (nodes === 0) throw new RangeError("Cannot make a tree: it must have a node");
  let root = NONE;
  for (let node = 0; node < nodes; node++) {
    const parent = parents[node];
    if (!Number.isInteger(parent) || parent < NONE || parent >= nodes) {
      throw new RangeError(
        `Cannot make a tree: the parent of node ${node} must be a node below ${nodes}, or -1 for ` +
          `the root, current value is ${parent}`,
      );
    }
    if (parent !== NONE) continue;
    if (root !== NONE) {
      throw new RangeError(
        `Cannot make a tree: it is disconnected, nodes ${root} and ${node} both have no parent`,
      );
    }
    root = node;
  }
  return Int32Array.from(parents);
}

function _checkedWeights(
  weights: ArrayLike<number> | undefined,
  parents: Int32Array,
): Float64Array {
  if (weights !== undefined && weights.length !== parents.length) {
    throw new TypeError(
      `Cannot make a tree: weights must have length ${parents.length}, one a node, ` +
        `current length is ${weights.length}`,
    );
  }
  return Float64Array.from(parents, (parent, node) => {
    if (parent === NONE) return 0;
    const weight = weights?.[node] ?? 1;
    if (weight >= 0 && weight < Infinity) return weight;
    throw new RangeError(
      `Cannot make a tree: the weight of the edge from node ${node} to its parent ${parent} must ` +
        `be finite and >= 0, current value is ${weight}`,
    );
  });
}

/** Removes leaves until nothing is left; what cannot be removed lies above a cycle or on one. */
function _childrenFirst(parents: Int32Array): Int32Array {
  const children = new Int32Array(parents.length);
  for (const parent of parents) if (parent !== NONE) children[parent]++;
  const order = new Int32Array(parents.length);
  let end = 0;
  for (let node = 0; node < parents.length; node++) if (children[node] === 0) order[end++] = node;
  for (let k = 0; k < end; k++) {
    const parent = parents[order[k]];
    if (parent !== NONE && --children[parent] === 0) order[end++] = parent;
  }
  if (end === parents.length) return order;
  // Each node that is left has a child that is left, and with a cycle among them its own parent.
  let node = children.findIndex((count) => count > 0);
  for (let step = 0; step < parents.length && parents[node] !== NONE; step++) node = parents[node];
  throw new RangeError(
    `Cannot make a tree: it is cyclic, node ${node} is among its own ancestors`,
  );
}

function _checkedBins(bins: ArrayLike<number> | undefined, nodes: number): Int32Array {
  if (bins === undefined) return Int32Array.from({ length: nodes }, (_, node) => node);
  const binOf = new Map<number, number>();
  for (let bin = 0; bin < bins.length; bin++) {
    const node = bins[bin];
    if (!Number.isInteger(node) || node < 0 || node >= nodes) {
      throw new RangeError(
        `Cannot make a tree: bin ${bin} must be a node below ${nodes}, current value is ${node}`,
      );
    }
    if (binOf.has(node)) {
      throw new RangeError(
        `Cannot make a tree: bins ${binOf.get(node)} and ${bin} share node ${node}`,
      );
    }
    binOf.set(node, bin);
  }
  return Int32Array.from(bins);
}
