/**
 * Steps 2 and 3: a good first basis. Half of a solve is the start, and a better start saves pivots.
 *
 * @module
 */
import { BIT0, BIT1, BUCKETS, UNREACHABLE, type Workspace } from "./workspace.ts";

/**
 * Weight of the mean distances in the guessed potentials. 1.0, 1.1 and 1.2 need 27.6, 26.3 and 25.4
 * pivots on dense pairs and 8.3, 7.7 and 7.7 on unrelated showers; without the guess it is 48 and 30.
 */
const GUESS_WEIGHT = 1.1;

/**
 * Step 2: copies the costs of the residual arcs side by side, and guesses the dual potentials.
 *
 * A source far from where mass is wanted is expensive whatever it does. The guess says so: u_i is
 * 1.1 times its mean distance to the deficit, v_j the same for a sink and the surplus. What remains
 * of the costs, c_ij - u_i - v_j, then tells which arcs are cheap for both ends.
 */
export function guessPotentials(work: Workspace): void {
  const { n, m, stride, total, size, distances, cell, mass, cost, potential } = work;
  const nodes = n + m, padded = n + stride, weight = GUESS_WEIGHT / total;
  // The padding sink holds no mass, so that it does not enter the means.
  cell[nodes] = 0;
  mass[nodes] = 0;
  potential.fill(0, 0, nodes + 1);
  for (let i = 0; i < n; i++) {
    const row = i * stride - n, from = cell[i] * size, share = mass[i] * weight;
    let even = 0, odd = 0;
    for (let j = n; j < padded; j += 2) {
      const c = distances[from + cell[j]], d = distances[from + cell[j + 1]];
      cost[row + j] = c;
      cost[row + j + 1] = d;
      even += c * mass[j];
      odd += d * mass[j + 1];
      potential[j] -= c * share;
      potential[j + 1] -= d * share;
    }
    if (padded !== nodes) cost[row + nodes] = UNREACHABLE;
    potential[i] = (even + odd) * weight;
  }
}

/**
 * Step 3: ships along the arcs in order of their guessed reduced cost, as much as each can take.
 *
 * The order comes from a bucket sort: approximate, needing as many pivots afterwards as the exact
 * order (26.3 and 26.5 on dense pairs), at half the time of a lazily kept matrix minimum.
 * With u <= 1.1 max and v <= 1.1 max the reduced costs lie in [-2.2, 1] max, which fixes the
 * buckets.
 *
 * An arc settles one of its ends, which then hangs below the other. The settled nodes, last first,
 * are the tree from the root outwards, and the masks come for free. Ties settle the sink: arcs
 * without flow then lead only from a source up to its parent, and the first tree is strongly
 * feasible (Cunningham 1976), which pivots keep and which forbids cycling.
 */
export function shipAlongCheapArcs(work: Workspace): void {
  const { n, m, maxDistance, mass, parent, flow, below0, below1, topDown, firstArc, nextArc } =
    work;
  const nodes = n + m;
  _sortArcs(work, 2 * GUESS_WEIGHT * maxDistance, (2 * GUESS_WEIGHT + 1) * maxDistance);
  for (let k = 0; k < nodes; k++) {
    below0[k] = BIT0[k];
    below1[k] = BIT1[k];
  }
  let sources = n, sinks = m, unsettled = nodes, bucket = 0, arc = firstArc[0];
  while (true) {
    while (arc < 0) arc = firstArc[++bucket];
    const i = arc >> 6, j = arc & 63;
    arc = nextArc[arc];
    const supply = mass[i], demand = mass[j];
    if (supply < 0 || demand < 0) continue;
    if (sinks > 1 && (demand <= supply || sources === 1)) {
      parent[j] = i;
      flow[j] = demand;
      below0[i] |= below0[j];
      below1[i] |= below1[j];
      topDown[--unsettled] = j;
      mass[i] = Math.max(supply - demand, 0);
      mass[j] = -1;
      sinks--;
    } else {
      parent[i] = j;
      flow[i] = sources > 1 ? supply : Math.min(supply, demand);
      below0[j] |= below0[i];
      below1[j] |= below1[i];
      topDown[--unsettled] = i;
      mass[i] = -1;
      if (--sources === 0) {
        work.root = j;
        topDown[0] = j;
        parent[j] = -1;
        return;
      }
      mass[j] = Math.max(demand - supply, 0);
    }
  }
}

/** Links every arc into the bucket of its reduced cost. */
function _sortArcs(work: Workspace, lowest: number, span: number): void {
  const { n, m, stride, cost, potential, firstArc, nextArc } = work;
  const nodes = n + m, scale = BUCKETS / span;
  firstArc.fill(-1);
  for (let i = 0; i < n; i++) {
    const row = i * stride - n, shift = lowest - potential[i], arcs = i << 6;
    for (let j = n; j < nodes; j++) {
      const bucket = ((cost[row + j] + potential[j] + shift) * scale) | 0;
      nextArc[arcs + j] = firstArc[bucket];
      firstArc[bucket] = arcs + j;
    }
  }
}

/** Step 4: the potentials that make every arc of the tree tight, from the root outwards. */
export function solveTreePotentials(work: Workspace): void {
  const { n, m, stride, root, cost, parent, potential, topDown } = work;
  potential[root] = 0;
  for (let a = 1; a < n + m; a++) {
    const k = topDown[a], up = parent[k];
    potential[k] = k < n
      ? potential[up] + cost[k * stride + up - n]
      : potential[up] - cost[up * stride + k - n];
  }
}
