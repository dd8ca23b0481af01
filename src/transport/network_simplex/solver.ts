/**
 * A primal network simplex for dense transport problems of any size and cost.
 *
 * @module
 */
import type {
  DualPotentials,
  TransportProblem,
  TransportSolution,
  TransportStatus,
} from "../types.ts";
import { matrixMinimum } from "./matrix_minimum.ts";
import { type Basis, pivot } from "./pivot.ts";
import { SpanningTree } from "./spanning_tree.ts";
import { leaveOutEmptyBins, type SupportedProblem } from "./support.ts";

/** Options of {@linkcode networkSimplex}. */
export interface NetworkSimplexOptions {
  /**
   * Cap on the number of pivots. Some ten to forty per bin are usual.
   *
   * @default 1000 per bin
   */
  readonly maxPivots?: number;
}

/**
 * Columns of a row that are priced before a pivot: in a longer row the best arc of each part enters.
 * At 100 x 5000, parts of 1000 take 0.75 times as long as whole rows. Parts of 500 take 0.9 to 1 times
 * as long at 1000 x 1000, 1 to 1.15 times at 2000 x 2000. Two rows a pivot take 1.05 to 1.2 times as
 * long as one; lists of candidates from 16 rows 0.9 to 1.2 times.
 */
const COLUMNS_PRICED = 1000;

/**
 * Reduced costs above minus this times the largest number that went into them are taken for rounding:
 * its own terms, and all that was added up along the tree for the two potentials. A potential near
 * zero may be what large ones leave of each other, and pivots on its rounding go round for ever.
 */
const ROUNDING = 1e-13;

/**
 * Solves a transport problem by the primal network simplex: any non-negative cost, rectangular, and
 * no metric needed.
 *
 * The steps:
 *
 * 1. {@linkcode leaveOutEmptyBins}: only bins with mass take part.
 * 2. {@linkcode matrixMinimum}: a first tree, along the cheapest arcs.
 * 3. Sweeps over all arcs, a row after the other; the arc of most negative reduced cost in each row
 *    enters ({@linkcode pivot}). Each sweep begins with potentials computed anew from the tree, so
 *    that rounding does not add up; one without a pivot proves the tree optimal.
 *
 * It checks nothing: the caller hands it finite numbers that are not negative, some mass, and totals
 * that are equal up to rounding.
 *
 * @param problem Masses and costs; the costs are read where they are and not changed.
 * @param options A cap on pivots.
 * @returns Value, status and pivots; plan and potentials on request.
 *
 * @example
 * ```ts
 * import { networkSimplex } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const a = Float64Array.of(3, 0, 1), b = Float64Array.of(2, 2);
 * const solution = networkSimplex({ a, b, cost: Float64Array.of(1, 5, 0, 0, 2, 4) });
 * assertEquals([solution.value, solution.status], [2 * 1 + 1 * 5 + 1 * 4, "optimal"]);
 * assertEquals([...solution.plan()], [2, 1, 0, 0, 0, 1]);
 * ```
 */
export function networkSimplex(
  problem: TransportProblem,
  options: NetworkSimplexOptions = {},
): TransportSolution {
  const supported = leaveOutEmptyBins(problem);
  const { a, b, cost } = supported;
  const { parent, flow, topDown } = matrixMinimum(a, b, cost);
  const potential = new Float64Array(a.length + b.length);
  const basis: _PricedBasis = {
    tree: new SpanningTree(parent, topDown),
    flow,
    potential,
    scale: new Float64Array(potential.length),
  };
  const maxPivots = options.maxPivots ?? 1000 * (a.length + b.length);
  const { status, pivots } = _pivotToOptimum(basis, cost, a.length, maxPivots);
  return {
    value: _flowTimesCost(basis, cost, a.length),
    status,
    pivots,
    plan: () => _plan(problem, supported, basis),
    potentials: () => _potentials(problem, supported, basis),
  };
}

/** A basis whose potentials know how large the numbers were that they were made of. */
interface _PricedBasis extends Basis {
  /** Of each node the largest potential and cost on its way to the root, when last computed anew. */
  readonly scale: Float64Array;
}

function _pivotToOptimum(
  basis: _PricedBasis,
  cost: Float64Array,
  n: number,
  maxPivots: number,
): { status: TransportStatus; pivots: number } {
  let pivots = 0;
  while (true) {
    _tightenTree(basis, cost, n);
    const paying = _sweep(basis, cost, n, maxPivots - pivots);
    if (paying === 0) return { status: "optimal", pivots };
    if (pivots + paying > maxPivots) return { status: "iteration_limit", pivots: maxPivots };
    pivots += paying;
  }
}

