import { assert, assertEquals, assertRejects } from "@std/assert";
import { parquetMetadataAsync, parquetReadObjects } from "npm:hyparquet@1.31.5";
import { columnParquetPieces, readColumnParquet } from "../../../scripts/std/column_parquet.ts";
import type { ColumnTable } from "../../../scripts/std/column_tables.ts";

const TABLE: ColumnTable = {
  count: 3,
  columns: {
    CODE_0: Float64Array.of(511, 0, 7),
    eta: Float64Array.of(1.5, NaN, -2),
    event: Float64Array.of(1, 1, 2),
    kind: ["electron", "", "ünï"],
  },
};

async function* _later(tables: readonly ColumnTable[]) {
  yield* tables;
}

async function _write(tables: readonly ColumnTable[], whole: string[] = ["CODE_0"]) {
  const pieces = await Array.fromAsync(columnParquetPieces(_later(tables), whole));
  return await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer();
}

function _read(file: ArrayBuffer) {
  const read = (position: number, length: number) =>
    Promise.resolve(new Uint8Array(file.slice(position, position + length)));
  return Array.fromAsync(readColumnParquet({ name: "a.parquet", size: file.byteLength, read }));
}

Deno.test("what is written is read again, a table a row group", async () => {
  const file = await _write([TABLE, TABLE]);
  assertEquals(await _read(file), [TABLE, TABLE]);
  const rows = await parquetReadObjects({ file });
  assertEquals(rows[2], { CODE_0: 7, eta: -2, event: 2, kind: "ünï" });
  assertEquals(rows.length, 6);
  const { schema } = await parquetMetadataAsync(file);
  const types = schema.slice(1).map(({ type }) => type);
  assertEquals(types, ["INT32", "DOUBLE", "INT32", "BYTE_ARRAY"]);
});

Deno.test("no table makes no bytes", async () => {
  assertEquals((await _write([])).byteLength, 0);
});

Deno.test("whole numbers stay whole", async () => {
  const other = { ...TABLE, columns: { ...TABLE.columns, CODE_0: Float64Array.of(1, 2.5, 3) } };
  await assertRejects(
    () => _write([TABLE, other]),
    TypeError,
    "column CODE_0: whole numbers of 32 bits are needed, current value is 2.5",
  );
  assert((await _write([TABLE, other], [])).byteLength > 0);
});

Deno.test("what is no Parquet file is refused, and so is one that was damaged", async () => {
  const text = new TextEncoder().encode("CODE_0,CODE_1\n").buffer;
  await assertRejects(() => _read(text), TypeError, "a.parquet: it is not a whole Parquet file");
  const file = await _write([TABLE]);
  await assertRejects(() => _read(file.slice(0, -9)), TypeError, "not a whole Parquet file");
});
