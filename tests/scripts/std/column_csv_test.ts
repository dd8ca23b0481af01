import { assert, assertEquals, assertRejects } from "@std/assert";
import { columnCsvPieces, readColumnCsv } from "../../../scripts/std/column_csv.ts";
import type { ColumnTable } from "../../../scripts/std/column_tables.ts";

function _source(text: string) {
  const bytes = new TextEncoder().encode(text);
  return {
    name: "a.csv",
    size: bytes.length,
    read: (position: number, length: number) =>
      Promise.resolve(bytes.slice(position, position + length)),
  };
}

const _read = (text: string) => Array.fromAsync(readColumnCsv(_source(text)));

async function _write(...tables: ColumnTable[]): Promise<string> {
  const pieces = await Array.fromAsync(columnCsvPieces(_later(tables)));
  return pieces.map((piece) => new TextDecoder().decode(piece)).join("");
}

async function* _later(tables: readonly ColumnTable[]) {
  yield* tables;
}

Deno.test("columns are numbers where all fields are, with gaps; else texts", async () => {
  const text = '\ufeff"a" ,b,c,"d,e"\r\n1,x,,"say ""no"""\r\n-2.5e3,7,4,\r\nNaN,,0.1,y\r\n\r\n';
  assertEquals(await _read(text), [{
    count: 3,
    columns: {
      a: Float64Array.of(1, -2500, NaN),
      b: ["x", "7", ""],
      c: Float64Array.of(NaN, 4, 0.1),
      "d,e": ['say "no"', "", "y"],
    },
  }]);
});

Deno.test("what is written is read again, to the last bit", async () => {
  const table: ColumnTable = {
    count: 3,
    columns: {
      number: Float64Array.of(0.1 + 0.2, -1e-300, NaN),
      whole: Float64Array.of(511, 0, 2 ** 40),
      "a, b": ['"quoted"', "plain", "with, comma"],
    },
  };
  assertEquals(await _read(await _write(table)), [table]);
  const twice = await _write(table, table);
  assertEquals(twice.match(/number/g)?.length, 1);
  assertEquals((await _read(twice))[0].count, 6);
});

Deno.test("long files come in tables of at most 8,192 rows, the same as at once", async () => {
  const rows = 20_000;
  const text = `row,name\n${Array.from({ length: rows }, (_, k) => `${k},n${k}\n`).join("")}`;
  const tables = await _read(text);
  assert(tables.length === 3 && tables.every(({ count }) => count <= 8192));
  const numbers = tables.flatMap(({ columns }) => [...columns.row as Float64Array]);
  const names = tables.flatMap(({ columns }) => columns.name as string[]);
  assertEquals([numbers.length, names.length], [rows, rows]);
  assert(numbers.every((number, k) => number === k) && names.every((name, k) => name === `n${k}`));
});

Deno.test("readColumnCsv() says which line is wrong", async () => {
  const many = (last: string) => `a,b\n${"1,2\n".repeat(9000)}${last}\n`;
  const cases = [
    ["", "line 1: there is no row"],
    ["a,b\n", "line 1: there is no row"],
    ["a,a\n1,2\n", 'line 1: column "a" occurs twice'],
    ["a,b\n1,2\n3\n", "line 3: there must be 2 fields, current number is 1"],
    [many("1"), "line 9002: there must be 2 fields"],
    [
      many("1,x"),
      'line 9002: column b: a number is needed as in the lines before, current value is "x"',
    ],
  ];
  for (const [text, message] of cases) {
    await assertRejects(() => _read(text), TypeError, `Cannot read columns from a.csv: ${message}`);
  }
});

Deno.test("a text with a line end is not written", async () => {
  const table = { count: 1, columns: { a: ["one\ntwo"] } };
  await assertRejects(() => _write(table), TypeError, 'current value is "one\\ntwo"');
});
