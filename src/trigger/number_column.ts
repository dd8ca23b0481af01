import type { WaferTable } from "../datasets/wafer_table.ts";

/**
 * A column of numbers that the trigger needs.
 *
 * @param table The wafers.
 * @param name Name of the column.
 * @returns Its numbers.
 * @throws {TypeError} If there is no such column, or it holds texts.
 */
export function numberColumn(table: WaferTable, name: string): Float64Array {
  const column = table.columns[name];
  if (column instanceof Float64Array) return column;
  throw new TypeError(
    `Cannot run the trigger: wafers must have a column ${name} of numbers, ` +
      `current columns are ${Object.keys(table.columns).join(", ") || "none"}`,
  );
}
