import { assertEquals, assertThrows } from "@std/assert";
import {
  lineError,
  WaferRows,
  type WaferRowsOptions,
} from "../../../src/datasets/formats/csv_rows.ts";

const OPTIONS: WaferRowsOptions = {
  order: "train",
  chunkRows: 4,
  source: "a.csv",
  textColumns: [],
};
const HEADER = [...Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`), "eta"];

/** Fields of a line: the same charge in all cells, and eta. */
function fields(charge: string, eta: string): string[] {
  return [...Array(48).fill(charge), eta];
}

Deno.test("WaferRows gathers lines and starts anew after each table", () => {
  const rows = new WaferRows(HEADER, OPTIONS);
  assertEquals([rows.count, rows.lastLine], [0, undefined]);
  rows.add(fields("1", "1.7"), 2);
  rows.add(fields("2", "1.8"), 3);
  assertEquals([rows.count, rows.lastLine], [2, 3]);
  const first = rows.take();
  assertEquals([rows.count, rows.lastLine], [0, 3]);
  rows.add(fields("3", "1.9"), 4);
  const second = rows.take();
  assertEquals([first.count, first.charges[48], first.columns.eta[1]], [2, 2, 1.8]);
  assertEquals([second.count, second.charges.length, second.charges[0]], [1, 48, 3]);
  assertEquals(second.columns, { eta: Float64Array.of(1.9) });
});

Deno.test("WaferRows names the line of a text among numbers, tables later", () => {
  const rows = new WaferRows(HEADER, OPTIONS);
  rows.add(fields("1", "1.7"), 2);
  rows.take();
  rows.add(fields("1", "1.7"), 3);
  rows.add(fields("1", "high"), 4);
  rows.add(fields("1", "1.7"), 5);
  assertThrows(() => rows.take(), TypeError, "a.csv: line 4: column eta");
});

Deno.test("WaferRows counts only CALQ_0 to CALQ_47 as charges", () => {
  const header = [...HEADER.slice(0, 48), "CALQ_48", "CALQ_01", "calq_1"];
  const rows = new WaferRows(header, OPTIONS);
  rows.add([...Array(48).fill("0"), "-1", "-2", "-3"], 2);
  assertEquals(rows.take().columns, {
    CALQ_48: Float64Array.of(-1),
    CALQ_01: Float64Array.of(-2),
    calq_1: Float64Array.of(-3),
  });
});

Deno.test("WaferRows reads numbers as JavaScript does", () => {
  const rows = new WaferRows(HEADER, { ...OPTIONS, chunkRows: 1 });
  const texts = ["999999999999999", "1000000000000000", "123456789.123456789", "4.9e-324", "1e22"];
  for (const [k, text] of texts.entries()) {
    rows.add(fields(text, text), 2 + k);
    const table = rows.take();
    assertEquals(table.charges[0], Number(text));
    assertEquals(table.columns.eta[0], Number(text));
  }
});

Deno.test("lineError() says what, where and why", () => {
  assertEquals(lineError("a.csv", 7, "no"), "Cannot read wafers from a.csv: line 7: no");
});
