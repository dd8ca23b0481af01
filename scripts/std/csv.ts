/**
 * The part of `@std/csv` that scripts and tests use; papaparse does the parsing. Names and results are those of
 * `@std/csv`; `deno.jsr.json` maps to the original.
 *
 * One difference: a quote inside a field that does not begin with one is kept as it stands, where
 * `@std/csv` throws.
 *
 * @module
 */
import papaparse from "npm:papaparse@5.7.1";

/** The call of papaparse that is used; the package has no types of its own. */
const papa: {
  parse(text: string, config: { delimiter: string; skipEmptyLines: boolean }): {
    data: string[][];
    errors: { type: string; message: string; row?: number }[];
  };
} = papaparse;

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** The character between two fields. Default ",". */
  separator?: string;
  /** Takes the first row as the names of the columns and returns records. Default false. */
  skipFirstRow?: boolean;
  /** Names of the columns; returns records. */
  columns?: readonly string[];
}

/** Options of {@linkcode stringify}. */
export interface StringifyOptions {
  /** Writes the names of the columns first, where `columns` is given. Default true. */
  headers?: boolean;
  /** The character between two fields. Default ",". */
  separator?: string;
  /** The fields to write: keys of records, or indices of rows. */
  columns?: readonly (string | number)[];
}

/** A row: fields by place or by name. */
export type DataItem = Readonly<Record<string, unknown> | unknown[]>;

/**
 * Parses a CSV text.
 *
 * @param input The text; a byte-order mark, CRLF and empty lines are accepted.
 * @returns One array of fields for each row.
 * @throws {SyntaxError} If a quote is not closed.
 * @throws {Error} If records are asked for and a row has another number of fields than the header.
 *
 * @example
 * ```ts
 * import { parse } from "@std/csv";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parse("a,b\n1,2\n"), [["a", "b"], ["1", "2"]]);
 * assertEquals(parse("a,b\n1,2\n", { skipFirstRow: true }), [{ a: "1", b: "2" }]);
 * ```
 */
export function parse(input: string): string[][];
/**
 * Parses a CSV text into rows, or into records where the columns have names.
 *
 * @param input The text.
 * @param options The separator, and where the names of the columns come from.
 * @returns One array of fields for each row, or one record.
 */
export function parse(
  input: string,
  options: ParseOptions & ({ skipFirstRow: true } | { columns: readonly string[] }),
): Record<string, string>[];
/**
 * Parses a CSV text into rows.
 *
 * @param input The text.
 * @param options The separator.
 * @returns One array of fields for each row.
 */
export function parse(input: string, options: Pick<ParseOptions, "separator">): string[][];
export function parse(
  input: string,
  { separator = ",", skipFirstRow = false, columns }: ParseOptions = {},
): string[][] | Record<string, string>[] {
  const { data, errors } = papa.parse(input, { delimiter: separator, skipEmptyLines: true });
  const unclosed = errors.find((error) => error.type === "Quotes");
  if (unclosed) {
    throw new SyntaxError(`Cannot parse CSV: row ${(unclosed.row ?? 0) + 1}: ${unclosed.message}`);
  }
  if (!skipFirstRow && !columns) return data;

  const rows = skipFirstRow ? data.slice(1) : data;
  const names = columns ?? data[0];
  if (names === undefined) throw new TypeError("Cannot parse CSV: there is no header");
  return rows.map((row, index) => {
    if (row.length !== names.length) {
      throw new Error(
        `Cannot parse CSV: record ${index + 1} has ${row.length} fields, ` +
          `but the header has ${names.length}`,
      );
    }
    return Object.fromEntries(names.map((name, field) => [name, row[field]]));
  });
}

/**
 * Writes rows or records as CSV text, with CRLF after each.
 *
 * @param data The rows; `null` and `undefined` become empty fields.
 * @param options Which fields to write, and how.
 * @returns The text.
 * @throws {TypeError} If a record is given and `columns` is not.
 *
 * @example
 * ```ts
 * import { stringify } from "@std/csv";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stringify([{ x: 1, y: "a,b" }], { columns: ["x", "y"] }), 'x,y\r\n1,"a,b"\r\n');
 * ```
 */
export function stringify(
  data: readonly DataItem[],
  { headers = true, separator = ",", columns }: StringifyOptions = {},
): string {
  const rows = data.map((item): unknown[] => {
    if (columns) return columns.map((column) => (item as Record<string, unknown>)[column]);
    if (Array.isArray(item)) return [...item];
    throw new TypeError("Cannot write CSV: a record needs the option columns");
  });
  if (headers && columns) rows.unshift([...columns]);
  return rows.map((row) => row.map((value) => _field(value, separator)).join(separator) + "\r\n")
    .join("");
}

function _field(value: unknown, separator: string): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const needsQuotes = text.includes(separator) || text.includes('"') || text.includes("\n");
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
