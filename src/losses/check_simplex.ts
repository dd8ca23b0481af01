import { checkBatches } from "./check_batches.ts";
import type { Batch } from "./types.ts";

/** A row of 48 numbers in single precision sums to one up to a few times 1e-7. */
const TOLERANCE = 1e-5;

/**
 * Checks that target and output are batches of rows on the simplex: not negative, of sum one.
 *
 * @param name Name of the loss, for errors.
 * @param size Numbers in a row.
 * @param target B rows.
 * @param output B rows.
 * @returns B.
 * @throws {TypeError} As {@linkcode checkBatches}.
 * @throws {RangeError} As {@linkcode checkBatches}, or if a row does not sum to one within 1e-5.
 */
export function checkSimplex(name: string, size: number, target: Batch, output: Batch): number {
  const rows = checkBatches(name, size, target, output);
  for (const [batch, numbers] of [["target", target], ["output", output]] as const) {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = row * size; k < (row + 1) * size; k++) sum += numbers[k];
      if (Math.abs(sum - 1) <= TOLERANCE) continue;
      throw new RangeError(
        `Cannot compute ${name} of row ${row}: the ${batch} must sum to 1, current sum is ${sum}; ` +
          "normalised() lifts this loss to any scale",
      );
    }
  }
  return rows;
}
