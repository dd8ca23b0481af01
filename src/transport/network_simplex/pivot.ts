/**
 * One pivot of the network simplex.
 *
 * @module
 */
import type { SpanningTree } from "./spanning_tree.ts";

/**
 * The basis of a network simplex on n rows (nodes 0..n-1) and m columns (nodes n..n+m-1): a spanning
 * tree whose arcs carry the flow and are tight under the potentials.
 */
export interface Basis {
  /** The tree. */
  readonly tree: SpanningTree;
  /** Mass on the arc between each node and its parent; not negative. */
  readonly flow: Float64Array;
  /**
   * Potential of each node, with the sign that lets a subtree shift as one: u of rows, -v of columns.
   * The reduced cost of the arc (i, j) is cost + potential[n + j] - potential[i].
   */
  readonly potential: Float64Array;
}

/**
 * An arc enters the tree, mass moves along the cycle that it closes, and an arc that ran empty
 * leaves.
 *
 * The cycle runs along the entering arc, from its column up to the junction, and down to its row.
 * The arcs against that direction lose mass. Where several run empty together, the last one along
 * the cycle, from the junction on, leaves: arcs without flow then still point to the root, so that
 * the tree stays strongly feasible and no sequence of pivots repeats (Cunningham, 1976).
 *
 * @param basis The basis; changed.
 * @param n Number of rows.
 * @param row Row of the entering arc.
 * @param column Node of its column, from n on.
 * @param reducedCost Its reduced cost, negative.
 */
export function pivot(
  basis: Basis,
  n: number,
  row: number,
  column: number,
  reducedCost: number,
): void {
  const { tree, flow } = basis;
  const { parent, size } = tree;
  // Up from both ends; the smaller subtree cannot be an ancestor of the other.
  let u = row, leastOnRowSide = Infinity, leavesOnRowSide = -1;
  let w = column, leastOnColumnSide = Infinity, leavesOnColumnSide = -1;
  while (u !== w) {
    if (size[u] < size[w]) {
      if (u < n && flow[u] < leastOnRowSide) leastOnRowSide = flow[leavesOnRowSide = u];
      u = parent[u];
    } else {
      if (w >= n && flow[w] <= leastOnColumnSide) leastOnColumnSide = flow[leavesOnColumnSide = w];
      w = parent[w];
    }
  }
  const junction = u;
  const onColumnSide = leastOnColumnSide <= leastOnRowSide;
  const moved = onColumnSide ? leastOnColumnSide : leastOnRowSide;
  const leaving = onColumnSide ? leavesOnColumnSide : leavesOnRowSide;
  const inner = onColumnSide ? column : row, outer = onColumnSide ? row : column;
  if (moved > 0) {
    for (u = row; u !== junction; u = parent[u]) flow[u] += u < n ? -moved : moved;
    for (u = column; u !== junction; u = parent[u]) flow[u] += u < n ? moved : -moved;
  }
  _carryFlows(flow, parent, inner, leaving, moved);
  tree.rehang(leaving, inner, outer, junction);
  _shiftPotentials(basis, inner, onColumnSide ? -reducedCost : reducedCost);
}

/** The path from `inner` to `top` is about to be turned around: each arc changes its lower end. */
function _carryFlows(
  flow: Float64Array,
  parent: Int32Array,
  inner: number,
  top: number,
  entering: number,
): void {
  let carried = entering;
  for (let node = inner;; node = parent[node]) {
    const held = flow[node];
    flow[node] = carried;
    carried = held;
    if (node === top) return;
  }
}

/** Shifts the potentials of a subtree; or those of all other nodes the other way, where they are fewer. */
function _shiftPotentials(basis: Basis, top: number, shift: number): void {
  const { tree, potential } = basis;
  const { next, last, size } = tree;
  let node = top, stop = next[last[top]], step = shift;
  if (2 * size[top] > size.length) {
    node = stop;
    stop = top;
    step = -shift;
  }
  do {
    potential[node] += step;
    node = next[node];
  } while (node !== stop);
}
