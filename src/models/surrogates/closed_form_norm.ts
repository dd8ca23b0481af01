import type { Batch } from "../../losses/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { WAFER_SYMMETRIES } from "../../wafer/symmetries.ts";
import { ConductorNet, LANES } from "./closed_form_flow.ts";
import type { ClosedFormTerms } from "./closed_form_terms.ts";

/**
 * The sign of s is taken as s / (|s| + ROUNDING): zero at zero, and not an accident of rounding where
 * a sum of fractions should be zero; above 1e-8 it is off by less than 1e-6. A division costs less
 * than a branch that nobody can foresee.
 */
const ROUNDING = 1e-14;

/**
 * The norm of a closed form, of the difference r = x - y of two wafers:
 *
 *     |r| = sum_s w_s |sum_{k in s} r_k| + sum_(ij) w_ij |phi_i - phi_j|
 *
 * over the turned copies of all its terms, phi being the potentials that currents r_k into the cells
 * of a {@linkcode ConductorNet} bring about, so that phi_i - phi_j is what flows from i to j. Each term
 * is the absolute value of a linear function of r: for weights >= 0 this is a norm.
 *
 * Sets that hold one another share running sums. One norm for each thread: it keeps the numbers that
 * it works on.
 */
export class ClosedFormNorm {
  /** Number of sums, turned copies included. */
  readonly sums: number;
  /** Number of flows, turned copies included. */
  readonly flows: number;
  /** For each sum the cells that it has beyond the one before, as places of their first lane. */
  readonly #cells: Uint8Array;
  readonly #begins: Uint32Array;
  /** 1 where a sum goes on from the one before, 0 where it begins anew. */
  readonly #goesOn: Float64Array;
  readonly #weights: Float64Array;
  /** Both ends of each edge, as places of their first lane. */
  readonly #ends: Uint8Array;
  readonly #edgeWeights: Float64Array;
  readonly #net = new ConductorNet();

  readonly #difference = new Float64Array(CELLS * LANES);
  readonly #potential = new Float64Array(CELLS * LANES);
  readonly #slope = new Float64Array(CELLS * LANES);
  readonly #signed: Float64Array;
  readonly #values = new Float64Array(LANES);

  /**
   * Prepares the norm.
   *
   * @param terms Its terms.
   */
  constructor(terms: ClosedFormTerms) {
    const sums = terms.sums.flatMap((chain) =>
      WAFER_SYMMETRIES.flatMap((turn) => _sums(chain, turn))
    );
    this.#cells = Uint8Array.from(sums.flatMap(({ cells }) => cells));
    this.#begins = new Uint32Array(sums.length + 1);
    sums.forEach(({ cells }, k) => this.#begins[k + 1] = this.#begins[k] + cells.length);
    this.#goesOn = Float64Array.from(sums, ({ isFirst }) => isFirst ? 0 : 1);
    this.#weights = Float64Array.from(sums, ({ weight }) => weight);
    const edges = terms.flows.flatMap(({ from, to, weight }) =>
      WAFER_SYMMETRIES.map((turn) => ({ ends: [LANES * turn[from], LANES * turn[to]], weight }))
    );
    this.#ends = Uint8Array.from(edges.flatMap(({ ends }) => ends));
    this.#edgeWeights = Float64Array.from(edges, ({ weight }) => weight);
    this.#signed = new Float64Array(LANES * sums.length);
    this.sums = sums.length;
    this.flows = edges.length;
  }

  /**
   * The norms of x - y for B pairs.
   *
   * @param x B rows of 48 fractions.
   * @param y B rows likewise.
   * @param values Receives the norms, length B.
   * @param gradient Receives d |x - y| / d y, centred: each row sums to zero; length B * 48. Where a
   * term is zero, its part of the gradient is zero too, which makes it a subgradient.
   */
  evaluate(x: Batch, y: Batch, values: Float64Array, gradient?: Float64Array): void {
    const rows = values.length;
    for (let row = 0; row < rows; row += LANES) {
      const lanes = Math.min(LANES, rows - row);
      this.#take(x, y, row, lanes);
      this.#values.fill(0);
      this.#addSums(gradient !== undefined);
      if (this.flows > 0) this.#addFlows(gradient !== undefined);
      for (let lane = 0; lane < lanes; lane++) values[row + lane] = this.#values[lane];
      if (gradient !== undefined) this.#give(gradient, row, lanes);
    }
  }

  /** Differences, cell by cell; lanes without a pair are zero. */
  #take(x: Batch, y: Batch, row: number, lanes: number): void {
    const difference = this.#difference;
    if (lanes < LANES) difference.fill(0);
    for (let lane = 0; lane < lanes; lane++) {
      const offset = (row + lane) * CELLS;
      for (let cell = 0; cell < CELLS; cell++) {
        difference[cell * LANES + lane] = x[offset + cell] - y[offset + cell];
      }
    }
  }

