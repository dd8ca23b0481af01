/**
 * Parquet files read and written by another program: the Rust implementation of Apache Arrow.
 */
import { type Table, tableFromArrays, tableFromIPC, tableToIPC } from "npm:apache-arrow@21.2.0";
import { readParquet, Table as WasmTable, writeParquet } from "npm:parquet-wasm@0.8.0";
import { assertEquals } from "@std/assert";
import { concatenateWafers, type WaferTable, waferTable } from "../../src/datasets/wafer_table.ts";
import { readWaferParquet } from "../../src/datasets/formats/parquet.ts";
import { waferParquetPieces } from "../../src/datasets/formats/parquet_format.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";

const CELLS = Array.from({ length: 48 }, (_, cell) => cell);
const COUNT = 3000;

/** Wafers with every kind of column, in events of seven. */
function wafers(rawScale: number): WaferTable {
  const { charges } = toyWafers("shower", COUNT, 1);
  const numbers = (value: (wafer: number) => number) =>
    Float64Array.from({ length: COUNT }, (_, wafer) => value(wafer));
  return waferTable(
    charges,
    {
      event: numbers((wafer) => Math.floor(wafer / 7)),
      zside: numbers((wafer) => wafer % 2 ? 1 : -1),
      eta: numbers((wafer) => wafer % 11 ? 3 / (wafer + 1) : NaN),
      gen_pt: numbers((wafer) => wafer % 5 ? 1e300 / wafer : Infinity),
      gen_kind: Array.from({ length: COUNT }, (_, wafer) => ["electron", "", "é 😀"][wafer % 3]),
      id: Array.from({ length: COUNT }, (_, wafer) => `wafer ${wafer}`),
    },
    charges.map((charge) => charge * rawScale),
  );
}

function valuesOf(table: Table, name: string): unknown[] {
  return [...table.getChild(name)!];
}

for (const [rawScale, type] of [[2, "Int32"], [1 / 3, "Float64"]] as const) {
  Deno.test(`Arrow reads the values that waferParquetPieces() wrote, raw ones ${type}`, async () => {
    const written = wafers(rawScale);
    const pieces = await Array.fromAsync(waferParquetPieces([written], { rowGroupRows: 1000 }));
    const file = new Uint8Array(await new Blob(pieces).arrayBuffer());
    const table = tableFromIPC(readParquet(file).intoIPCStream());
    assertEquals(table.numRows, COUNT);
    assertEquals(table.schema.fields.length, 96 + 6);
    assertEquals(`${table.schema.fields[50].type}`, type);
    for (const cell of CELLS) {
      const ofCell = (charges: Float64Array) => [...charges].filter((_, i) => i % 48 === cell);
      assertEquals(valuesOf(table, `CALQ_${cell}`), ofCell(written.charges));
      assertEquals(valuesOf(table, `TC_DATA_${cell}`), ofCell(written.rawCharges!));
    }
    for (const [name, column] of Object.entries(written.columns)) {
      assertEquals(valuesOf(table, name), [...column], name);
    }
  });
}

Deno.test("readWaferParquet() reads the values that Arrow wrote", async () => {
  const { charges, columns } = wafers(1);
  const { id, gen_kind, eta } = columns;
  const arrow = tableFromArrays({
    eta: eta as Float64Array,
    id: id as string[],
    gen_kind: gen_kind as string[],
    ...Object.fromEntries(
      CELLS.map((cell) => [
        `CALQ_${cell}`,
        Int32Array.from({ length: COUNT }, (_, wafer) => charges[48 * wafer + cell]),
      ]),
    ),
  });
  const file = writeParquet(WasmTable.fromIPCStream(tableToIPC(arrow, "stream")));
  const tables = await Array.fromAsync(readWaferParquet(file.slice().buffer));
  assertEquals(concatenateWafers(tables), waferTable(charges, { eta, id, gen_kind }));
});
