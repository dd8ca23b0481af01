/**
 * Writing wafers as Parquet, the format of pandas, pyarrow and their kin.
 *
 * @module
 */
import { ByteWriter, ParquetWriter, type SchemaElement } from "npm:hyparquet-writer@0.17.0";
import { CELLS } from "../../wafer/cells.ts";
import {
  asInt32,
  CALQ_COLUMNS,
  isChargeColumn,
  storedNumbers,
  TC_DATA_COLUMNS,
} from "./stored_columns.ts";
import {
  type Charges,
  type Column,
  requireSameColumns,
  validateWafers,
  type WaferTable,
} from "../wafer_table.ts";
import { wholeEvents } from "./whole_events.ts";

/** Options of {@linkcode waferParquetPieces}. */
export interface WaferParquetFormatOptions {
  /**
   * Wafers in a row group; the last may have fewer, and one has more where its last event goes on.
   *
   * @default {16384}
   */
  rowGroupRows?: number;
  /**
   * Types of the numbers. The type of a column stands once in a file, so that with `auto` the first
   * row group decides: charges, raw charges, and the columns event, layer, waferu, waferv, zside and
   * density are INT32 if they hold whole numbers there; all others are DOUBLE. `double` makes all
   * columns of numbers DOUBLE.
   *
   * @default {"auto"}
   */
  numbers?: "auto" | "double";
}

/**
 * Tables of wafers as one Parquet file, in pieces of bounded length: flat columns CALQ_0 to CALQ_47
 * (train order), TC_DATA_0 to TC_DATA_47 where there are raw charges, and the further columns; texts
 * in UTF-8, pages compressed by Snappy.
 *
 * A row group holds whole events. The bytes depend on the wafers alone, not on how these are spread
 * over tables. A piece is a row group of some megabytes; besides it, memory holds about a kilobyte
 * for each column of each row group, as the file's end lists them, and the numbers of the events.
 *
 * @param tables The tables, all with the same columns, and charges in the same class of array.
 * @param options Size of the row groups, types of numbers.
 * @returns The pieces, which together are the file. No wafers, no bytes.
 * @throws {TypeError} If shapes do not fit, tables have unlike columns, a column is named as one of
 * charges, the wafers of an event do not follow each other, a text holds half a surrogate pair, or
 * a column of whole numbers meets another number after its first row group.
 * @throws {RangeError} If an option has an impossible value, or a charge is negative, NaN or
 * infinite.
 *
 * @example
 * ```ts
 * import { readWaferParquet, waferParquetPieces, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(96).fill(7), { kind: ["electron", "photon"] });
 * const file = new Blob(await Array.fromAsync(waferParquetPieces([table])));
 * const tables = readWaferParquet(await file.arrayBuffer());
 * assertEquals(await Array.fromAsync(tables), [table]);
 * ```
 */
export async function* waferParquetPieces<C extends Charges>(
  tables: Iterable<WaferTable<C>> | AsyncIterable<WaferTable<C>>,
  options: WaferParquetFormatOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { rowGroupRows = 16384, numbers = "auto" } = options;
  if (!Number.isInteger(rowGroupRows) || rowGroupRows < 1) {
    throw new RangeError(
      `Cannot write wafers: rowGroupRows must be an integer >= 1, current value is ${rowGroupRows}`,
    );
  }
  const groups = wholeEvents(_checked(tables), {
    rows: rowGroupRows,
    at: (row) => `Cannot write wafers: row ${row}`,
  });
  const bytes = new ByteWriter();
  let file: { schema: SchemaElement[]; writer: ParquetWriter } | undefined;
  for await (const group of groups) {
    const columns = _columnsOf(group);
    if (file === undefined) {
      const schema = _schema(group, numbers);
      file = { schema, writer: new ParquetWriter({ writer: bytes, schema }) };
    }
    const columnData = file.schema.slice(1).map((element) => {
      const { name } = element;
      return { name, data: _stored(element, columns.get(name)!()) };
    });
    file.writer.write({ columnData, rowGroupSize: group.count });
    yield _take(bytes);
  }
  if (file === undefined) return;
  file.writer.finish();
  yield _take(bytes);
}

