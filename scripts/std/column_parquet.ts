/**
 * Tables of named columns as Parquet.
 *
 * @module
 */
import { parquetMetadataAsync, parquetRead, type SchemaElement } from "npm:hyparquet@1.31.5";
import {
  ByteWriter,
  ParquetWriter,
  type SchemaElement as WrittenElement,
} from "npm:hyparquet-writer@0.17.0";
import type { ByteSource } from "../../src/datasets/formats/byte_source_deno.ts";
import { asInt32, storedNumbers } from "../../src/datasets/formats/stored_columns.ts";
import type { Column } from "../../src/datasets/wafer_table.ts";
import type { ColumnTable } from "./column_tables.ts";

/**
 * Reads a Parquet file of flat columns of numbers or texts, a row group at a time.
 *
 * @param file The file.
 * @returns A table for each row group. A missing number is NaN, a missing text empty.
 * @throws {TypeError} If it is no Parquet file, or a column holds neither numbers nor texts.
 */
export async function* readColumnParquet(file: ByteSource): AsyncGenerator<ColumnTable> {
  const cannot = (problem: string, cause?: unknown) =>
    new TypeError(`Cannot read columns from ${file.name}: ${problem}`, { cause });
  const bytes = {
    byteLength: file.size,
    slice: async (start: number, end = file.size) => (await file.read(start, end - start)).buffer,
  };
  const metadata = await parquetMetadataAsync(bytes).catch((cause) => {
    throw cannot("it is not a whole Parquet file", cause);
  });
  const elements = metadata.schema.slice(1);
  const other = elements.find((element) => !_isTexts(element) && !_isNumbers(element));
  if (other) throw cannot(`column ${other.name}: it must hold numbers or texts`);
  for (const group of metadata.row_groups) {
    const count = Number(group.num_rows), columns: Record<string, Column> = {};
    for (const element of elements) {
      const values: unknown[] = [];
      await parquetRead({
        file: bytes,
        metadata: { ...metadata, row_groups: [group], num_rows: group.num_rows },
        columns: [element.name],
        onChunk: ({ columnData }) => {
          for (let k = 0; k < columnData.length; k++) values.push(columnData[k]);
        },
      }).catch((cause) => {
        throw cannot(`column ${element.name} is damaged`, cause);
      });
      columns[element.name] = _isTexts(element)
        ? values.map((value) => String(value ?? ""))
        : Float64Array.from(values, (value) => Number(value ?? NaN));
    }
    yield { count, columns };
  }
}

/**
 * Tables as one Parquet file, in pieces: a row group for each table.
 *
 * @param tables The tables, of the same columns.
 * @param whole Columns of whole numbers.
 * @returns The pieces. No table, no bytes.
 * @throws {TypeError} If a column of whole numbers meets another number.
 */
export async function* columnParquetPieces(
  tables: AsyncIterable<ColumnTable>,
  whole: readonly string[],
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  let file: { schema: WrittenElement[]; writer: ParquetWriter } | undefined;
  for await (const { count, columns } of tables) {
    if (file === undefined) {
      const schema = _schema(columns, whole);
      file = { schema, writer: new ParquetWriter({ writer: bytes, schema }) };
    }
    const columnData = file.schema.slice(1).map((element) => ({
      name: element.name,
      data: _stored(element, columns[element.name]),
    }));
    file.writer.write({ columnData, rowGroupSize: count });
    yield _take(bytes);
  }
  if (file === undefined) return;
  file.writer.finish();
  yield _take(bytes);
}

function _isTexts({ type, converted_type, logical_type }: SchemaElement): boolean {
  return type === "BYTE_ARRAY" && (converted_type === "UTF8" || logical_type?.type === "STRING");
}

function _isNumbers({ type, converted_type, logical_type, repetition_type }: SchemaElement) {
  const isPlain = logical_type === undefined || logical_type.type === "INTEGER";
  return isPlain && repetition_type !== "REPEATED" && /^U?INT_/.test(converted_type ?? "INT_") &&
    /^(INT32|INT64|FLOAT|DOUBLE)$/.test(type ?? "");
}

function _schema(columns: ColumnTable["columns"], whole: readonly string[]): WrittenElement[] {
  const elements = Object.entries(columns).map(([name, values]): WrittenElement => {
    const required = { name, repetition_type: "REQUIRED" } as const;
    if (!(values instanceof Float64Array)) {
      return { ...required, type: "BYTE_ARRAY", converted_type: "UTF8" };
    }
    const isWhole = whole.includes(name) || storedNumbers(name, values) instanceof Int32Array;
    return { ...required, type: isWhole ? "INT32" : "DOUBLE" };
  });
  return [{ name: "root", num_children: elements.length }, ...elements];
}

function _stored({ name, type }: WrittenElement, values: Column) {
  if (!(values instanceof Float64Array)) return [...values];
  if (type === "DOUBLE") return values;
  const whole = asInt32(values);
  if (whole !== undefined) return whole;
  throw new TypeError(
    `Cannot write columns: column ${name}: whole numbers of 32 bits are needed, ` +
      `current value is ${values.find((value) => (value | 0) !== value)}`,
  );
}

/** The bytes written so far; the writer goes on with an empty buffer. */
function _take(bytes: ByteWriter): Uint8Array {
  const taken = bytes.getBytes().slice();
  bytes.index = 0;
  return taken;
}
