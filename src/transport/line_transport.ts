/** Masses on a line, with what is accumulated for them. */
export interface LineSide {
  /** Positions, in any order. */
  readonly positions: Float64Array;
  /** Masses; those of the two sides have the same total. */
  readonly masses: ArrayLike<number>;
  /** Where the masses begin. */
  readonly offset: number;
  /** The order that sorts the positions. */
  readonly order: Uint32Array;
  /** Receives the slope of the cost in each position. */
  readonly slopes: Float64Array;
  /** Receives dual potentials, feasible for all bins: the slope of the cost in each mass. */
  readonly potentials: Float64Array;
}

/** |way|^p; the two powers of practice are no calls, which would take most of the time. */
export function lineCost(way: number, p: number): number {
  if (p === 1) return Math.abs(way);
  return p === 2 ? way * way : Math.abs(way) ** p;
}

/**
 * The least cost of transport between masses on a line for costs |x - y|^p, with the slopes in
 * positions and masses.
 *
 * Mass moves in order of position, down a staircase of pairs (i, j) of which each step goes to the next
 * i or the next j. Along it `u_i + v_j = |x_i - y_j|^p`; as the cost is convex, the potentials found so
 * are feasible everywhere, at bins without mass too (Hoffman). Takes O(n + m).
 *
 * @param x The first side.
 * @param y The second side.
 * @param p The power, at least 1.
 * @returns The cost, W_p^p times the mass.
 */
export function transportOnLine(x: LineSide, y: LineSide, p: number): number {
  const n = x.order.length, m = y.order.length;
  x.slopes.fill(0);
  y.slopes.fill(0);
  let i = 0, j = 0, k = x.order[0], l = y.order[0], cost = 0;
  let left = x.masses[x.offset + k], missing = y.masses[y.offset + l];
  x.potentials[k] = 0;
  y.potentials[l] = lineCost(x.positions[k] - y.positions[l], p);
  while (true) {
    const moved = Math.min(left, missing), way = x.positions[k] - y.positions[l];
    if (moved > 0 && way !== 0) {
      const price = moved * lineCost(way, p), slope = p * price / way;
      cost += price;
      x.slopes[k] += slope;
      y.slopes[l] -= slope;
    }
    left -= moved;
    missing -= moved;
    // What rounding leaves over at the end of one side stays.
    if (i < n - 1 && (left <= missing || j === m - 1)) {
      k = x.order[++i];
      left = x.masses[x.offset + k];
      x.potentials[k] = lineCost(x.positions[k] - y.positions[l], p) - y.potentials[l];
    } else if (j < m - 1) {
      l = y.order[++j];
      missing = y.masses[y.offset + l];
      y.potentials[l] = lineCost(x.positions[k] - y.positions[l], p) - x.potentials[k];
    } else return cost;
  }
}
