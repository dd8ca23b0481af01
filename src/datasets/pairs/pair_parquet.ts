/**
 * Pairs of wafers with their exact EMDs as Parquet, which pandas and pyarrow read.
 *
 * @module
 */
import { ByteWriter, ParquetWriter, type SchemaElement } from "npm:hyparquet-writer@0.17.0";
import { type LabelledPairs, pairQuantities, type PairQuantity } from "./labelled_pairs.ts";

/** Pairs in a row group: of some megabytes. */
const ROW_GROUP = 16_384;

/**
 * Labelled pairs as one Parquet file, in pieces of bounded length: flat columns X_0 to X_47, Y_0 to
 * Y_47 and GRADIENT_0 to GRADIENT_47 of type FLOAT, EMD of type DOUBLE, FIRST, SECOND and SPLIT of
 * type INT32.
 *
 * @param pairs The pairs.
 * @returns The pieces, which together are the file.
 * @throws {TypeError} If an array has another length than the number of pairs asks for.
 * @throws {RangeError} If the row of a wafer is 2^31 or more.
 *
 * @example
 * ```ts
 * import { pairParquetPieces } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const none = new Float32Array(0);
 * const rows = new Uint32Array(0);
 * const labels = { emd: new Float64Array(0), first: rows, second: rows, split: new Uint8Array(0) };
 * const file = new Blob([...pairParquetPieces({ count: 0, x: none, y: none, ...labels })]);
 * assertEquals((await file.text()).slice(0, 4), "PAR1");
 * ```
 */
export function* pairParquetPieces(
  pairs: LabelledPairs,
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const quantities = pairQuantities(pairs);
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: _schema(quantities) });
  for (let start = 0; start < pairs.count; start += ROW_GROUP) {
    const end = Math.min(start + ROW_GROUP, pairs.count);
    const columnData = quantities.flatMap((quantity) =>
      quantity.columns.map((name, k) => ({ name, data: _column(quantity, k, start, end) }))
    );
    writer.write({ columnData, rowGroupSize: end - start });
    yield _take(bytes);
  }
  writer.finish();
  yield _take(bytes);
}

function _schema(quantities: readonly PairQuantity[]): SchemaElement[] {
  const elements = quantities.flatMap(({ data, columns }) => {
    const type = data instanceof Float64Array
      ? "DOUBLE"
      : data instanceof Float32Array
      ? "FLOAT"
      : "INT32";
    return columns.map((name): SchemaElement => ({ name, type, repetition_type: "REQUIRED" }));
  });
  return [{ name: "root", num_children: elements.length }, ...elements];
}

/** The k-th number of each of some pairs, in the class of array that the file's type needs. */
function _column(
  { name, data, width }: PairQuantity,
  k: number,
  start: number,
  end: number,
): Float32Array | Float64Array | Int32Array {
  const length = end - start;
  const at = (_: unknown, row: number) => data[(start + row) * width + k];
  if (data instanceof Float64Array) return Float64Array.from({ length }, at);
  if (data instanceof Float32Array) return Float32Array.from({ length }, at);
  return Int32Array.from({ length }, (_, row) => {
    const value = at(_, row);
    if (value < 2 ** 31) return value;
    throw new RangeError(
      `Cannot write pair ${start + row} as Parquet: ${name} must be below 2^31, ` +
        `current value is ${value}`,
    );
  });
}

/** The bytes written so far; the writer goes on with an empty buffer. */
function _take(bytes: ByteWriter): Uint8Array<ArrayBuffer> {
  const taken = bytes.getBytes().slice();
  bytes.index = 0;
  return taken;
}
