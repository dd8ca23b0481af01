/**
 * How the columns of a wafer table are called in files, and of which type they are.
 *
 * @module
 */
import { type CellOrder, CELLS } from "../../wafer/cells.ts";
import { PAPER_TO_TRAIN } from "../../wafer/orders.ts";

/** Names of the columns of charges: CALQ_0 to CALQ_47. */
export const CALQ_COLUMNS: readonly string[] = _numbered("CALQ");

/** Names of the columns of raw charges: TC_DATA_0 to TC_DATA_47. */
export const TC_DATA_COLUMNS: readonly string[] = _numbered("TC_DATA");

/** Further columns that hold whole numbers wherever a file can tell them from others. */
const WHOLE_COLUMNS: readonly string[] = [
  "event",
  "layer",
  "waferu",
  "waferv",
  "zside",
  "density",
];

/**
 * Finds the columns of charges in a header.
 *
 * @param names The names of all columns.
 * @returns Whether there are raw charges, or what is wrong: a name that occurs twice, or columns of
 * charges that are missing. Raw charges are there in all 48 columns or in none.
 */
export function findChargeColumns(
  names: readonly string[],
): { hasRaw: boolean } | { problem: string } {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return { problem: `column "${name}" occurs twice` };
    seen.add(name);
  }
  const missing = CALQ_COLUMNS.filter((name) => !seen.has(name));
  const missingRaw = TC_DATA_COLUMNS.filter((name) => !seen.has(name));
  if (missing.length === CELLS) {
    const begin = names.join().slice(0, 40);
    return {
      problem: `the header must name columns CALQ_0 to CALQ_${CELLS - 1}, ` +
        `current header begins with "${begin}"`,
    };
  }
  const hasRaw = missingRaw.length < CELLS;
  if (hasRaw) missing.push(...missingRaw);
  return missing.length === 0
    ? { hasRaw }
    : { problem: `column${missing.length > 1 ? "s" : ""} ${missing.join(", ")} missing` };
}

/**
 * Whether a column of this name holds charges or raw charges.
 *
 * @param name The name.
 * @returns True for CALQ_0 to CALQ_47 and TC_DATA_0 to TC_DATA_47.
 */
export function isChargeColumn(name: string): boolean {
  return CALQ_COLUMNS.includes(name) || TC_DATA_COLUMNS.includes(name);
}

/**
 * The cell of a numbered column.
 *
 * @param index The column's number, an integer in [0, 48).
 * @param order How the columns are numbered.
 * @returns The cell in train order.
 */
export function trainCell(index: number, order: CellOrder): number {
  return order === "paper" ? PAPER_TO_TRAIN[index] : index;
}

/**
 * The values of a further column in the type in which files keep them: whole numbers where the
 * column is known to hold those (layer, event and their like) and all of them are, else as they are.
 *
 * @param name The column's name.
 * @param values Its values.
 * @returns Whole numbers, or the values themselves.
 */
export function storedNumbers(name: string, values: Float64Array): Int32Array | Float64Array {
  return (WHOLE_COLUMNS.includes(name) ? asInt32(values) : undefined) ?? values;
}

/**
 * Numbers as whole numbers of 32 bits.
 *
 * @param values The numbers.
 * @returns The same numbers, or nothing when one is not whole or does not fit.
 */
export function asInt32(values: Float64Array | Float32Array): Int32Array | undefined {
  const whole = Int32Array.from(values);
  return whole.every((value, k) => value === values[k]) ? whole : undefined;
}

function _numbered(prefix: string): readonly string[] {
  return Object.freeze(Array.from({ length: CELLS }, (_, cell) => `${prefix}_${cell}`));
}
