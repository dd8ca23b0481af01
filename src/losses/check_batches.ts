import type { Batch } from "./types.ts";

/**
 * Checks that target and output are batches of the same number of rows.
 *
 * @param name Name of the loss, for errors.
 * @param size Numbers in a row.
 * @param target B rows.
 * @param output B rows.
 * @returns B.
 * @throws {TypeError} If a length is no multiple of the size, or the lengths differ.
 * @throws {RangeError} If a number is negative, NaN or infinite; it names batch, row and cell.
 */
export function checkBatches(name: string, size: number, target: Batch, output: Batch): number {
  if (target?.length !== output?.length || !(target.length % size === 0)) {
    throw new TypeError(
      `Cannot compute ${name}: target and output must be batches of the same number of rows of ${size}, ` +
        `current lengths are ${target?.length} and ${output?.length}`,
    );
  }
  for (const [batch, numbers] of [["target", target], ["output", output]] as const) {
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] >= 0 && numbers[i] !== Infinity) continue;
      throw new RangeError(
        `Cannot compute ${name} of row ${Math.floor(i / size)}: cell ${i % size} of the ${batch} ` +
          `must be >= 0 and finite, current value is ${numbers[i]}`,
      );
    }
  }
  return target.length / size;
}
