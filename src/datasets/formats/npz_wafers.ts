/**
 * Wafers as NumPy arrays in a `.npz` file, for those who train in Python.
 *
 * @module
 */
import { type CellOrder, CELLS } from "../../wafer/cells.ts";
import type { NpyArray } from "./npy.ts";
import { npzBytes, parseNpz } from "./npz.ts";
import { checkReadOptions } from "./read_options.ts";
import { asInt32, storedNumbers, trainCell } from "./stored_columns.ts";
import { type Charges, type Column, validateWafers, type WaferTable } from "../wafer_table.ts";
import { EventOrder, wholeEvents } from "./whole_events.ts";

/** Options of {@linkcode readWaferNpz}. */
export interface WaferNpzOptions {
  /**
   * How the cells are numbered; `paper` order is put into train order.
   *
   * @default {"train"}
   */
  order?: CellOrder;
  /**
   * Wafers in a table. The last table may have fewer, and one has more where its last event goes on.
   *
   * @default {8192}
   */
  chunkRows?: number;
  /**
   * The file's name in errors.
   *
   * @default {"npz"}
   */
  source?: string;
}

const CHARGES = "charges";
const RAW_CHARGES = "raw_charges";

/**
 * A table of wafers as the bytes of a `.npz` file: `charges` of shape [wafers, 48] in train order,
 * `raw_charges` of the same shape where they are known, and an array of shape [wafers] for each
 * further column, texts as NumPy's unicode.
 *
 * Charges are int32 where all are whole numbers, else float64; so are the columns event, layer,
 * waferu, waferv, zside and density; other numbers are float64. Equal tables give equal bytes. All
 * stands in memory at once: Parquet is the format for millions of wafers.
 *
 * @param table The wafers.
 * @returns The bytes.
 * @throws {TypeError} If shapes do not fit, a column is called `charges` or `raw_charges`, or the
 * wafers of an event do not follow each other.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a text ends in U+0000 or holds half
 * a surrogate pair, or the file would take 4 GiB.
 *
 * @example
 * ```ts
 * import { parseNpz, formatWaferNpz, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = formatWaferNpz(waferTable(new Float64Array(96), { layer: Float64Array.of(5, 9) }));
 * const { charges, layer } = parseNpz(bytes);
 * assertEquals(charges.shape, [2, 48]);
 * assertEquals(layer.data, Int32Array.of(5, 9));
 * ```
 */
export function formatWaferNpz(table: WaferTable<Charges>): Uint8Array<ArrayBuffer> {
  validateWafers(table);
  new EventOrder((row) => `Cannot write wafers: row ${row}`).add(table);
  const { count, charges, rawCharges, columns } = table;
  const taken = Object.keys(columns).find((name) => name === CHARGES || name === RAW_CHARGES);
  if (taken !== undefined) {
    throw new TypeError(`Cannot write wafers: column ${taken} has the name of the charges`);
  }
  const ofCharges = (all: Charges): NpyArray => ({
    data: asInt32(all) ?? Float64Array.from(all),
    shape: [count, CELLS],
  });
  const further = Object.entries(columns).map(([name, column]): [string, NpyArray] => {
    const data = column instanceof Float64Array ? storedNumbers(name, column) : column;
    return [name, { data, shape: [count] }];
  });
  return npzBytes({
    [CHARGES]: ofCharges(charges),
    ...(rawCharges && { [RAW_CHARGES]: ofCharges(rawCharges) }),
    ...Object.fromEntries(further),
  });
}

