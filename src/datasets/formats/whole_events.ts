/**
 * Tables of wafers cut anew, so that no event is split.
 *
 * @module
 */
import { CELLS } from "../../wafer/cells.ts";
import { type Charges, type Column, concatenateWafers, type WaferTable } from "../wafer_table.ts";

/** Options of {@linkcode wholeEvents}. */
export interface WholeEventsOptions {
  /**
   * Wafers in a table, an integer >= 1. The last table may have fewer, and a table has more where
   * its last event goes on.
   */
  rows: number;
  /** The beginning of an error about a wafer, by its number: `Cannot read wafers: row 7`. */
  at: (row: number) => string;
}

/**
 * Cuts tables anew: wafers keep their order, and where there is a column `event`, all wafers of an
 * event are in one table. How the tables were cut before makes no difference. Without that column
 * every table but the last has exactly `rows` wafers.
 *
 * Holds `rows` wafers, an event and a table of the source at a time, and the numbers of all events.
 *
 * @param tables The tables, with the same columns; empty ones are left out.
 * @param options Size of the tables.
 * @returns The tables, none of them empty.
 * @throws {TypeError} If the wafers of an event do not follow each other; the error names the row
 * and the event.
 */
export async function* wholeEvents<C extends Charges>(
  tables: Iterable<WaferTable<C>> | AsyncIterable<WaferTable<C>>,
  options: WholeEventsOptions,
): AsyncGenerator<WaferTable<C>, void, undefined> {
  const { rows } = options;
  const order = new EventOrder(options.at);
  let pending: WaferTable<C>[] = [];
  let count = 0;
  for await (const table of tables) {
    if (table.count === 0) continue;
    order.add(table);
    pending.push(table);
    count += table.count;
    if (count < rows) continue;

    const joined = pending.length === 1 ? table : concatenateWafers(pending);
    let start = 0;
    for (let end; (end = _endOfEvent(joined, start + rows)) !== undefined; start = end) {
      yield _slice(joined, start, end);
    }
    count -= start;
    pending = count === 0 ? [] : [_slice(joined, start, joined.count)];
  }
  if (pending.length > 0) yield pending.length === 1 ? pending[0] : concatenateWafers(pending);
}

/** Checks, table after table, that the wafers of each event follow each other. */
export class EventOrder {
  /** Events met so far. */
  readonly #seen = new Set<number | string>();
  readonly #at: (row: number) => string;
  #last: number | string | undefined;
  #row = 0;

  /** @param at The beginning of an error about a wafer, by its number from 0. */
  constructor(at: (row: number) => string) {
    this.#at = at;
  }

  /** Number of events; 0 where there is no column `event`. */
  get events(): number {
    return this.#seen.size;
  }

  /**
   * Checks the next table.
   *
   * @param table The table; one without a column `event` passes.
   * @throws {TypeError} If an event was met before other events; the error names row and event.
   */
  add(table: WaferTable<Charges>): void {
    const events = table.columns.event;
    for (let wafer = 0; events !== undefined && wafer < table.count; wafer++) {
      const event = events[wafer];
      if (_isSame(event, this.#last)) continue;
      if (this.#seen.has(event)) {
        throw new TypeError(
          `${this.#at(this.#row + wafer)}: the wafers of an event must follow each other, ` +
            `event ${event} was met before other events`,
        );
      }
      this.#seen.add(event);
      this.#last = event;
    }
    this.#row += table.count;
  }
}

/** The first row, at least this one, with which another event begins; none if it is not known. */
function _endOfEvent(table: WaferTable<Charges>, row: number): number | undefined {
  const events = table.columns.event;
  if (events === undefined) return row <= table.count ? row : undefined;
  for (let end = row; end < table.count; end++) {
    if (!_isSame(events[end], events[end - 1])) return end;
  }
  return undefined;
}

/** Wafers without a number (NaN) count as one event. */
function _isSame(one: number | string, other: number | string | undefined): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}

/** A copy of the wafers from one row to another; the table itself when these are all. */
function _slice<C extends Charges>(
  table: WaferTable<C>,
  start: number,
  end: number,
): WaferTable<C> {
  if (start === 0 && end === table.count) return table;
  const { rawCharges } = table;
  const columns = Object.entries(table.columns)
    .map(([name, column]): [string, Column] => [name, column.slice(start, end)]);
  return {
    count: end - start,
    order: "train",
    charges: table.charges.slice(start * CELLS, end * CELLS) as C,
    ...(rawCharges && { rawCharges: rawCharges.slice(start * CELLS, end * CELLS) as C }),
    columns: Object.fromEntries(columns),
  };
}
