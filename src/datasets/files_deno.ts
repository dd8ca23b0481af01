/**
 * Wafers in files, in the format that the name's ending tells.
 *
 * @module
 */
import type { CellOrder } from "../wafer/cells.ts";
import { openByteSource, type OpenFile } from "./formats/byte_source_deno.ts";
import { parseWaferCsv, type WaferCsvOptions } from "./formats/csv.ts";
import { waferCsvPieces } from "./formats/csv_format.ts";
import { formatWaferNpz, readWaferNpz } from "./formats/npz_wafers.ts";
import { readWaferParquet } from "./formats/parquet.ts";
import { type WaferParquetFormatOptions, waferParquetPieces } from "./formats/parquet_format.ts";
import { checkReadOptions } from "./formats/read_options.ts";
import { type Charges, concatenateWafers, type WaferTable } from "./wafer_table.ts";
import { fileName, writeWholeFile } from "./formats/whole_file_deno.ts";

/** Options of {@linkcode readWafers}; `textColumns` is for CSV alone. */
export type ReadWafersOptions = Omit<WaferCsvOptions, "source">;

/** Options of {@linkcode writeWafers}; they are for Parquet alone. */
export type WriteWafersOptions = WaferParquetFormatOptions;

/** Formats and the endings that tell them. */
const FORMATS = ["csv", "parquet", "npz"] as const;

/** Bytes of CSV read at a time. */
const PIECE_BYTES = 1 << 16;

/**
 * Reads wafers from a file, a table at a time. Needs permission to read the file.
 *
 * CSV is read with bounded memory, Parquet a row group at a time, npz at once. See
 * {@linkcode parseWaferCsv}, {@linkcode readWaferParquet} and {@linkcode readWaferNpz} for what a
 * file may hold. Where there is a column `event`, no table splits an event.
 *
 * @param path A file whose name ends in `.csv`, `.parquet` or `.npz`.
 * @param options Order of the cells and size of the tables.
 * @returns Tables of `chunkRows` wafers, in train order; the last may have fewer, and one has more
 * where its last event goes on.
 * @throws {TypeError} If the name has another ending, or the content is not a table of wafers; the
 * error names file, and line or row and column.
 * @throws {RangeError} If a charge is negative, NaN or infinite; the error names file, and line or row
 * and column.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {Deno.errors.IsADirectory} If it is a folder.
 *
 * @example
 * ```ts
 * import { readWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * let count = 0;
 * for await (const table of readWafers("data/sample.csv")) count += table.count;
 * assertEquals(count, 2000);
 * ```
 */
export function readWafers(
  path: string | URL,
  options: ReadWafersOptions = {},
): AsyncIterable<WaferTable> {
  const source = fileName(path);
  const format = _format(path, "read wafers from");
  const { order = "train", chunkRows = 8192, textColumns = [] } = options;
  if (format !== "csv" && textColumns.length > 0) {
    throw new TypeError(
      `Cannot read wafers from ${source}: textColumns are for CSV alone, where a column's type is ` +
        `not known, current value is [${textColumns}]`,
    );
  }
  // Wrong options are found now, the file is opened when the first table is asked for.
  if (format === "csv") {
    return parseWaferCsv(_bytes(path, source), { order, chunkRows, textColumns, source });
  }
  checkReadOptions({ order, chunkRows, source });
  const read = format === "parquet" ? _parquet : _npz;
  return read(path, { order, chunkRows, source });
}

/**
 * Writes wafers to a file. The file appears under its name when it is complete: until then it has
 * the ending `.partial`, and it is removed when anything goes wrong. Needs permission to read and to
 * write in the folder: renaming a file takes both.
 *
 * CSV and Parquet are written as the tables come, with bounded memory; npz holds all wafers in memory.
 * See {@linkcode waferCsvPieces}, {@linkcode waferParquetPieces} and {@linkcode formatWaferNpz}.
 *
 * @param path A file whose name ends in `.csv`, `.parquet` or `.npz`; one that exists is replaced.
 * @param tables The wafers, in one table or several with the same columns.
 * @param options Size of the row groups and types of numbers, for Parquet.
 * @returns The number of wafers written.
 * @throws {TypeError} If the name has another ending, there are no wafers, a table does not fit the
 * others, or the wafers of an event do not follow each other.
 * @throws {RangeError} If a charge is negative, NaN or infinite.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 * @throws {Error} If the disk is full.
 *
 * @example
 * ```ts ignore
 * import { readWafers, writeWafers } from "@hexmover/hexmover/datasets";
 *
 * await writeWafers("results/copy.parquet", readWafers("data/sample.csv"));
 * ```
 */
export async function writeWafers<C extends Charges>(
  path: string | URL,
  tables: WaferTable<C> | Iterable<WaferTable<C>> | AsyncIterable<WaferTable<C>>,
  options: WriteWafersOptions = {},
): Promise<number> {
  const format = _format(path, "write wafers to");
  let count = 0;
  async function* counted(): AsyncGenerator<WaferTable<C>> {
    for await (const table of "charges" in tables ? [tables] : tables) {
      count += table.count;
      yield table;
    }
  }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    if (format === "csv") {
      const encoder = new TextEncoder();
      for await (const text of waferCsvPieces(counted())) yield encoder.encode(text);
    } else if (format === "parquet") {
      yield* waferParquetPieces(counted(), options);
    } else {
      const all = await Array.fromAsync(counted());
      if (count > 0) yield formatWaferNpz(concatenateWafers(all));
    }
    if (count === 0) {
      throw new TypeError(`Cannot write wafers to ${fileName(path)}: there are none`);
    }
  }
  await writeWholeFile(path, pieces(), "wafers");
  return count;
}

interface _Options {
  order: CellOrder;
  chunkRows: number;
  source: string;
}

async function* _parquet(path: string | URL, options: _Options): AsyncGenerator<WaferTable> {
  using file = await _open(path, options.source);
  yield* readWaferParquet({
    byteLength: file.size,
    slice: async (start, end = file.size) => (await file.read(start, end - start)).buffer,
  }, options);
}

async function* _npz(path: string | URL, options: _Options): AsyncGenerator<WaferTable> {
  using file = await _open(path, options.source);
  yield* readWaferNpz(await file.read(0, file.size), options);
}

async function* _bytes(path: string | URL, source: string): AsyncGenerator<Uint8Array> {
  using file = await _open(path, source);
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    yield await file.read(start, PIECE_BYTES);
  }
}

/** Opens a file for reading, with errors that say what for. */
async function _open(path: string | URL, source: string): Promise<OpenFile> {
  try {
    return await openByteSource(path);
  } catch (cause) {
    const doing = `Cannot read wafers from ${source}`;
    if (cause instanceof Deno.errors.NotFound) {
      throw new Deno.errors.NotFound(`${doing}: there is no such file`, { cause });
    }
    if (cause instanceof Deno.errors.IsADirectory) {
      throw new Deno.errors.IsADirectory(`${doing}: it is a folder`, { cause });
    }
    throw cause;
  }
}

/** The format that the ending of a file's name tells. */
function _format(path: string | URL, doing: string): typeof FORMATS[number] {
  const name = fileName(path);
  const format = FORMATS.find((format) => name.toLowerCase().endsWith(`.${format}`));
  if (format !== undefined) return format;
  const endings = FORMATS.map((format) => `.${format}`).join(", ");
  throw new TypeError(`Cannot ${doing} ${name}: the name must end in one of ${endings}`);
}
