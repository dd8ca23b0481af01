/**
 * Squared transport between sorted masses on a line: the problem to which a spectral EMD comes down.
 *
 * For a convex cost the best plan keeps the order. It walks both sides at once, from the first atoms
 * to the last; everything else (cost, potentials, slopes in the positions) is a sum along that walk.
 *
 * @module
 */

/** A walk along two sorted sides: which atoms meet at each step, and how much mass goes over. */
export interface LineWalk {
  /** Atom of the first side at each step. */
  readonly i: Uint32Array;
  /** Atom of the second side at each step. */
  readonly j: Uint32Array;
  /** Mass that goes over at each step, not negative. */
  readonly flow: Float64Array;
  /** Number of steps; what lies beyond in the arrays means nothing. */
  length: number;
}

/**
 * Cumulative masses that differ by less than this part of the total are taken for equal: rounding,
 * which otherwise would decide on which side of a kink the potentials lie.
 */
const TIE = 1e-13;

/**
 * Memory for walks along n and m atoms.
 *
 * @param n Atoms of the first side.
 * @param m Atoms of the second side.
 * @returns An empty walk.
 */
export function lineWalk(n: number, m: number): LineWalk {
  const steps = n + m;
  return {
    i: new Uint32Array(steps),
    j: new Uint32Array(steps),
    flow: new Float64Array(steps),
    length: 0,
  };
}

/**
 * Walks along two sides: from the pair (i, j) to (i + 1, j) where the masses up to i are less than
 * those up to j, to (i, j + 1) where they are more, and to (i + 1, j + 1) where they are equal. Takes
 * O(n + m).
 *
 * @param a Masses of the first side in the order of their positions, n >= 1; zeros are welcome.
 * @param b Masses of the second side, m >= 1, of the same total up to rounding.
 * @param walk Where the walk is written.
 */
export function walkLine(a: Float64Array, b: Float64Array, walk: LineWalk): void {
  const n = a.length, m = b.length;
  let total = 0;
  for (let k = 0; k < n; k++) total += a[k];
  const tie = TIE * total;
  let i = 0, j = 0, upToI = a[0], upToJ = b[0], moved = 0, step = 0;
  while (true) {
    const upToBoth = upToI < upToJ ? upToI : upToJ;
    walk.i[step] = i;
    walk.j[step] = j;
    walk.flow[step++] = upToBoth - moved;
    moved = upToBoth;
    const isLastI = i === n - 1, isLastJ = j === m - 1;
    if (isLastI && isLastJ) break;
    const ahead = upToI - upToJ;
    const stepsI = !isLastI && (isLastJ || ahead <= tie);
    const stepsJ = !isLastJ && (isLastI || ahead >= -tie);
    if (stepsI) upToI += a[++i];
    if (stepsJ) upToJ += b[++j];
  }
  walk.length = step;
}

/**
 * The cost of a walk, `sum of flow (x_i - y_j)^2`.
 *
 * @param walk The walk.
 * @param x Positions of the first side, increasing.
 * @param y Positions of the second side, increasing.
 * @returns The least cost of transport.
 */
export function walkCost(walk: LineWalk, x: Float64Array, y: Float64Array): number {
  const { i, j, flow, length } = walk;
  let cost = 0;
  for (let step = 0; step < length; step++) {
    const distance = x[i[step]] - y[j[step]];
    cost += flow[step] * distance * distance;
  }
  return cost;
}

/**
 * Dual potentials along a walk, the gradients of the cost in the masses up to a constant: those of
 * the atoms that meet add up to their cost, `u_i + v_j = (x_i - y_j)^2`, and nowhere else to more.
 *
 * Each step to one side fixes one new potential. Where both sides step at once the cost has a kink in
 * the masses: going round one corner or the other gives two extreme potentials, of which the mean is
 * taken. For equal sides all potentials are zero.
 *
 * @param walk The walk.
 * @param x Positions of the first side, increasing, length n.
 * @param y Positions of the second side, increasing, length m.
 * @param u Where the potentials of the first side are written, length n.
 * @param v Where those of the second side are written, length m.
 */
export function walkPotentials(
  walk: LineWalk,
  x: Float64Array,
  y: Float64Array,
  u: Float64Array,
  v: Float64Array,
): void {
  const { i, j, length } = walk;
  const start = (x[0] - y[0]) ** 2;
  u[0] = v[0] = start / 2;
  for (let step = 1; step < length; step++) {
    const from = i[step - 1], to = i[step], fromJ = j[step - 1], toJ = j[step];
    const distance = x[to] - y[toJ], cost = distance * distance;
    if (from === to) v[toJ] = cost - u[to];
    else if (fromJ === toJ) u[to] = cost - v[toJ];
    else {
      const first = (x[to] - y[fromJ]) ** 2 - v[fromJ];
      const second = cost - (x[from] - y[toJ]) ** 2 + u[from];
      u[to] = (first + second) / 2;
      v[toJ] = cost - u[to];
    }
  }
}

/**
 * Slopes of the cost in the positions, `sum_j 2 flow_ij (x_i - y_j)` and likewise for y.
 *
 * @param walk The walk.
 * @param x Positions of the first side, increasing, length n.
 * @param y Positions of the second side, increasing, length m.
 * @param slopeX Where the slopes in x are added, length n.
 * @param slopeY Where those in y are added, length m.
 */
export function walkSlopes(
  walk: LineWalk,
  x: Float64Array,
  y: Float64Array,
  slopeX: Float64Array,
  slopeY: Float64Array,
): void {
  const { i, j, flow, length } = walk;
  for (let step = 0; step < length; step++) {
    const pull = 2 * flow[step] * (x[i[step]] - y[j[step]]);
    slopeX[i[step]] += pull;
    slopeY[j[step]] -= pull;
  }
}
