/**
 * From the fields of CSV lines to tables of wafers.
 *
 * @module
 */
import { type CellOrder, CELLS } from "../../wafer/cells.ts";
import { CALQ_COLUMNS, findChargeColumns, TC_DATA_COLUMNS, trainCell } from "./stored_columns.ts";
import type { WaferTable } from "../wafer_table.ts";

/** What {@linkcode WaferRows} must know beside the lines. */
export interface WaferRowsOptions {
  /** How the columns of charges are numbered. */
  order: CellOrder;
  /** Most wafers in a table. */
  chunkRows: number;
  /** The file's name in errors. */
  source: string;
  /** Further columns that hold texts even where these look like numbers. */
  textColumns: readonly string[];
}

/** Lines of wafers, gathered until a table of them is taken. */
export class WaferRows {
  /** Wafers added since the last table was taken, at most `chunkRows`. */
  count = 0;
  /** Number of the line that was added last; none before the first. */
  lastLine: number | undefined;
  readonly #source: string;
  readonly #names: readonly string[];
  /** For each field the cell whose charge it is, in train order; 48 more for raw charges; or -1. */
  readonly #slotOfField: readonly number[];
  readonly #charges: Float64Array;
  readonly #rawCharges: Float64Array | undefined;
  readonly #further: readonly _FurtherColumn[];

  /**
   * @param header The names of the columns.
   * @param options Order of the cells, and the name of the source.
   * @throws {TypeError} If a column of charges is missing, or a name occurs twice.
   */
  constructor(header: readonly string[], options: WaferRowsOptions) {
    this.#source = options.source;
    this.#names = header.map((name) => name.trim());
    const found = findChargeColumns(this.#names);
    if ("problem" in found) throw new TypeError(lineError(options.source, 1, found.problem));
    this.#slotOfField = this.#names.map((name) => _slotOf(name, options.order));
    this.#charges = new Float64Array(options.chunkRows * CELLS);
    if (found.hasRaw) this.#rawCharges = new Float64Array(options.chunkRows * CELLS);
    this.#further = [...this.#names.entries()]
      .filter(([field]) => this.#slotOfField[field] < 0)
      .map(([field, name]) => ({
        field,
        name,
        texts: [],
        isNumeric: options.textColumns.includes(name) ? false : undefined,
      }));
  }

  /**
   * Adds a wafer.
   *
   * @param fields The fields of its line.
   * @param line The line's number, one more than that of the line before.
   * @throws {TypeError} If there are fewer or more fields than the header has, or a charge is text.
   * @throws {RangeError} If a charge is negative, NaN or infinite.
   */
  add(fields: readonly string[], line: number): void {
    if (fields.length !== this.#names.length) {
      const problem = `a line must have as many fields as the header, ${this.#names.length}, ` +
        `current number is ${fields.length}`;
      throw new TypeError(lineError(this.#source, line, problem));
    }
    const row = this.count * CELLS;
    for (let field = 0; field < fields.length; field++) {
      const slot = this.#slotOfField[field];
      if (slot < 0) continue;
      const charge = _number(fields[field]);
      if (charge === undefined || !(charge >= 0 && charge < Infinity)) {
        const problem = `column ${this.#names[field]}: charge must be a finite number >= 0, ` +
          `current value is "${fields[field]}"`;
        const ErrorClass = charge === undefined ? TypeError : RangeError;
        throw new ErrorClass(lineError(this.#source, line, problem));
      }
      if (slot < CELLS) this.#charges[row + slot] = charge;
      else this.#rawCharges![row + slot - CELLS] = charge;
    }
    for (const column of this.#further) column.texts.push(fields[column.field]);
    this.count++;
    this.lastLine = line;
  }

  /**
   * Takes the wafers added so far; the next ones go to a new table.
   *
   * @returns The table.
   * @throws {TypeError} If a column held numbers in the tables before and holds a text now.
   */
  take(): WaferTable {
    const { count } = this;
    const charges = this.#charges.slice(0, count * CELLS);
    const rawCharges = this.#rawCharges?.slice(0, count * CELLS);
    const columns = this.#further.map((column) => {
      const { name, texts } = column;
      column.texts = [];
      column.isNumeric ??= texts.every((text) => _numberOrMissing(text) !== undefined);
      return [name, column.isNumeric ? this.#numbers(name, texts) : texts] as const;
    });
    this.count = 0;
    const further = Object.fromEntries(columns);
    return { count, order: "train", charges, ...(rawCharges && { rawCharges }), columns: further };
  }

  #numbers(name: string, texts: readonly string[]): Float64Array {
    return Float64Array.from(texts, (text, row) => {
      const number = _numberOrMissing(text);
      if (number !== undefined) return number;
      const line = this.lastLine! - texts.length + 1 + row;
      const problem = `column ${name}: a number is needed as in the lines before, ` +
        `current value is "${text}" (the option textColumns reads a column as texts)`;
      throw new TypeError(lineError(this.#source, line, problem));
    });
  }
}

/**
 * The text of an error in a line.
 *
 * @param source The file's name.
 * @param line The line's number, from 1.
 * @param problem What is wrong.
 * @returns The text.
 */
export function lineError(source: string, line: number, problem: string): string {
  return `Cannot read wafers from ${source}: line ${line}: ${problem}`;
}

/** A column beside the charges. */
interface _FurtherColumn {
  readonly field: number;
  readonly name: string;
  texts: string[];
  /** Whether it holds numbers: the first table decides, so that all tables agree. */
  isNumeric: boolean | undefined;
}

/** Where a column of charges stands among them, 48 more for raw charges; -1 for other columns. */
function _slotOf(name: string, order: CellOrder): number {
  const calq = CALQ_COLUMNS.indexOf(name);
  if (calq >= 0) return trainCell(calq, order);
  const raw = TC_DATA_COLUMNS.indexOf(name);
  return raw >= 0 ? CELLS + trainCell(raw, order) : -1;
}

/** The number that a field holds, NaN and infinities included; undefined for any other text. */
function _number(text: string): number | undefined {
  // Counts of a few digits are nearly all there is. With this loop 100,000 wafers of them take
  // 0.16 s, without it 0.43 s.
  let value = 0;
  for (let k = 0; k < text.length; k++) {
    const digit = text.charCodeAt(k) - 48;
    if (!(digit >= 0 && digit <= 9)) return _anyNumber(text);
    value = 10 * value + digit;
  }
  return text.length > 0 && text.length <= 15 ? value : _anyNumber(text);
}

function _anyNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  if (/^nan$/i.test(trimmed)) return NaN;
  const infinity = /^([+-]?)inf(inity)?$/i.exec(trimmed);
  return infinity ? Number(`${infinity[1]}Infinity`) : undefined;
}

/** As {@linkcode _number}; NaN for an empty field, undefined for an integer that would be rounded. */
function _numberOrMissing(text: string): number | undefined {
  if (text.trim() === "") return NaN;
  const value = _number(text);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  return /^\s*[+-]?\d+\s*$/.test(text) ? undefined : value;
}
