/**
 * Many wafers at once: one array for all charges and one for each further column, never an object
 * for a wafer.
 *
 * @module
 */
import { CELLS } from "../wafer/cells.ts";

/** One value for each wafer: numbers (NaN where missing) or texts. */
export type Column = Float64Array | readonly string[];

/** Charges of wafers, row-major, 48 for each. */
export type Charges = Float64Array | Float32Array;

/** Wafers and what is known of each. */
export interface WaferTable<C extends Charges = Float64Array> {
  /** Number of wafers. */
  readonly count: number;
  /** Order of the cells in {@linkcode WaferTable.charges}. */
  readonly order: "train";
  /** Charges, row-major, length count * 48: finite and >= 0, in any unit. */
  readonly charges: C;
  /**
   * Charges of the trigger cells as digitised (tc_data), before the transverse calibration that
   * leads to {@linkcode WaferTable.charges}; same shape, order and class of array.
   */
  readonly rawCharges?: C;
  /** Further columns by name (layer, eta, an event's number), each of length count. */
  readonly columns: Readonly<Record<string, Column>>;
}

/**
 * Makes a table of wafers, and checks it.
 *
 * @param charges Charges in train order, row-major, length a multiple of 48; kept, not copied.
 * @param columns Further columns by name, one value a wafer; kept, not copied.
 * @param rawCharges Charges before calibration, if they are known; kept, not copied.
 * @returns The table.
 * @throws {TypeError} If the number of charges is not a multiple of 48, a column has another length
 * than there are wafers, or the raw charges another length or class of array than the charges.
 * @throws {RangeError} If a charge is negative, NaN or infinite; the error names wafer and cell.
 *
 * @example
 * ```ts
 * import { waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(96).fill(1), { eta: Float64Array.of(1.7, 2.1) });
 * assertEquals(table.count, 2);
 * assertThrows(() => waferTable(new Float64Array(48).fill(-1)), RangeError, "wafer 0");
 * ```
 */
export function waferTable<C extends Charges>(
  charges: C,
  columns: Readonly<Record<string, Column>> = {},
  rawCharges?: C,
): WaferTable<C> {
  const count = charges.length / CELLS;
  const table: WaferTable<C> = { count, order: "train", charges, ..._raw(rawCharges), columns };
  validateWafers(table);
  return table;
}

/**
 * Checks a table of wafers: shapes, and that every charge is finite and >= 0.
 *
 * @param table The table.
 * @throws {TypeError} If the number of charges is not count * 48, a column has another length than
 * there are wafers, or the raw charges another length or class of array than the charges.
 * @throws {RangeError} If a charge is negative, NaN or infinite; the error names wafer and cell.
 *
 * @example
 * ```ts
 * import { validateWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertThrows } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(96));
 * table.charges[48 + 3] = NaN;
 * assertThrows(() => validateWafers(table), RangeError, "wafer 1: charge of cell 3");
 * ```
 */
export function validateWafers(table: WaferTable<Charges>): void {
  const { count, charges, rawCharges, columns } = table;
  if (!Number.isInteger(count) || charges.length !== count * CELLS) {
    throw new TypeError(
      `Cannot use wafers: ${count} wafers need ${CELLS} charges each, ` +
        `current number of charges is ${charges.length}`,
    );
  }
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== count) {
      throw new TypeError(
        `Cannot use wafers: column ${name} must have one value for each of ${count} wafers, ` +
          `current length is ${column.length}`,
      );
    }
  }
  _checkCharges(charges, "charge");
  if (rawCharges === undefined) return;
  if (
    rawCharges.length !== charges.length || rawCharges.constructor !== charges.constructor
  ) {
    throw new TypeError(
      `Cannot use wafers: raw charges must be a ${charges.constructor.name} of length ` +
        `${charges.length} as the charges are, current one is a ${rawCharges.constructor.name} ` +
        `of length ${rawCharges.length}`,
    );
  }
  _checkCharges(rawCharges, "raw charge");
}