/** Potentials that make every arc of the tree tight, from 0 at the root. */
function _tightenTree(basis: _PricedBasis, cost: Float64Array, n: number): void {
  const { tree: { root, parent, next }, potential, scale } = basis;
  const m = potential.length - n;
  potential[root] = scale[root] = 0;
  for (let node = next[root]; node !== root; node = next[node]) {
    const up = parent[node];
    const length = node < n ? cost[node * m + up - n] : cost[up * m + node - n];
    potential[node] = node < n ? potential[up] + length : potential[up] - length;
    scale[node] = Math.max(scale[up], length, Math.abs(potential[node]));
  }
}

/**
 * Prices every arc once, in parts of rows, and pivots where one pays.
 *
 * @returns The number of arcs that paid; the sweep ends at the first one beyond `maxPivots`.
 */
function _sweep(basis: _PricedBasis, cost: Float64Array, n: number, maxPivots: number): number {
  const { potential, scale } = basis;
  const nodes = potential.length, m = nodes - n;
  let paying = 0;
  for (let row = 0; row < n; row++) {
    const base = row * m - n;
    for (let from = n; from < nodes; from += COLUMNS_PRICED) {
      const to = Math.min(from + COLUMNS_PRICED, nodes), u = potential[row];
      const column = _cheapestColumn(cost, potential, base, from, to, u);
      if (column < 0) continue;
      const c = cost[base + column], minusV = potential[column], reducedCost = c + minusV - u;
      const terms = Math.max(c, Math.abs(u), Math.abs(minusV), scale[row], scale[column]);
      if (-reducedCost <= ROUNDING * terms) continue;
      if (++paying > maxPivots) return paying;
      pivot(basis, n, row, column, reducedCost);
    }
  }
  return paying;
}

/** Column of the most negative reduced cost in a part of a row, or -1 where there is none. */
function _cheapestColumn(
  cost: Float64Array,
  potential: Float64Array,
  base: number,
  from: number,
  to: number,
  u: number,
): number {
  let least = u, column = -1;
  for (let j = from; j < to; j++) {
    const price = cost[base + j] + potential[j];
    if (price < least) {
      least = price;
      column = j;
    }
  }
  return column;
}

function _flowTimesCost({ tree: { parent }, flow }: Basis, cost: Float64Array, n: number): number {
  const m = flow.length - n;
  let value = 0;
  for (let node = 0; node < flow.length; node++) {
    const up = parent[node];
    if (up < 0) continue;
    value += flow[node] * (node < n ? cost[node * m + up - n] : cost[up * m + node - n]);
  }
  return value;
}

function _plan(problem: TransportProblem, supported: SupportedProblem, basis: Basis): Float64Array {
  const { tree: { parent }, flow } = basis;
  const { rows, columns } = supported;
  const n = rows.length, width = problem.b.length;
  const plan = new Float64Array(problem.cost.length);
  for (let node = 0; node < flow.length; node++) {
    const up = parent[node];
    if (up < 0) continue;
    const row = node < n ? node : up, column = node < n ? up - n : node - n;
    plan[rows[row] * width + columns[column]] = flow[node];
  }
  return plan;
}

/**
 * The largest feasible potentials that agree with the tree in the columns that hold mass: first
 * those of all rows, `u_i = min_j (cost_ij - v_j)`, then those of the empty columns likewise.
 */
function _potentials(
  problem: TransportProblem,
  supported: SupportedProblem,
  basis: Basis,
): DualPotentials {
  const { cost } = problem, { rows, columns } = supported;
  const height = problem.a.length, width = problem.b.length;
  const u = new Float64Array(height).fill(Infinity), v = new Float64Array(width).fill(Infinity);
  columns.forEach((j, column) => v[j] = -basis.potential[rows.length + column]);
  for (let i = 0; i < height; i++) {
    for (let column = 0; column < columns.length; column++) {
      const j = columns[column];
      u[i] = Math.min(u[i], cost[i * width + j] - v[j]);
    }
  }
  if (columns.length === width) return { a: u, b: v };
  // This leaves the columns with mass as they are.
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) v[j] = Math.min(v[j], cost[i * width + j] - u[i]);
  }
  return { a: u, b: v };
}
