/**
 * Reading wafers from Parquet, a row group at a time.
 *
 * @module
 */
import {
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type SchemaElement,
} from "npm:hyparquet@1.31.5";
import { type CellOrder, CELLS } from "../../wafer/cells.ts";
import { checkReadOptions } from "./read_options.ts";
import { CALQ_COLUMNS, findChargeColumns, TC_DATA_COLUMNS, trainCell } from "./stored_columns.ts";
import type { Column, WaferTable } from "../wafer_table.ts";
import { wholeEvents } from "./whole_events.ts";

/** Bytes that can be read in any order; an `ArrayBuffer` is one. */
export interface ParquetBytes {
  /** Number of bytes. */
  readonly byteLength: number;
  /** The bytes from `start` up to, and without, `end`; to the last one by default. */
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** Options of {@linkcode readWaferParquet}. */
export interface WaferParquetOptions {
  /**
   * How the columns of charges are numbered; `paper` columns are put into train order.
   *
   * @default {"train"}
   */
  order?: CellOrder;
  /**
   * Wafers in a table. The last table may have fewer, and one has more where its last event goes on.
   *
   * @default {8192}
   */
  chunkRows?: number;
  /**
   * The file's name in errors.
   *
   * @default {"Parquet"}
   */
  source?: string;
}

/**
 * Reads wafers from a Parquet file: columns CALQ_0 to CALQ_47 in any places, TC_DATA_0 to TC_DATA_47
 * if there are raw charges, and further columns of numbers or texts.
 *
 * Integers, floats and doubles come as numbers. A missing value is NaN in a further column of
 * numbers and the empty text in one of texts; among charges it is an error. Where there is a column
 * `event`, its wafers must follow each other, and no table splits an event.
 *
 * Parquet has no checksums of its own: a changed byte may pass as another charge, which
 * {@linkcode verifyManifest} finds. Memory holds one row group; a file of another program may have a single large one. Tables that
 * were read before an error is met have been delivered by then.
 *
 * @param file The bytes of the file.
 * @param options Order of the cells, size of the tables, and the name of the source.
 * @returns Tables of `chunkRows` wafers, in train order.
 * @throws {RangeError} If an option has an impossible value, a charge is negative, NaN or infinite,
 * or an integer of 64 bits lies beyond 2^53; the error names source, row (from 0) and column.
 * @throws {TypeError} If it is not a whole Parquet file or holds no wafers, a column of charges is
 * missing or holds no numbers, a column holds neither numbers nor texts, or the wafers of an event do
 * not follow each other; the error names source, and column or row.
 *
 * @example
 * ```ts
 * import { readWaferParquet } from "@hexmover/hexmover/datasets";
 * import { assertRejects } from "@std/assert";
 *
 * const text = new TextEncoder().encode("CALQ_0,CALQ_1");
 * await assertRejects(
 *   () => Array.fromAsync(readWaferParquet(text.buffer, { source: "a.parquet" })),
 *   TypeError,
 *   "Cannot read wafers from a.parquet: it is not a whole Parquet file",
 * );
 * ```
 */
export function readWaferParquet(
  file: ParquetBytes,
  options: WaferParquetOptions = {},
): AsyncIterable<WaferTable> {
  const { order = "train", chunkRows = 8192, source = "Parquet" } = options;
  checkReadOptions({ order, chunkRows, source });
  return wholeEvents(_rowGroups(file, order, source), {
    rows: chunkRows,
    at: (row) => `Cannot read wafers from ${source}: row ${row}`,
  });
}

async function* _rowGroups(
  file: ParquetBytes,
  order: CellOrder,
  source: string,
): AsyncGenerator<WaferTable, void, undefined> {
  const metadata = await _metadata(file, source);
  const columns = _columnKinds(metadata, source);
  const found = findChargeColumns(columns.map(({ name }) => name));
  if ("problem" in found) {
    throw new TypeError(`Cannot read wafers from ${source}: ${found.problem}`);
  }
  for (const name of found.hasRaw ? [...CALQ_COLUMNS, ...TC_DATA_COLUMNS] : CALQ_COLUMNS) {
    const { kind } = columns.find((column) => column.name === name)!;
    if (kind === "numbers") continue;
    throw new TypeError(
      `Cannot read wafers from ${source}: column ${name}: charges must be numbers, ` +
        `current type is ${kind}`,
    );
  }
  let start = 0;
  for (const group of metadata.row_groups) {
    const count = Number(group.num_rows);
    if (count === 0) continue;
    // With one group in it the metadata is not searched for every column.
    const of = { ...metadata, row_groups: [group], num_rows: group.num_rows };
    const read = (name: string) => _values(file, of, name, start, source);
    const charges = await _charges(CALQ_COLUMNS, read, order, start, source);
    const rawCharges = found.hasRaw
      ? await _charges(TC_DATA_COLUMNS, read, order, start, source)
      : undefined;
    const further: [string, Column][] = [];
    for (const { name, kind } of columns) {
      if (CALQ_COLUMNS.includes(name) || TC_DATA_COLUMNS.includes(name)) continue;
      const values = await read(name);
      further.push([
        name,
        kind === "numbers"
          ? Float64Array.from(values, (value, k) => _number(value, name, start + k, source))
          : Array.from(values, (value) => (value ?? "") as string),
      ]);
    }
    start += count;
    yield {
      count,
      order: "train",
      charges,
      ...(rawCharges && { rawCharges }),
      columns: Object.fromEntries(further),
    };
  }
  if (start === 0) throw new TypeError(`Cannot read wafers from ${source}: it holds no wafers`);
}

async function _metadata(file: ParquetBytes, source: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file);
  } catch (cause) {
    throw new TypeError(`Cannot read wafers from ${source}: it is not a whole Parquet file`, {
      cause,
    });
  }
}