/**
 * The charges of one wafer of a table.
 *
 * @param table The table.
 * @param wafer Which wafer, an integer in [0, count).
 * @returns A view of its 48 charges, not a copy.
 * @throws {RangeError} If there is no such wafer.
 *
 * @example
 * ```ts
 * import { chargesOf, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(Float64Array.from({ length: 96 }, (_, i) => i));
 * assertEquals(chargesOf(table, 1)[0], 48);
 * ```
 */
export function chargesOf<C extends Charges>(table: WaferTable<C>, wafer: number): C {
  _checkRow(table, wafer);
  return table.charges.subarray(wafer * CELLS, (wafer + 1) * CELLS) as C;
}

/**
 * Puts tables one after the other.
 *
 * @param tables The tables, at least one, with the same columns and charges in the same class of
 * array. They are not changed.
 * @returns A new table of all wafers.
 * @throws {TypeError} If there is no table, or a table has other columns than the first, texts where
 * the first has numbers, or charges in another class of array.
 *
 * @example
 * ```ts
 * import { concatenateWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const one = waferTable(new Float64Array(48), { layer: Float64Array.of(5) });
 * const other = waferTable(new Float64Array(48), { layer: Float64Array.of(9) });
 * assertEquals(concatenateWafers([one, other]).columns.layer, Float64Array.of(5, 9));
 * ```
 */
export function concatenateWafers<C extends Charges>(
  tables: readonly WaferTable<C>[],
): WaferTable<C> {
  if (tables.length === 0) throw new TypeError("Cannot concatenate wafers: there is no table");
  tables.forEach((table, index) => {
    requireSameColumns(tables[0], table, `concatenate table ${index}`);
    if (table.charges.constructor !== tables[0].charges.constructor) {
      throw new TypeError(
        `Cannot concatenate table ${index}: its charges must be a ` +
          `${
            tables[0].charges.constructor.name
          }, current class is ${table.charges.constructor.name}`,
      );
    }
  });

  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const charges = _joinedCharges(tables.map((table) => table.charges));
  const rawCharges = tables[0].rawCharges &&
    _joinedCharges(tables.map((table) => table.rawCharges!));
  const columns = Object.keys(tables[0].columns).map((name) => {
    const parts = tables.map((table) => table.columns[name]);
    return [name, _joined(parts, count)] as const;
  });
  const further = Object.fromEntries(columns);
  return { count, order: "train", charges, ..._raw(rawCharges), columns: further };
}

/**
 * Checks that two tables have the same columns, in any order, with numbers or texts in the same ones,
 * and raw charges both or neither.
 *
 * @param expected The table that has the right columns.
 * @param table The other table.
 * @param doing What is being done, for the error: "Cannot ${doing}: ...".
 * @throws {TypeError} If a column is missing, surplus or of the other kind, or raw charges are.
 */
export function requireSameColumns(
  expected: WaferTable<Charges>,
  table: WaferTable<Charges>,
  doing: string,
): void {
  const wanted = _describeColumns(expected);
  const found = _describeColumns(table);
  if (found !== wanted) {
    throw new TypeError(
      `Cannot ${doing}: its columns must be [${wanted}], current columns are [${found}]`,
    );
  }
  const hasRaw = table.rawCharges !== undefined;
  if (hasRaw !== (expected.rawCharges !== undefined)) {
    throw new TypeError(
      `Cannot ${doing}: ${hasRaw ? "only it has" : "it lacks"} raw charges, unlike the first table`,
    );
  }
}

/**
 * The wafers with the given numbers, in that order.
 *
 * @param table The table; not changed.
 * @param wafers Numbers of wafers, integers in [0, count); one may occur several times.
 * @returns A new table with copies of these wafers.
 * @throws {RangeError} If there is no wafer of a number.
 *
 * @example
 * ```ts
 * import { selectWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(3 * 48), { layer: Float64Array.of(5, 7, 9) });
 * assertEquals(selectWafers(table, [2, 0]).columns.layer, Float64Array.of(9, 5));
 * ```
 */