/** The tables as they come, each of them checked. */
async function* _checked<C extends Charges>(
  tables: Iterable<WaferTable<C>> | AsyncIterable<WaferTable<C>>,
): AsyncGenerator<WaferTable<C>, void, undefined> {
  let first: WaferTable<C> | undefined;
  for await (const table of tables) {
    validateWafers(table);
    if (first !== undefined) requireSameColumns(first, table, "write a table of wafers");
    else {
      const taken = Object.keys(table.columns).find(isChargeColumn);
      if (taken !== undefined) {
        throw new TypeError(
          `Cannot write wafers: column ${taken} has the name of a column of charges`,
        );
      }
    }
    first ??= table;
    yield table;
  }
}

/** How to get the values of each column of a file: one at a time is made. */
function _columnsOf(table: WaferTable<Charges>): Map<string, () => Column> {
  const { count, charges, rawCharges, columns } = table;
  const ofCell = (all: Charges, cell: number) => () =>
    Float64Array.from({ length: count }, (_, wafer) => all[wafer * CELLS + cell]);
  return new Map<string, () => Column>([
    ...CALQ_COLUMNS.map((name, cell) => [name, ofCell(charges, cell)] as const),
    ...(rawCharges ? TC_DATA_COLUMNS : [])
      .map((name, cell) => [name, ofCell(rawCharges!, cell)] as const),
    ...Object.entries(columns).map(([name, column]) => [name, () => column] as const),
  ]);
}

/** The type of each column. All charges share one, and all raw charges: so do readers expect it. */
function _schema(table: WaferTable<Charges>, numbers: "auto" | "double"): SchemaElement[] {
  const typeOf = (isWhole: boolean) => numbers === "auto" && isWhole ? "INT32" : "DOUBLE";
  const required = { repetition_type: "REQUIRED" } as const;
  const ofCharges = (names: readonly string[], charges: Charges): SchemaElement[] => {
    const type = typeOf(asInt32(charges) !== undefined);
    return names.map((name) => ({ name, type, ...required }));
  };
  const elements = [
    ...ofCharges(CALQ_COLUMNS, table.charges),
    ...(table.rawCharges ? ofCharges(TC_DATA_COLUMNS, table.rawCharges) : []),
    ...Object.entries(table.columns).map(([name, values]): SchemaElement =>
      values instanceof Float64Array
        ? { name, type: typeOf(storedNumbers(name, values) instanceof Int32Array), ...required }
        : { name, type: "BYTE_ARRAY", converted_type: "UTF8", ...required }
    ),
  ];
  return [{ name: "root", num_children: elements.length }, ...elements];
}

/** The values of a column in the type that the file has for it. */
function _stored(element: SchemaElement, values: Column): Float64Array | Int32Array | string[] {
  if (!(values instanceof Float64Array)) {
    const broken = values.find((text) => !text.isWellFormed());
    if (broken === undefined) return [...values];
    throw new TypeError(
      `Cannot write wafers: column ${element.name}: a text must not hold half a surrogate pair, ` +
        `current value is ${JSON.stringify(broken)}`,
    );
  }
  if (element.type === "DOUBLE") return values;
  const whole = asInt32(values);
  if (whole !== undefined) return whole;
  throw new TypeError(
    `Cannot write wafers: column ${element.name}: whole numbers of 32 bits are needed as in the ` +
      `first row group, current value is ${values.find((value) => (value | 0) !== value)} ` +
      `(the option numbers: "double" allows others)`,
  );
}

/** The bytes written so far; the writer goes on with an empty buffer. */
function _take(bytes: ByteWriter): Uint8Array<ArrayBuffer> {
  const taken = bytes.getBytes().slice();
  bytes.index = 0;
  return taken;
}
