import { assertMetric } from "../metric.ts";
import type { TransportStatus } from "../types.ts";
import { cancelCommonMass } from "./cancel.ts";
import { solveByNetworkSimplex } from "./fallback.ts";
import { pivotToOptimum } from "./pivot.ts";
import { guessPotentials, shipAlongCheapArcs, solveTreePotentials } from "./start.ts";
import { MAX_CELLS, Workspace } from "./workspace.ts";

/** Options of {@linkcode MetricSimplex}. */
export interface MetricSimplexOptions {
  /**
   * Cap on the pivots of one solve, after which the general network simplex takes over.
   *
   * @default 50 times the squared number of cells: never reached so far
   */
  readonly maxPivots?: number;
}

/**
 * Exact EMD on up to 62 cells with a metric ground distance, in microseconds: a transportation
 * simplex on the mass that the two histograms do not share.
 *
 * The steps of a solve, a function each:
 *
 * 1. {@linkcode cancelCommonMass}: mass common to both stays in place; the differences travel.
 * 2. {@linkcode guessPotentials}: a first guess of the dual potentials from mean distances.
 * 3. {@linkcode shipAlongCheapArcs}: a starting tree, arcs taken in order of reduced cost.
 * 4. {@linkcode solveTreePotentials}: the potentials of that tree.
 * 5. {@linkcode pivotToOptimum}: network simplex pivots until none pays.
 *
 * An instance owns its memory, solves one pair at a time and allocates nothing. After
 * {@linkcode solve} it answers for that pair until the next. It does not check
 * charges: callers hand it finite ones, not negative, of equal total.
 *
 * @example
 * ```ts
 * import { MetricSimplex } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Three cells on a line, one apart.
 * const solver = new MetricSimplex(Float64Array.of(0, 1, 2, 1, 0, 1, 2, 1, 0));
 * const x = Float64Array.of(0.5, 0.5, 0);
 * const y = Float64Array.of(0, 0.5, 0.5);
 * assertAlmostEquals(solver.solve(x, 0, y, 0), 1);
 * ```
 */
export class MetricSimplex {
  /** Number of cells. */
  readonly size: number;
  /** Pivots of the last solve. */
  pivots = 0;
  /** How the last solve ended. */
  status: TransportStatus = "optimal";
  readonly #work: Workspace;
  readonly #maxPivots: number;

  /**
   * Sets up a solver for one ground distance.
   *
   * @param distances A metric, row-major, size * size; kept by reference.
   * @param options The cap on pivots.
   * @throws {TypeError} If the matrix is not square.
   * @throws {RangeError} If it has no cells or more than 62, or is not a metric: cancelling common mass
   * would then give wrong answers.
   */
  constructor(distances: Float64Array, options: MetricSimplexOptions = {}) {
    const size = Math.round(Math.sqrt(distances.length));
    if (size * size !== distances.length) {
      throw new TypeError(
        `Cannot set up an EMD solver: distances must be a square matrix, current length is ${distances.length}`,
      );
    }
    if (size < 1 || size > MAX_CELLS) {
      throw new RangeError(
        `Cannot set up an EMD solver: the number of cells must be in [1, ${MAX_CELLS}], current value is ${size}`,
      );
    }
    assertMetric(distances, size);
    this.size = size;
    this.#work = new Workspace(distances, size);
    this.#maxPivots = options.maxPivots ?? 50 * size * size;
  }

  /**
   * Solves one pair.
   *
   * @param x Charges; the first histogram is `x[xOffset .. xOffset + size)`.
   * @param xOffset Where it begins.
   * @param y Charges; the second histogram, of the same total.
   * @param yOffset Where it begins.
   * @returns The EMD: distance times charge.
   */
  solve(x: Float64Array, xOffset: number, y: Float64Array, yOffset: number): number {
    const work = this.#work;
    this.pivots = 0;
    this.status = "optimal";
    if (!cancelCommonMass(work, x, xOffset, y, yOffset)) return 0;
    guessPotentials(work);
    shipAlongCheapArcs(work);
    solveTreePotentials(work);
    this.pivots = pivotToOptimum(work, this.#maxPivots);
    if (this.pivots < 0) {
      const { status, pivots } = solveByNetworkSimplex(work, x, xOffset, y, yOffset);
      this.status = status;
      this.pivots = this.#maxPivots + pivots;
    }
    return _flowTimesCost(work);
  }

  /**
   * Writes the Kantorovich potential phi of the last pair: 1-Lipschitz on all cells, with
   * `EMD = sum_k phi_k (x_k - y_k)`. Hence `phi` is a gradient of the EMD in x and `-phi` one in y.
   *
   * A cell that takes part in the transport has its potential from the tree. These are 1-Lipschitz at
   * the optimum: with d(i, j) + phi_j = phi_i on an arc (i, j) of the tree, and phi_i <= d(i, l) +
   * phi_l on any other, phi_j <= d(i, l) - d(i, j) + phi_l <= d(j, l) + phi_l. In all other cells the
   * largest 1-Lipschitz function is taken (McShane): `phi_k = min_j (d(k, j) + phi_j)` over the sinks.
   *
   * @param phi Receives `size` numbers.
   * @param offset Where they begin. Default 0.
   */
  potential(phi: Float64Array, offset = 0): void {
    const { n, m, size, distances, cell, potential } = this.#work;
    if (n === 0) {
      phi.fill(0, offset, offset + size);
      return;
    }
    phi.fill(Infinity, offset, offset + size);
    if (this.status === "optimal") {
      for (let node = 0; node < n + m; node++) phi[offset + cell[node]] = potential[node];
    }
    for (let k = 0; k < size; k++) {
      if (phi[offset + k] !== Infinity) continue;
      const row = k * size;
      let least = Infinity;
      for (let j = n; j < n + m; j++) {
        const bound = distances[row + cell[j]] + potential[j];
        if (bound < least) least = bound;
      }
      phi[offset + k] = least;
    }
  }

  /**
   * Writes the optimal flows of the last pair: the mass that leaves its cell, at most size - 1
   * arcs. What both histograms hold in a cell stays there and is not listed.
   *
   * @param from Receives the cell that each flow leaves.
   * @param to Receives the cell that it reaches.
   * @param mass Receives its mass, positive.
   * @returns The number of flows.
   */
  flows(from: Uint8Array, to: Uint8Array, mass: Float64Array): number {
    const { n, m, cell, parent, flow } = this.#work;
    let count = 0;
    for (let k = 0; k < n + m; k++) {
      const up = parent[k];
      if (up < 0 || flow[k] <= 0) continue;
      from[count] = cell[k < n ? k : up];
      to[count] = cell[k < n ? up : k];
      mass[count++] = flow[k];
    }
    return count;
  }
}

function _flowTimesCost(work: Workspace): number {
  const { n, m, stride, parent, flow, cost } = work;
  let value = 0;
  for (let k = 0; k < n + m; k++) {
    const up = parent[k];
    if (up >= 0) value += flow[k] * (k < n ? cost[k * stride + up - n] : cost[up * stride + k - n]);
  }
  return value;
}
