import { largestValue } from "../totals.ts";
import type { MetricSimplex } from "./solver.ts";

/** Largest error of a marginal, in units of the total mass. */
const MARGINAL_TOLERANCE = 1e-14;
/** Largest gap between primal and dual, and largest excess over 1-Lipschitz, in distance. */
const DISTANCE_TOLERANCE = 1e-12;

/**
 * Proves or disproves the answers of a {@linkcode MetricSimplex} without trusting how it got them.
 *
 * A flow that turns x into y costs at least the EMD; a 1-Lipschitz potential gives at most the EMD
 * (Kantorovich and Rubinstein). Where both meet, both are optimal. Takes O(size^2).
 */
export class MetricCertifier {
  readonly #distances: Float64Array;
  readonly #size: number;
  readonly #maxDistance: number;
  readonly #from = new Uint8Array(64);
  readonly #to = new Uint8Array(64);
  readonly #mass = new Float64Array(64);
  readonly #residual: Float64Array;

  /**
   * Sets up a certifier for one ground distance.
   *
   * @param distances The metric, row-major, size * size.
   */
  constructor(distances: Float64Array) {
    this.#distances = distances;
    this.#size = Math.round(Math.sqrt(distances.length));
    this.#maxDistance = largestValue(distances);
    this.#residual = new Float64Array(this.#size);
  }

  /**
   * Checks the last answer of a solver for histograms of total one.
   *
   * @param solver A solver that has just solved this pair.
   * @param x The first histogram, from xOffset.
   * @param xOffset Where it begins.
   * @param y The second histogram, from yOffset.
   * @param yOffset Where it begins.
   * @param value The EMD that the solver gave.
   * @param phi The potential that it gave.
   * @param phiOffset Where the potential begins.
   * @returns Whether flows and potential prove the value.
   */
  certifies(
    solver: MetricSimplex,
    x: Float64Array,
    xOffset: number,
    y: Float64Array,
    yOffset: number,
    value: number,
    phi: Float64Array,
    phiOffset: number,
  ): boolean {
    const distances = this.#distances, size = this.#size, residual = this.#residual;
    const slack = DISTANCE_TOLERANCE * this.#maxDistance;

    // Primal: the flows are not negative, turn x into y, and cost the value.
    const count = solver.flows(this.#from, this.#to, this.#mass);
    let primal = 0;
    for (let k = 0; k < size; k++) residual[k] = x[xOffset + k] - y[yOffset + k];
    for (let f = 0; f < count; f++) {
      const i = this.#from[f], j = this.#to[f], mass = this.#mass[f];
      if (!(mass >= 0)) return false;
      primal += mass * distances[i * size + j];
      residual[i] -= mass;
      residual[j] += mass;
    }
    if (!(Math.abs(primal - value) <= slack)) return false;
    for (let k = 0; k < size; k++) {
      if (!(Math.abs(residual[k]) <= MARGINAL_TOLERANCE)) return false;
    }

    // Dual: the potential is 1-Lipschitz on all cells and gives the value.
    let dual = 0;
    for (let i = 0; i < size; i++) {
      const phiI = phi[phiOffset + i], row = i * size;
      dual += phiI * (x[xOffset + i] - y[yOffset + i]);
      for (let j = 0; j < i; j++) {
        if (!(Math.abs(phiI - phi[phiOffset + j]) <= distances[row + j] + slack)) return false;
      }
    }
    return Math.abs(dual - value) <= slack;
  }
}