  #addSums(withSlopes: boolean): void {
    const cells = this.#cells, begins = this.#begins, goesOn = this.#goesOn;
    const weights = this.#weights, signed = this.#signed;
    const r = this.#difference, values = this.#values;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    let v0 = 0, v1 = 0, v2 = 0, v3 = 0;
    for (let sum = 0; sum < weights.length; sum++) {
      const before = goesOn[sum], end = begins[sum + 1], weight = weights[sum];
      s0 *= before;
      s1 *= before;
      s2 *= before;
      s3 *= before;
      for (let step = begins[sum]; step < end; step++) {
        const k = cells[step];
        s0 += r[k];
        s1 += r[k + 1];
        s2 += r[k + 2];
        s3 += r[k + 3];
      }
      const a0 = Math.abs(s0), a1 = Math.abs(s1), a2 = Math.abs(s2), a3 = Math.abs(s3);
      v0 += weight * a0;
      v1 += weight * a1;
      v2 += weight * a2;
      v3 += weight * a3;
      if (!withSlopes) continue;
      const at = sum * LANES;
      signed[at] = weight * s0 / (a0 + ROUNDING);
      signed[at + 1] = weight * s1 / (a1 + ROUNDING);
      signed[at + 2] = weight * s2 / (a2 + ROUNDING);
      signed[at + 3] = weight * s3 / (a3 + ROUNDING);
    }
    values[0] = v0;
    values[1] = v1;
    values[2] = v2;
    values[3] = v3;
    if (withSlopes) this.#slopesOfSums();
  }

  /** The slope in a cell: the signed weights of all sums that it is in, by running sums backwards. */
  #slopesOfSums(): void {
    const cells = this.#cells, begins = this.#begins, goesOn = this.#goesOn;
    const signed = this.#signed, slope = this.#slope;
    slope.fill(0);
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (let sum = goesOn.length - 1; sum >= 0; sum--) {
      const before = goesOn[sum], end = begins[sum + 1], at = sum * LANES;
      s0 += signed[at];
      s1 += signed[at + 1];
      s2 += signed[at + 2];
      s3 += signed[at + 3];
      for (let step = begins[sum]; step < end; step++) {
        const k = cells[step];
        slope[k] += s0;
        slope[k + 1] += s1;
        slope[k + 2] += s2;
        slope[k + 3] += s3;
      }
      s0 *= before;
      s1 *= before;
      s2 *= before;
      s3 *= before;
    }
  }

  #addFlows(withSlopes: boolean): void {
    const ends = this.#ends, weights = this.#edgeWeights, values = this.#values;
    const phi = this.#potential, charge = this.#difference;
    phi.set(this.#difference);
    this.#net.solve(phi);
    // Differences have done their work: their place is taken by slopes in potentials.
    if (withSlopes) charge.fill(0);
    let v0 = values[0], v1 = values[1], v2 = values[2], v3 = values[3];
    for (let edge = 0; edge < weights.length; edge++) {
      const i = ends[2 * edge], j = ends[2 * edge + 1], weight = weights[edge];
      const f0 = phi[i] - phi[j], f1 = phi[i + 1] - phi[j + 1];
      const f2 = phi[i + 2] - phi[j + 2], f3 = phi[i + 3] - phi[j + 3];
      const a0 = Math.abs(f0), a1 = Math.abs(f1), a2 = Math.abs(f2), a3 = Math.abs(f3);
      v0 += weight * a0;
      v1 += weight * a1;
      v2 += weight * a2;
      v3 += weight * a3;
      if (!withSlopes) continue;
      const g0 = weight * f0 / (a0 + ROUNDING), g1 = weight * f1 / (a1 + ROUNDING);
      const g2 = weight * f2 / (a2 + ROUNDING), g3 = weight * f3 / (a3 + ROUNDING);
      charge[i] += g0;
      charge[i + 1] += g1;
      charge[i + 2] += g2;
      charge[i + 3] += g3;
      charge[j] -= g0;
      charge[j + 1] -= g1;
      charge[j + 2] -= g2;
      charge[j + 3] -= g3;
    }
    values[0] = v0;
    values[1] = v1;
    values[2] = v2;
    values[3] = v3;
    if (!withSlopes) return;
    this.#net.solve(charge);
    const slope = this.#slope;
    for (let k = 0; k < slope.length; k++) slope[k] += charge[k];
  }

  /** Slopes in r are those in y with the other sign. */
  #give(gradient: Float64Array, row: number, lanes: number): void {
    const slope = this.#slope;
    for (let lane = 0; lane < lanes; lane++) {
      const offset = (row + lane) * CELLS;
      let mean = 0;
      for (let cell = 0; cell < CELLS; cell++) mean += slope[cell * LANES + lane];
      mean /= CELLS;
      for (let cell = 0; cell < CELLS; cell++) {
        gradient[offset + cell] = mean - slope[cell * LANES + lane];
      }
    }
  }
}

/** The sets of a chain that have a weight, turned, each by the cells that it has more than the last. */
function _sums(
  { cells, weights }: ClosedFormTerms["sums"][number],
  turn: readonly number[],
): { cells: number[]; weight: number; isFirst: boolean }[] {
  const sums = [];
  let begin = 0;
  for (let k = 0; k < weights.length; k++) {
    if (!(weights[k] > 0)) continue;
    sums.push({
      cells: cells.slice(begin, k + 1).map((cell) => LANES * turn[cell]),
      weight: weights[k],
      isFirst: begin === 0,
    });
    begin = k + 1;
  }
  return sums;
}