export function selectWafers<C extends Charges>(
  table: WaferTable<C>,
  wafers: ArrayLike<number>,
): WaferTable<C> {
  const count = wafers.length;
  for (let row = 0; row < count; row++) _checkRow(table, wafers[row]);
  const charges = _selectedCharges(table.charges, wafers);
  const rawCharges = table.rawCharges && _selectedCharges(table.rawCharges, wafers);

  const columns = Object.entries(table.columns).map(([name, column]) => {
    const values = column instanceof Float64Array
      ? Float64Array.from(wafers, (wafer) => column[wafer])
      : Array.from(wafers, (wafer) => column[wafer]);
    return [name, values] as const;
  });
  const further = Object.fromEntries(columns);
  return { count, order: "train", charges, ..._raw(rawCharges), columns: further };
}

/**
 * The wafers for which a condition holds, in their order.
 *
 * @param table The table; not changed.
 * @param keep Whether to keep the wafer of this number.
 * @returns A new table with copies of these wafers.
 *
 * @example Wafers that are not empty
 * ```ts
 * import { chargesOf, filterWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(Float64Array.from({ length: 96 }, (_, i) => i === 50 ? 1 : 0));
 * const hit = filterWafers(table, (wafer) => chargesOf(table, wafer).some((charge) => charge > 0));
 * assertEquals(hit.count, 1);
 * ```
 */
export function filterWafers<C extends Charges>(
  table: WaferTable<C>,
  keep: (wafer: number) => boolean,
): WaferTable<C> {
  const wafers: number[] = [];
  for (let wafer = 0; wafer < table.count; wafer++) if (keep(wafer)) wafers.push(wafer);
  return selectWafers(table, wafers);
}

/** Raw charges as a part of a table; none where they are not known. */
function _raw<C extends Charges>(rawCharges: C | undefined): { rawCharges?: C } {
  return rawCharges === undefined ? {} : { rawCharges };
}

function _checkCharges(charges: Charges, name: string): void {
  for (let i = 0; i < charges.length; i++) {
    if (!(charges[i] >= 0 && charges[i] < Infinity)) {
      throw new RangeError(
        `Cannot use wafer ${Math.floor(i / CELLS)}: ${name} of cell ${i % CELLS} must be ` +
          `finite and >= 0, current value is ${charges[i]}`,
      );
    }
  }
}

function _joinedCharges<C extends Charges>(parts: readonly C[]): C {
  const joined = _newCharges(parts[0], parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    joined.set(part, filled);
    filled += part.length;
  }
  return joined;
}

function _selectedCharges<C extends Charges>(charges: C, wafers: ArrayLike<number>): C {
  const selected = _newCharges(charges, wafers.length * CELLS);
  for (let row = 0; row < wafers.length; row++) {
    const start = wafers[row] * CELLS;
    selected.set(charges.subarray(start, start + CELLS), row * CELLS);
  }
  return selected;
}

/** Room for so many charges, in the same class of array. */
function _newCharges<C extends Charges>(like: C, length: number): C {
  return new (like.constructor as new (length: number) => C)(length);
}

function _checkRow(table: WaferTable<Charges>, wafer: number): void {
  if (!Number.isInteger(wafer) || wafer < 0 || wafer >= table.count) {
    throw new RangeError(
      `Cannot take a wafer: its number must be an integer in [0, ${table.count}), ` +
        `current value is ${wafer}`,
    );
  }
}

/** For example `"eta": numbers, "type": texts`. */
function _describeColumns(table: WaferTable<Charges>): string {
  return Object.entries(table.columns)
    .map(([name, column]) => `"${name}": ${column instanceof Float64Array ? "numbers" : "texts"}`)
    .sort().join(", ");
}

/** Columns of one kind, one after the other. */
function _joined(parts: readonly Column[], count: number): Column {
  if (!(parts[0] instanceof Float64Array)) return (parts as readonly string[][]).flat();
  const numbers = new Float64Array(count);
  let filled = 0;
  for (const part of parts as readonly Float64Array[]) {
    numbers.set(part, filled);
    filled += part.length;
  }
  return numbers;
}
