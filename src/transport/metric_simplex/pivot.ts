/**
 * Step 5: the primal network simplex on the residual problem, until no arc has a negative reduced
 * cost.
 *
 * @module
 */
import { BIT0, BIT1, type Workspace } from "./workspace.ts";

/**
 * Sources priced before the best arc seen so far enters. One, two and three need 28.8, 26.3 and 24.8
 * pivots on dense pairs at equal time; pricing all of them halves the pivots and loses time.
 */
const BLOCK = 2;

/**
 * An arc enters when its reduced cost is below minus this times the largest distance. It bounds the
 * error of the value by the same factor times the mass, and keeps rounding from looking like progress.
 */
const TOLERANCE = 5e-14;

/**
 * Pivots to the optimum.
 *
 * @param maxPivots The cap. In exact arithmetic a strongly feasible tree cannot cycle; the cap guards
 * against rounding.
 * @returns The number of pivots, or -1 if the cap was reached first.
 */
export function pivotToOptimum(work: Workspace, maxPivots: number): number {
  const { n, m, stride, maxDistance, cost, potential } = work;
  const padded = n + ((m + 1) & ~1), threshold = -TOLERANCE * maxDistance;
  let pivots = 0, row = 0, rowsWithoutArc = 0;
  while (true) {
    // Price a block of sources, and go on while none has an arc that pays.
    let best = threshold, source = -1, sink = -1;
    for (let priced = 0; priced < BLOCK || source < 0; priced++) {
      if (rowsWithoutArc === n) break;
      const base = row * stride - n, pi = potential[row], limit = pi + best;
      let least = limit;
      for (let j = n; j < padded; j += 2) {
        const p = cost[base + j] + potential[j], q = cost[base + j + 1] + potential[j + 1];
        if (p < least) {
          least = p;
          sink = j;
        }
        if (q < least) {
          least = q;
          sink = j + 1;
        }
      }
      if (least < limit) {
        best = least - pi;
        source = row;
      }
      rowsWithoutArc++;
      if (++row === n) row = 0;
    }
    if (source < 0) return pivots;
    if (pivots === maxPivots) return -1;
    _exchange(work, source, sink, best);
    pivots++;
    rowsWithoutArc = 0;
  }
}

/**
 * One pivot: the arc (source, sink) enters the tree, the flow on the cycle that it closes is shifted
 * until an arc blocks, and that arc leaves.
 *
 * The cycle runs from the sink up to the join and down to the source. Arcs against its direction lose
 * flow: on the source's side those below a source, on the sink's side those below a sink. Of several
 * that block, the last one along the cycle from the join leaves: this keeps the tree strongly feasible,
 * hence `<` on the source's side and `<=` on the sink's.
 */
function _exchange(work: Workspace, source: number, sink: number, reducedCost: number): void {
  const { n, parent, flow, below0, below1, potential } = work;

  // The join is the first ancestor of the source that has the sink below it.
  const bit0 = BIT0[sink], bit1 = BIT1[sink];
  let leastUp = Infinity, leavesUp = -1, u = source;
  while (((below0[u] & bit0) | (below1[u] & bit1)) === 0) {
    if (u < n && flow[u] < leastUp) {
      leastUp = flow[u];
      leavesUp = u;
    }
    u = parent[u];
  }
  const join = u;
  let leastDown = Infinity, leavesDown = -1;
  for (u = sink; u !== join; u = parent[u]) {
    if (u >= n && flow[u] <= leastDown) {
      leastDown = flow[u];
      leavesDown = u;
    }
  }

  // The subtree below the leaving arc moves from `leaving` to the other end of the entering arc.
  const sinkSide = leastDown <= leastUp;
  const shifted = sinkSide ? leastDown : leastUp;
  const leaving = sinkSide ? leavesDown : leavesUp;
  const inside = sinkSide ? sink : source, outside = sinkSide ? source : sink;
  if (shifted > 0) {
    for (u = source; u !== join; u = parent[u]) flow[u] += u < n ? -shifted : shifted;
    for (u = sink; u !== join; u = parent[u]) flow[u] += u < n ? shifted : -shifted;
  }

  const moved0 = below0[leaving], moved1 = below1[leaving];
  for (u = parent[leaving]; u !== join; u = parent[u]) {
    below0[u] &= ~moved0;
    below1[u] &= ~moved1;
  }
  for (u = outside; u !== join; u = parent[u]) {
    below0[u] |= moved0;
    below1[u] |= moved1;
  }

  // Turn the path from `inside` up to `leaving` upside down. What hung below a node and not below
  // the one before it on the path hangs below it still.
  let node = inside, newParent = outside, newFlow = shifted, before0 = 0, before1 = 0;
  while (true) {
    const oldParent = parent[node], oldFlow = flow[node], old0 = below0[node], old1 = below1[node];
    parent[node] = newParent;
    flow[node] = newFlow;
    below0[node] = moved0 & ~before0;
    below1[node] = moved1 & ~before1;
    if (node === leaving) break;
    before0 = old0;
    before1 = old1;
    newParent = node;
    newFlow = oldFlow;
    node = oldParent;
  }

  // The moved subtree's potentials follow the entering arc, which becomes tight.
  const step = sinkSide ? -reducedCost : reducedCost;
  for (let rest = moved0; rest !== 0;) {
    const k = 31 - Math.clz32(rest);
    rest ^= 1 << k;
    potential[k] += step;
  }
  for (let rest = moved1; rest !== 0;) {
    const k = 31 - Math.clz32(rest);
    rest ^= 1 << k;
    potential[k + 31] += step;
  }
}
