import type { Batch } from "../../losses/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { DUAL_OUTPUTS } from "./dual_potential_network.ts";
import type { PairRows } from "./train_on_pairs.ts";
import type { LabelledBatch } from "./types.ts";

/** Differences of pairs of wafers, apart from their size. */
export interface ScaledDifferences {
  /** q = (x - y) / n of each pair, row-major; zeros where x = y. */
  readonly differences: Float64Array;
  /** n = |x - y|_1 of each pair, between 0 and 2. */
  readonly norms: Float64Array;
}

/** A difference below this many times the charge is rounding of their sums, as for the exact EMD. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Splits x - y into its size n = |x - y|_1 and its shape q = (x - y) / n. An EMD is n times a function
 * of q.
 *
 * @param x B rows of 48 charge fractions.
 * @param y B rows of 48 charge fractions.
 * @returns Shapes and sizes.
 *
 * @example
 * ```ts
 * import { scaledDifferences } from "./dual_potential_rows.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x.set([0.75, 0.25]);
 * y.set([0.25, 0.25, 0.5]);
 * const { differences, norms } = scaledDifferences(x, y);
 * assertEquals([norms[0], ...differences.subarray(0, 3)], [1, 0.5, 0, -0.5]);
 * ```
 */
export function scaledDifferences(x: Batch, y: Batch): ScaledDifferences {
  const differences = new Float64Array(x.length), norms = new Float64Array(x.length / CELLS);
  for (let row = 0; row < norms.length; row++) {
    const end = (row + 1) * CELLS;
    for (let k = end - CELLS; k < end; k++) {
      const difference = x[k] - y[k];
      if (Math.abs(difference) <= ROUNDING * Math.max(x[k], y[k])) continue;
      differences[k] = difference;
      norms[row] += Math.abs(difference);
    }
    if (norms[row] === 0) continue;
    for (let k = end - CELLS; k < end; k++) differences[k] /= norms[row];
  }
  return { differences, norms };
}

/**
 * What {@linkcode buildDualPotential} is shown of pairs, and {@linkcode dualPotentialLoss} is told.
 *
 * @param batch The pairs.
 * @returns Inputs: 48 numbers q. Targets: the 48 q again and the EMD for |x - y|_1 = 1.
 */
export function dualPotentialRows({ x, y, emd, count }: LabelledBatch): PairRows {
  const { differences, norms } = scaledDifferences(x, y);
  const inputs = Float32Array.from(differences);
  const targets = new Float32Array(count * DUAL_OUTPUTS);
  for (let row = 0; row < count; row++) {
    targets.set(inputs.subarray(row * CELLS, (row + 1) * CELLS), row * DUAL_OUTPUTS);
    targets[row * DUAL_OUTPUTS + CELLS] = emd[row] / norms[row];
  }
  return { inputs, targets };
}
