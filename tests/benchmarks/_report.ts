/**
 * Numbers and tables that benchmarks share.
 *
 * @module
 */

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Prints rows in columns, the first row as their heads, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(
      "  " +
        row.map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])
        ).join("  "),
    );
  }
}
