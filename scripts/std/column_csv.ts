/**
 * Tables of named columns as CSV text.
 *
 * @module
 */
import { parse } from "@std/csv";
import type { ByteSource } from "../../src/datasets/formats/byte_source_deno.ts";
import type { Column } from "../../src/datasets/wafer_table.ts";
import type { ColumnTable } from "./column_tables.ts";

/** Bytes read at a time, and rows of a table. */
const PIECE_BYTES = 1 << 16, ROWS = 8192;

/**
 * Reads CSV: a header, then a line for each row. A column holds numbers where all fields of the first
 * table are numbers or empty (NaN), else texts. Fields may be quoted, but not hold line ends.
 *
 * @param file The text in UTF-8.
 * @returns Tables of 8,192 rows; the last may have fewer.
 * @throws {TypeError} If there is no row, a name occurs twice, a line has another number of fields than
 * the header, or a text stands where numbers were before; it names file and line.
 */
export async function* readColumnCsv(file: ByteSource): AsyncGenerator<ColumnTable> {
  let names: string[] | undefined, kinds: boolean[] | undefined, line = 1;
  const cannot = (line: number, problem: string) =>
    new TypeError(`Cannot read columns from ${file.name}: line ${line}: ${problem}`);

  for await (const lines of _lines(file)) {
    if (names === undefined) {
      names = _fields(lines.shift()!).map((name) => name.trim());
      const twice = names.find((name, k) => names!.indexOf(name) !== k);
      if (twice !== undefined) throw cannot(1, `column "${twice}" occurs twice`);
    }
    const rows = lines.map(_fields);
    const wrong = rows.findIndex((row) => row.length !== names!.length);
    if (wrong >= 0) {
      throw cannot(
        line + 1 + wrong,
        `there must be ${names.length} fields, current number is ${rows[wrong].length}`,
      );
    }
    if (rows.length === 0) continue;
    kinds ??= names.map((_, k) => rows.every((row) => !_isText(row[k])));
    const columns = names.map((name, k): [string, Column] => {
      if (!kinds![k]) return [name, rows.map((row) => row[k])];
      const text = rows.findIndex((row) => _isText(row[k]));
      if (text < 0) return [name, Float64Array.from(rows, (row) => _number(row[k]))];
      throw cannot(
        line + 1 + text,
        `column ${name}: a number is needed as in the lines before, current value is "${
          rows[text][k]
        }"`,
      );
    });
    line += rows.length;
    yield { count: rows.length, columns: Object.fromEntries(columns) };
  }
  if (kinds === undefined) throw cannot(line, "there is no row");
}

/**
 * Tables as one CSV text, in pieces.
 *
 * @param tables The tables, of the same columns.
 * @returns The pieces, the header first.
 * @throws {TypeError} If a text holds a line end.
 */
export async function* columnCsvPieces(
  tables: AsyncIterable<ColumnTable>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let names: string[] | undefined;
  for await (const { count, columns } of tables) {
    let text = names === undefined ? `${Object.keys(columns).map(_field).join()}\n` : "";
    names ??= Object.keys(columns);
    const values = names.map((name) => columns[name]);
    for (let row = 0; row < count; row++) {
      text += `${values.map((column) => _field(column[row])).join()}\n`;
    }
    yield encoder.encode(text);
  }
}

/** Lines without their ends, in groups of at most `ROWS` after the first one. */
async function* _lines(file: ByteSource): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let lines: string[] = [], rest = "";
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    const complete = (rest + decoder.decode(await file.read(start, PIECE_BYTES), { stream: true }))
      .split(/\r?\n/);
    rest = complete.pop()!;
    lines.push(...complete);
    while (lines.length > ROWS) {
      yield lines.slice(0, ROWS);
      lines = lines.slice(ROWS);
    }
  }
  if (rest !== "") lines.push(rest);
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length > 0) yield lines;
}

function _fields(line: string): string[] {
  return line.includes('"') ? parse(line)[0] : line.split(",");
}

/** Whether a field is neither a number nor empty. */
function _isText(field: string): boolean {
  return field.trim() !== "" && Number.isNaN(Number(field)) && field.trim() !== "NaN";
}

function _number(field: string): number {
  return field.trim() === "" ? NaN : Number(field);
}

function _field(value: number | string): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  if (/[\n\r]/.test(value)) {
    throw new TypeError(
      `Cannot write columns: a text must not hold a line end, current value is ${
        JSON.stringify(value)
      }`,
    );
  }
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
