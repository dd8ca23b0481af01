/**
 * Many EMDs between the rows of two batches: the job that one thread or a pool of workers does.
 *
 * @module
 */
import { MetricCertifier } from "./metric_simplex/certificate.ts";
import { MetricSimplex } from "./metric_simplex/solver.ts";
import type { HistogramRows } from "./rows.ts";

/**
 * Which rows meet in pair p.
 *
 * - `aligned`: row p of x and row p of y.
 * - `product`: row floor(p / y.count) of x and row p mod y.count of y, all pairs.
 * - `triangle`: all i < j within x, in the order (1, 0), (2, 0), (2, 1), (3, 0), ...
 * - lists: row first[p] of x and row second[p] of y.
 */
export type Pairing =
  | "aligned"
  | "product"
  | "triangle"
  | { readonly first: Uint32Array; readonly second: Uint32Array };

/** A batch of pairs to solve. All arrays may lie in shared memory. */
export interface PairJob {
  /** The ground distance: a metric, row-major, size * size, up to 62 cells. */
  readonly distances: Float64Array;
  /** First histograms. */
  readonly x: HistogramRows;
  /** Second histograms; for `triangle` the same as x. */
  readonly y: HistogramRows;
  /** Which rows meet. */
  readonly pairing: Pairing;
  /** Receives the EMD of each pair. */
  readonly values: Float64Array;
  /** Receives the potential of each pair, size numbers each, when present. */
  readonly potentials?: Float64Array;
  /** The EMD of a pair in which a row has no mass (its potential is zero). */
  readonly emptyValue: number;
  /** Whether to certify every pair. */
  readonly certify: boolean;
}

/** What happened in a job. */
export interface PairTally {
  /** Pairs whose answer was proved optimal; 0 unless the job asked. Empty pairs need no proof. */
  certified: number;
  /** Pairs that ended without an optimum. */
  notOptimal: number;
}

/**
 * Solves part of a job, one pair after the other. Each pair's answer depends on that pair alone.
 *
 * @param job The job; its arrays receive the answers.
 * @param begin First pair.
 * @param end One past the last pair.
 * @returns The tally of this part.
 */
export function solvePairs(job: PairJob, begin: number, end: number): PairTally {
  const { x, y, distances, values, potentials } = job;
  const size = x.size, solver = new MetricSimplex(distances);
  const certifier = job.certify ? new MetricCertifier(distances) : undefined;
  const scratch = new Float64Array(size);
  const tally = { certified: 0, notOptimal: 0 };
  const rowsOf = _pairRows(job);
  const pair = { i: 0, j: 0 };
  for (let p = begin; p < end; p++) {
    rowsOf(p, pair);
    if (x.totals[pair.i] === 0 || y.totals[pair.j] === 0) {
      values[p] = job.emptyValue;
      potentials?.fill(0, p * size, (p + 1) * size);
      tally.certified += job.certify ? 1 : 0;
      continue;
    }
    const xOffset = pair.i * size, yOffset = pair.j * size;
    const value = solver.solve(x.fractions, xOffset, y.fractions, yOffset);
    values[p] = value;
    if (solver.status !== "optimal") tally.notOptimal++;
    if (potentials === undefined && certifier === undefined) continue;
    const phi = potentials ?? scratch, phiOffset = potentials === undefined ? 0 : p * size;
    solver.potential(phi, phiOffset);
    if (
      certifier?.certifies(
        solver,
        x.fractions,
        xOffset,
        y.fractions,
        yOffset,
        value,
        phi,
        phiOffset,
      )
    ) tally.certified++;
  }
  return tally;
}

/** How many pairs a job has. */
export function countPairs(x: HistogramRows, y: HistogramRows, pairing: Pairing): number {
  if (pairing === "aligned") return x.count;
  if (pairing === "product") return x.count * y.count;
  if (pairing === "triangle") return x.count * (x.count - 1) / 2;
  return pairing.first.length;
}

/** Says which rows meet in pair p, into an object that the caller reuses. */
function _pairRows(job: PairJob): (p: number, pair: { i: number; j: number }) => void {
  const { y, pairing } = job;
  if (pairing === "aligned") {
    return (p, pair) => {
      pair.i = pair.j = p;
    };
  }
  if (pairing === "product") {
    return (p, pair) => {
      pair.i = Math.floor(p / y.count);
      pair.j = p % y.count;
    };
  }
  if (pairing === "triangle") {
    return (p, pair) => {
      // Row i begins at i (i - 1) / 2; the square root may be off by one for large p.
      let i = Math.floor((1 + Math.sqrt(1 + 8 * p)) / 2);
      if (i * (i - 1) / 2 > p) i--;
      else if (i * (i + 1) / 2 <= p) i++;
      pair.i = i;
      pair.j = p - i * (i - 1) / 2;
    };
  }
  const { first, second } = pairing;
  return (p, pair) => {
    pair.i = first[p];
    pair.j = second[p];
  };
}
