/**
 * Writing wafers as CSV text.
 *
 * @module
 */
import { CELLS } from "../../wafer/cells.ts";
import { CALQ_COLUMNS, isChargeColumn, TC_DATA_COLUMNS } from "./stored_columns.ts";
import {
  type Charges,
  requireSameColumns,
  validateWafers,
  type WaferTable,
} from "../wafer_table.ts";
import { EventOrder } from "./whole_events.ts";

/** Wafers in a piece of text: a piece takes about a megabyte. */
const PIECE_ROWS = 4096;

/**
 * A table of wafers as CSV text: a header of CALQ_0 to CALQ_47 (train order), TC_DATA_0 to TC_DATA_47
 * where there are raw charges, and the further columns; then a line for each wafer.
 *
 * Numbers are written with as many digits as bring them back unchanged, NaN as an empty field.
 * {@linkcode parseWaferCsv} reads the text.
 *
 * @param table The wafers.
 * @returns The text, with "\n" after each line. For tables of millions of wafers use
 * {@linkcode waferCsvPieces}.
 * @throws {TypeError} If shapes do not fit, a column is named as one of charges, the wafers of an
 * event do not follow each other, or a text holds a line end or half a surrogate pair.
 * @throws {RangeError} If a charge is negative, NaN or infinite.
 *
 * @example
 * ```ts
 * import { formatWaferCsv, waferTable } from "@hexmover/hexmover/datasets";
 * import { assert } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(48), { eta: Float64Array.of(1.7) });
 * assert(formatWaferCsv(table).endsWith(",CALQ_47,eta\n" + "0,".repeat(48) + "1.7\n"));
 * ```
 */
export function formatWaferCsv(table: WaferTable<Charges>): string {
  new EventOrder(_at).add(table);
  return [..._pieces(table, true)].join("");
}

/**
 * Tables of wafers as one CSV text, in pieces of bounded length.
 *
 * @param tables The tables, all with the same columns.
 * @returns The pieces, the header first. No table, no text.
 * @throws {TypeError} If shapes do not fit, tables have unlike columns, a column is named as one of
 * charges, the wafers of an event do not follow each other, or a text holds a line end or half a
 * surrogate pair.
 * @throws {RangeError} If a charge is negative, NaN or infinite.
 *
 * @example
 * ```ts
 * import { waferCsvPieces, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(48));
 * const pieces = await Array.fromAsync(waferCsvPieces([table, table]));
 * assertEquals(pieces.join("").split("\n").length, 1 + 2 + 1);
 * ```
 */
export async function* waferCsvPieces(
  tables: Iterable<WaferTable<Charges>> | AsyncIterable<WaferTable<Charges>>,
): AsyncGenerator<string, void, undefined> {
  const order = new EventOrder(_at);
  let first: WaferTable<Charges> | undefined;
  for await (const table of tables) {
    if (first !== undefined) requireSameColumns(first, table, "write a table of wafers");
    order.add(table);
    // Columns keep the order of the first table.
    const names = Object.keys((first ?? table).columns);
    const columns = Object.fromEntries(names.map((name) => [name, table.columns[name]]));
    yield* _pieces({ ...table, columns }, first === undefined);
    first ??= table;
  }
}

function _at(row: number): string {
  return `Cannot write wafers: row ${row}`;
}

function* _pieces(
  table: WaferTable<Charges>,
  withHeader: boolean,
): Generator<string, void, undefined> {
  validateWafers(table);
  if (withHeader) yield _header(table);
  const columns = Object.values(table.columns);
  for (let start = 0; start < table.count; start += PIECE_ROWS) {
    const end = Math.min(start + PIECE_ROWS, table.count);
    let text = "";
    for (let wafer = start; wafer < end; wafer++) {
      text += table.charges.subarray(wafer * CELLS, (wafer + 1) * CELLS).join();
      if (table.rawCharges !== undefined) {
        text += `,${table.rawCharges.subarray(wafer * CELLS, (wafer + 1) * CELLS).join()}`;
      }
      for (const column of columns) text += `,${_field(column[wafer])}`;
      text += "\n";
    }
    yield text;
  }
}

function _header(table: WaferTable<Charges>): string {
  const charges = table.rawCharges ? [...CALQ_COLUMNS, ...TC_DATA_COLUMNS] : CALQ_COLUMNS;
  const further = Object.keys(table.columns);
  const taken = further.find((name) => isChargeColumn(name.trim()));
  if (taken !== undefined) {
    throw new TypeError(`Cannot write wafers: column ${taken} has the name of a column of charges`);
  }
  return [...charges, ...further.map(_field)].join() + "\n";
}

function _field(value: number | string): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  if (/[\n\r]/.test(value) || !value.isWellFormed()) {
    throw new TypeError(
      "Cannot write wafers: a text must not hold a line end or half a surrogate pair, " +
        `current value is ${JSON.stringify(value)}`,
    );
  }
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