/** The columns and what they hold. */
function _columnKinds(
  { schema }: FileMetaData,
  source: string,
): { name: string; kind: "numbers" | "texts" }[] {
  return schema.slice(1).map((element) => {
    const kind = _kind(element);
    if (kind !== undefined) return { name: element.name, kind };
    const { type, converted_type, logical_type } = element;
    throw new TypeError(
      `Cannot read wafers from ${source}: column ${element.name}: numbers or texts are needed, ` +
        `current type is ${logical_type?.type ?? converted_type ?? type ?? "a group of columns"}`,
    );
  });
}

function _kind(element: SchemaElement): "numbers" | "texts" | undefined {
  const { type, converted_type, logical_type, repetition_type } = element;
  if (repetition_type === "REPEATED" || element.num_children) return undefined;
  if (type === "BYTE_ARRAY") {
    return converted_type === "UTF8" || logical_type?.type === "STRING" ? "texts" : undefined;
  }
  const isPlain = logical_type === undefined || logical_type.type === "INTEGER";
  const isNumber = /^U?INT_/.test(converted_type ?? "INT_");
  return isPlain && isNumber && /^(INT32|INT64|FLOAT|DOUBLE)$/.test(type ?? "")
    ? "numbers"
    : undefined;
}

/** Charges of a row group, column after column, so that one encoded column is held at a time. */
async function _charges(
  names: readonly string[],
  read: (name: string) => Promise<ArrayLike<unknown>>,
  order: CellOrder,
  start: number,
  source: string,
): Promise<Float64Array> {
  let charges: Float64Array | undefined;
  for (const [index, name] of names.entries()) {
    const values = await read(name);
    charges ??= new Float64Array(values.length * CELLS);
    const cell = trainCell(index, order);
    for (let wafer = 0; wafer < values.length; wafer++) {
      const charge = _number(values[wafer], name, start + wafer, source);
      if (!(charge >= 0 && charge < Infinity)) {
        throw new RangeError(
          `Cannot read wafers from ${source}: row ${start + wafer}: column ${name}: charge must ` +
            `be a finite number >= 0, current value is ${values[wafer] ?? "missing"}`,
        );
      }
      charges[wafer * CELLS + cell] = charge;
    }
  }
  return charges!;
}

/** The values of a column in the one row group that the metadata tells of. */
async function _values(
  file: ParquetBytes,
  metadata: FileMetaData,
  name: string,
  start: number,
  source: string,
): Promise<ArrayLike<unknown> & Iterable<unknown>> {
  const count = Number(metadata.num_rows);
  const parts: DecodedArray[] = [];
  let length = 0;
  let cause: unknown;
  try {
    await parquetRead({
      file,
      metadata,
      columns: [name],
      onChunk: ({ columnData }) => {
        parts.push(columnData);
        length += columnData.length;
      },
    });
  } catch (error) {
    cause = error;
  }
  if (cause === undefined && length === count) {
    return parts.length === 1 ? parts[0] : parts.flatMap((part) => Array.from(part));
  }
  throw new TypeError(
    `Cannot read wafers from ${source}: rows ${start} to ${start + count - 1}: ` +
      `column ${name} is damaged`,
    cause === undefined ? {} : { cause },
  );
}

/** A value of a column of numbers; NaN where it is missing. */
function _number(value: unknown, name: string, row: number, source: string): number {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return NaN;
  const number = Number(value as bigint);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(
    `Cannot read wafers from ${source}: row ${row}: column ${name}: integers must lie within ` +
      `+-(2^53 - 1), current value is ${value}`,
  );
}
