/**
 * Tables of named columns in files, for rows that are no wafers any more.
 *
 * @module
 */
import { openByteSource } from "../../src/datasets/formats/byte_source_deno.ts";
import { npzBytes, parseNpz } from "../../src/datasets/formats/npz.ts";
import { storedNumbers } from "../../src/datasets/formats/stored_columns.ts";
import { writeWholeFile } from "../../src/datasets/formats/whole_file_deno.ts";
import type { Column } from "../../src/datasets/wafer_table.ts";
import { columnCsvPieces, readColumnCsv } from "./column_csv.ts";
import { columnParquetPieces, readColumnParquet } from "./column_parquet.ts";

/** Some rows of a table. */
export interface ColumnTable {
  /** Number of rows. */
  readonly count: number;
  /** The columns by name, each of so many values. */
  readonly columns: Readonly<Record<string, Column>>;
}

/** Formats and the endings that tell them. */
const FORMATS = ["csv", "parquet", "npz"] as const;

/**
 * Reads a table of columns from a file whose name ends in .csv, .parquet or .npz: CSV with bounded
 * memory, Parquet a row group at a time, npz at once.
 *
 * @param path The file.
 * @returns The rows, in tables of the same columns.
 * @throws {TypeError} If the name has another ending, or the content is no table of numbers and texts.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function* readColumns(path: string): AsyncGenerator<ColumnTable> {
  const format = _format(path, "read columns from");
  using file = await openByteSource(path);
  if (format === "csv") yield* readColumnCsv(file);
  else if (format === "parquet") yield* readColumnParquet(file);
  else yield _npzTable(await file.read(0, file.size), path);
}

/**
 * Writes a table of columns to a file, in the format that its ending tells. It appears under its name
 * when it is complete. Parquet has whole numbers where the first table has them in all rows of a column
 * of `whole`, or of one that always holds them, such as event and layer.
 *
 * @param path The file.
 * @param tables The rows, in tables of the same columns.
 * @param whole Names of columns of whole numbers.
 * @returns Number of rows.
 * @throws {TypeError} If the name has another ending, there are no rows, or a column cannot be stored.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export async function writeColumns(
  path: string,
  tables: AsyncIterable<ColumnTable>,
  whole: readonly string[] = [],
): Promise<number> {
  const format = _format(path, "write columns to");
  let count = 0;
  async function* counted(): AsyncGenerator<ColumnTable> {
    for await (const table of tables) {
      count += table.count;
      yield table;
    }
  }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    if (format === "csv") yield* columnCsvPieces(counted());
    else if (format === "parquet") yield* columnParquetPieces(counted(), whole);
    else yield _npz(await Array.fromAsync(counted()), whole);
    if (count === 0) throw new TypeError(`Cannot write columns to ${path}: there are no rows`);
  }
  await writeWholeFile(path, pieces(), "columns");
  return count;
}

function _npzTable(bytes: Uint8Array, path: string): ColumnTable {
  const arrays = Object.entries(parseNpz(bytes, path));
  const count = arrays[0]?.[1].data.length ?? 0;
  const columns = arrays.map(([name, { data, shape }]): [string, Column] => {
    if (shape.length !== 1 || shape[0] !== count) {
      throw new TypeError(
        `Cannot read columns from ${path}: array ${name}: its shape must be [${count}], ` +
          `current shape is [${shape}]`,
      );
    }
    return [name, Array.isArray(data) ? data : Float64Array.from(data as ArrayLike<number>)];
  });
  return { count, columns: Object.fromEntries(columns) };
}

function _npz(tables: readonly ColumnTable[], whole: readonly string[]): Uint8Array {
  const names = Object.keys(tables[0]?.columns ?? {});
  const arrays = names.map((name) => {
    const parts = tables.map(({ columns }) => columns[name]);
    const isTexts = !(parts[0] instanceof Float64Array);
    const data = isTexts
      ? (parts as string[][]).flat()
      : _stored(name, Float64Array.from((parts as Float64Array[]).flatMap((p) => [...p])), whole);
    return [name, { data, shape: [data.length] }] as const;
  });
  return npzBytes(Object.fromEntries(arrays));
}

function _stored(name: string, values: Float64Array, whole: readonly string[]) {
  return whole.includes(name) ? Int32Array.from(values) : storedNumbers(name, values);
}

function _format(path: string, doing: string): typeof FORMATS[number] {
  const format = FORMATS.find((format) => path.toLowerCase().endsWith(`.${format}`));
  if (format !== undefined) return format;
  const endings = FORMATS.map((format) => `.${format}`).join(", ");
  throw new TypeError(`Cannot ${doing} ${path}: the name must end in one of ${endings}`);
}
