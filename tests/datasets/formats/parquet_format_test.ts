import { parquetMetadata, parquetReadObjects } from "npm:hyparquet@1.31.5";
import { assertEquals, assertRejects } from "@std/assert";
import {
  type WaferParquetFormatOptions,
  waferParquetPieces,
} from "../../../src/datasets/formats/parquet_format.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  type Charges,
  selectWafers,
  type WaferTable,
  waferTable,
} from "../../../src/datasets/wafer_table.ts";

async function bytesOf(
  tables: WaferTable[],
  options: WaferParquetFormatOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = await Array.fromAsync(waferParquetPieces(tables, options));
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** The physical types of a file's columns, by name. */
function typesOf(bytes: Uint8Array): Record<string, string | undefined> {
  const { schema } = parquetMetadata(bytes);
  return Object.fromEntries(schema.slice(1).map(({ name, type }) => [name, type]));
}

const TOY = toyWafers("shower", 60, 1).charges;

/** Twenty events of three wafers. */
function events(charges = TOY): WaferTable {
  return waferTable(charges, {
    event: Float64Array.from({ length: 60 }, (_, wafer) => Math.floor(wafer / 3)),
    eta: Float64Array.from({ length: 60 }, (_, wafer) => wafer),
    gen_kind: Array.from({ length: 60 }, (_, wafer) => wafer % 2 ? "electron" : "photon"),
  });
}

Deno.test("waferParquetPieces() writes flat columns in their order", async () => {
  const table = waferTable(TOY.subarray(0, 96), { layer: Float64Array.of(5, 9), t: ["é", "b"] });
  const bytes = await bytesOf([table]);
  assertEquals(Object.keys(typesOf(bytes)), [
    ...Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`),
    "layer",
    "t",
  ]);
  const rows = await parquetReadObjects({ file: bytes.buffer, columns: ["CALQ_7", "layer", "t"] });
  assertEquals(rows.map((row) => ({ ...row })), [
    { CALQ_7: TOY[7], layer: 5, t: "é" },
    { CALQ_7: TOY[48 + 7], layer: 9, t: "b" },
  ]);
});

Deno.test("waferParquetPieces() makes whole numbers INT32 where they fit", async () => {
  const table = waferTable(
    TOY,
    {
      ...events().columns,
      layer: new Float64Array(60).fill(NaN),
      density: new Float64Array(60),
    },
    TOY.map((charge) => charge / 2),
  );
  const { CALQ_0, CALQ_47, TC_DATA_3, event, eta, layer, density, gen_kind } = typesOf(
    await bytesOf([table]),
  );
  assertEquals([CALQ_0, CALQ_47, event, density], ["INT32", "INT32", "INT32", "INT32"]);
  assertEquals([TC_DATA_3, eta, layer], ["DOUBLE", "DOUBLE", "DOUBLE"]);
  assertEquals(gen_kind, "BYTE_ARRAY");
  const doubles = typesOf(await bytesOf([table], { numbers: "double" }));
  assertEquals([doubles.CALQ_0, doubles.event], ["DOUBLE", "DOUBLE"]);
});

Deno.test("waferParquetPieces() puts whole events into row groups, and them into pieces", async () => {
  const pieces = await Array.fromAsync(waferParquetPieces([events()], { rowGroupRows: 20 }));
  assertEquals(pieces.length, 4); // three row groups and the end of the file
  const { row_groups } = parquetMetadata(await bytesOf([events()], { rowGroupRows: 20 }));
  assertEquals(row_groups.map((group) => Number(group.num_rows)), [21, 21, 18]);
});

Deno.test("waferParquetPieces() gives the same bytes however the tables are cut", async () => {
  const table = events();
  const rows = (from: number, to: number) =>
    selectWafers(table, Array.from({ length: to - from }, (_, k) => from + k));
  const whole = await bytesOf([table], { rowGroupRows: 20 });
  const cut = [rows(0, 1), rows(1, 1), rows(1, 40), rows(40, 60)];
  assertEquals(await bytesOf(cut, { rowGroupRows: 20 }), whole);
  // 32-bit charges that are equal make an equal file.
  const narrow: WaferTable<Charges> = { ...table, charges: Float32Array.from(table.charges) };
  assertEquals(await bytesOf([narrow as WaferTable], { rowGroupRows: 20 }), whole);
});

Deno.test("waferParquetPieces() delivers row groups as tables come", async () => {
  let asked = 0;
  function* endless(): Generator<WaferTable> {
    for (;;) {
      asked++;
      yield waferTable(TOY);
    }
  }
  let pieces = 0;
  for await (const _piece of waferParquetPieces(endless(), { rowGroupRows: 120 })) {
    if (++pieces === 3) break;
  }
  assertEquals(asked, 6);
});

Deno.test("waferParquetPieces() of no wafers gives no bytes", async () => {
  assertEquals((await bytesOf([])).length, 0);
  assertEquals((await bytesOf([waferTable(new Float64Array(0))])).length, 0);
});

Deno.test("waferParquetPieces() refuses what it cannot store", async () => {
  const refuses = (tables: WaferTable[], ErrorClass: typeof TypeError, message: string) =>
    assertRejects(() => bytesOf(tables, { rowGroupRows: 60 }), ErrorClass, message);
  await refuses(
    [events(), events(TOY.map((charge) => charge / 2))].map(({ charges }) => waferTable(charges)),
    TypeError,
    "whole numbers of 32 bits are needed as in the first row group, current value is ",
  );
  await refuses(
    [waferTable(TOY, { CALQ_3: new Float64Array(60) })],
    TypeError,
    "column CALQ_3 has the name of a column of charges",
  );
  await refuses(
    [waferTable(TOY.subarray(0, 48), { t: ["\ud800"] })],
    TypeError,
    "column t: a text must not hold half a surrogate pair",
  );
  await refuses(
    [waferTable(TOY), events()],
    TypeError,
    "Cannot write a table of wafers: its columns",
  );
  await refuses([{ ...events(), charges: TOY.with(5, -1) }], RangeError, "Cannot use wafer 0");
  await refuses(
    [events(), events()],
    TypeError,
    "Cannot write wafers: row 60: the wafers of an event",
  );
  await assertRejects(
    () => bytesOf([events()], { rowGroupRows: 0 }),
    RangeError,
    "rowGroupRows must be an integer >= 1, current value is 0",
  );
});