/**
 * Reads wafers from the bytes of a `.npz` file as {@linkcode formatWaferNpz} or `numpy.savez` writes
 * it.
 *
 * @param bytes The whole file.
 * @param options Order of the cells, size of the tables, and the name of the source.
 * @returns Tables of `chunkRows` wafers, in train order.
 * @throws {TypeError} If it is not a whole `.npz` file or holds no wafers, `charges` is missing or not
 * of shape [wafers, 48], another array has not one value for each wafer, or the wafers of an event
 * do not follow each other; the error names source, and array or row.
 * @throws {RangeError} If an option has an impossible value, or a charge is negative, NaN or infinite;
 * the error names source, row (from 0) and cell (as numbered in the file).
 *
 * @example
 * ```ts
 * import { npzBytes, readWaferNpz } from "@hexmover/hexmover/datasets";
 * import { assertRejects } from "@std/assert";
 *
 * const bytes = npzBytes({ charges: { data: new Float64Array(94), shape: [2, 47] } });
 * await assertRejects(
 *   () => Array.fromAsync(readWaferNpz(bytes)),
 *   TypeError,
 *   "its shape must be [wafers, 48], current shape is [2,47]",
 * );
 * ```
 */
export function readWaferNpz(
  bytes: Uint8Array,
  options: WaferNpzOptions = {},
): AsyncIterable<WaferTable> {
  const { order = "train", chunkRows = 8192, source = "npz" } = options;
  checkReadOptions({ order, chunkRows, source });
  return wholeEvents(_table(bytes, order, source), {
    rows: chunkRows,
    at: (row) => `Cannot read wafers from ${source}: row ${row}`,
  });
}

/** The one table that the file holds; made when it is asked for. */
function* _table(bytes: Uint8Array, order: CellOrder, source: string): Generator<WaferTable> {
  const arrays = parseNpz(bytes, source);
  if (arrays[CHARGES] === undefined) {
    throw new TypeError(
      `Cannot read wafers from ${source}: there must be an array ${CHARGES}, ` +
        `current arrays are [${Object.keys(arrays).join(", ")}]`,
    );
  }
  const charges = _charges(CHARGES, arrays[CHARGES], order, source);
  const count = charges.length / CELLS;
  if (count === 0) throw new TypeError(`Cannot read wafers from ${source}: it holds no wafers`);
  const rawCharges = arrays[RAW_CHARGES] &&
    _charges(RAW_CHARGES, arrays[RAW_CHARGES], order, source, count);
  const columns = Object.entries(arrays)
    .filter(([name]) => name !== CHARGES && name !== RAW_CHARGES)
    .map(([name, array]): [string, Column] => [name, _column(name, array, count, source)]);
  yield {
    count,
    order: "train",
    charges,
    ...(rawCharges && { rawCharges }),
    columns: Object.fromEntries(columns),
  };
}

function _charges(
  name: string,
  { data, shape }: NpyArray,
  order: CellOrder,
  source: string,
  count = shape[0],
): Float64Array {
  if (shape.length !== 2 || shape[0] !== count || shape[1] !== CELLS) {
    throw new TypeError(
      `Cannot read wafers from ${source}: array ${name}: its shape must be ` +
        `[${name === CHARGES ? "wafers" : count}, ${CELLS}], current shape is [${shape}]`,
    );
  }
  if (_isTexts(data)) {
    throw new TypeError(
      `Cannot read wafers from ${source}: array ${name}: charges must be numbers, ` +
        `current type is texts`,
    );
  }
  const charges = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const cell = i % CELLS;
    if (!(data[i] >= 0 && data[i] < Infinity)) {
      throw new RangeError(
        `Cannot read wafers from ${source}: row ${Math.floor(i / CELLS)}: array ${name}: charge ` +
          `of cell ${cell} must be a finite number >= 0, current value is ${data[i]}`,
      );
    }
    charges[i - cell + trainCell(cell, order)] = data[i];
  }
  return charges;
}

function _column(name: string, { data, shape }: NpyArray, count: number, source: string): Column {
  if (shape.length !== 1 || shape[0] !== count) {
    throw new TypeError(
      `Cannot read wafers from ${source}: array ${name}: its shape must be [${count}], one value ` +
        `for each wafer, current shape is [${shape}]`,
    );
  }
  return _isTexts(data) ? data : Float64Array.from(data);
}

function _isTexts(data: NpyArray["data"]): data is readonly string[] {
  return Array.isArray(data);
}
