/**
 * The part of a transport problem that holds mass.
 *
 * @module
 */
import type { TransportProblem } from "../types.ts";

/** A problem without its empty bins, and which bins are left. */
export interface SupportedProblem extends TransportProblem {
  /** Bin of the first histogram behind each row. */
  readonly rows: Int32Array;
  /** Bin of the second histogram behind each column. */
  readonly columns: Int32Array;
}

/**
 * Leaves the empty bins out. The costs are copied only where there are any; otherwise they are read
 * where they are.
 *
 * @param problem Masses and costs.
 * @returns The problem between bins with mass.
 */
export function leaveOutEmptyBins(problem: TransportProblem): SupportedProblem {
  const { a, b, cost } = problem;
  const rows = _binsWithMass(a), columns = _binsWithMass(b);
  if (rows.length === a.length && columns.length === b.length) return { a, b, cost, rows, columns };
  const n = rows.length, m = columns.length;
  const kept = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    const from = rows[i] * b.length, to = i * m;
    for (let j = 0; j < m; j++) kept[to + j] = cost[from + columns[j]];
  }
  return {
    a: Float64Array.from(rows, (i) => a[i]),
    b: Float64Array.from(columns, (j) => b[j]),
    cost: kept,
    rows,
    columns,
  };
}

function _binsWithMass(masses: Float64Array): Int32Array {
  const bins = new Int32Array(masses.length);
  let count = 0;
  for (let k = 0; k < masses.length; k++) if (masses[k] > 0) bins[count++] = k;
  return bins.subarray(0, count);
}
