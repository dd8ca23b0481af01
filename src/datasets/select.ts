/**
 * The paper's choices of wafers: conditions that can be joined.
 *
 * @module
 */
import { CELLS } from "../wafer/cells.ts";
import { occupancies } from "../wafer/occupancy.ts";
import { type Charges, filterWafers, type WaferTable } from "./wafer_table.ts";

/**
 * A condition on wafers. It is given a table once, checks there that what it needs is known, and
 * then tells for each wafer, by its number, whether to keep it. A wafer whose value is missing (NaN)
 * is not kept.
 */
export type WaferSelection = (table: WaferTable<Charges>) => (wafer: number) => boolean;

/** Ends of a range. */
export interface ValueRange {
  /**
   * Least value.
   *
   * @default {-Infinity}
   */
  readonly from?: number;
  /**
   * Greatest value for {@linkcode occupied}; for {@linkcode etaWindow} the first value beyond.
   *
   * @default {Infinity}
   */
  readonly to?: number;
}

/**
 * Charge above which a cell counts as occupied, in counts: that of a minimum-ionising particle at
 * normal incidence (1 MIP_T), as in the published code.
 */
export const OCCUPIED_ABOVE = 35;

/**
 * Number of trigger cells with more charge than that of a minimum-ionising particle:
 * CALQ > 35 counts, which is 1 MIP_T, as arXiv 2306.04712 counts it.
 *
 * @param table The wafers; charges in counts.
 * @returns The number for each wafer, in [0, 48].
 *
 * @example
 * ```ts
 * import { occupancy, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(Float64Array.from({ length: 48 }, (_, cell) => 10 * cell));
 * assertEquals(occupancy(table), Float64Array.of(44)); // 40, 50, ..., 470
 * ```
 */
export function occupancy(table: WaferTable<Charges>): Float64Array {
  return occupancies(table.charges, OCCUPIED_ABOVE);
}

/**
 * Wafers of events whose generated particle has low transverse momentum.
 *
 * @param greatest Greatest transverse momentum in GeV; the paper's by default.
 * @returns The condition gen_pt <= greatest.
 * @throws {RangeError} If the limit is NaN.
 *
 * @example
 * ```ts
 * import { lowPt, selectWhere, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(3 * 48), { gen_pt: Float64Array.of(20, 35, 36) });
 * const [selected] = await Array.fromAsync(selectWhere([table], lowPt()));
 * assertEquals(selected.columns.gen_pt, Float64Array.of(20, 35));
 * ```
 */
export function lowPt(greatest = 35): WaferSelection {
  _checkLimits(-Infinity, greatest, "transverse momenta");
  return (table) => {
    const pt = _numbers(table, "gen_pt", "transverse momentum");
    return (wafer) => pt[wafer] <= greatest;
  };
}

/**
 * Wafers within a range of pseudorapidity, on both sides of the detector.
 *
 * @param range The range of |eta| of the wafer's centre, without its upper end, so that windows that
 * meet share no wafer; the paper's whole range is from 1.6 to 3.0.
 * @returns The condition from <= |eta| < to.
 * @throws {RangeError} If an end is NaN, or the range is the wrong way round.
 *
 * @example
 * ```ts
 * import { etaWindow, selectWhere, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(3 * 48), { eta: Float64Array.of(1.5, 1.6, 2.0) });
 * const selection = etaWindow({ from: 1.6, to: 2.0 });
 * const [selected] = await Array.fromAsync(selectWhere([table], selection));
 * assertEquals(selected.columns.eta, Float64Array.of(1.6));
 * ```
 */
export function etaWindow(range: ValueRange): WaferSelection {
  const { from = -Infinity, to = Infinity } = range;
  _checkLimits(from, to, "eta");
  return (table) => {
    const eta = _numbers(table, "eta", "eta");
    return (wafer) => Math.abs(eta[wafer]) >= from && Math.abs(eta[wafer]) < to;
  };
}

/**
 * Wafers in some layers.
 *
 * @param layers The layers' numbers, integers >= 1: odd ones for trigger layers of the
 * electromagnetic section.
 * @returns The condition that the wafer's layer is one of them.
 * @throws {RangeError} If there is no layer, or a number is impossible.
 *
 * @example
 * ```ts
 * import { inLayers, selectWhere, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(3 * 48), { layer: Float64Array.of(5, 7, 9) });
 * const [selected] = await Array.fromAsync(selectWhere([table], inLayers([9, 5])));
 * assertEquals(selected.columns.layer, Float64Array.of(5, 9));
 * ```
 */
export function inLayers(layers: readonly number[]): WaferSelection {
  const bad = layers.find((layer) => !Number.isInteger(layer) || layer < 1);
  if (layers.length === 0 || bad !== undefined) {
    throw new RangeError(
      `Cannot select wafers: layers must be integers >= 1, at least one, current value is ` +
        (bad ?? "[]"),
    );
  }
  const wanted = new Set(layers);
  return (table) => {
    const layer = _numbers(table, "layer", "layer");
    return (wafer) => wanted.has(layer[wafer]);
  };
}

/**
 * Wafers within a range of occupancy, the number of cells with CALQ > 35.
 *
 * @param range The range, both ends included.
 * @returns The condition from <= occupancy <= to; see {@linkcode occupancy}.
 * @throws {RangeError} If an end is NaN, or the range is the wrong way round.
 *
 * @example
 * ```ts
 * import { occupied, selectWhere, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(Float64Array.from({ length: 96 }, (_, i) => i < 3 ? 36 : 35));
 * const selected = await Array.fromAsync(selectWhere([table], occupied({ from: 3, to: 3 })));
 * assertEquals(selected[0].count, 1);
 * ```
 */
export function occupied(range: ValueRange): WaferSelection {
  const { from = -Infinity, to = Infinity } = range;
  _checkLimits(from, to, "occupancies");
  return (table) => {
    const cells = occupancy(table);
    return (wafer) => cells[wafer] >= from && cells[wafer] <= to;
  };
}

/**
 * Wafers with charge in any cell.
 *
 * @returns The condition that the sum of charges is above zero.
 *
 * @example
 * ```ts
 * import { nonEmpty, selectWhere, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(Float64Array.from({ length: 96 }, (_, i) => i === 50 ? 1 : 0));
 * const selected = await Array.fromAsync(selectWhere([table], nonEmpty()));
 * assertEquals(selected[0].count, 1);
 * ```
 */
export function nonEmpty(): WaferSelection {
  return ({ charges }) => (wafer) => {
    const end = (wafer + 1) * CELLS;
    for (let i = wafer * CELLS; i < end; i++) if (charges[i] > 0) return true;
    return false;
  };
}

/**
 * Wafers in which the generated particle left energy.
 *
 * @returns The condition signal_share > 0.
 *
 * @example
 * ```ts
 * import { selectWhere, signalWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(96), { signal_share: Float64Array.of(0, 0.02) });
 * const selected = await Array.fromAsync(selectWhere([table], signalWafers()));
 * assertEquals(selected[0].columns.signal_share, Float64Array.of(0.02));
 * ```
 */
export function signalWafers(): WaferSelection {
  return (table) => {
    const share = _numbers(table, "signal_share", "signal");
    return (wafer) => share[wafer] > 0;
  };
}

/**
 * Joins conditions.
 *
 * @param selections The conditions; without any, all wafers are kept.
 * @returns The condition that all of them hold.
 *
 * @example The signal wafers of the paper's first layer with five links
 * ```ts
 * import { allOf, etaWindow, inLayers, lowPt, signalWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const selection = allOf(lowPt(), etaWindow({ from: 1.6, to: 3.0 }), inLayers([9]), signalWafers());
 * assertEquals(typeof selection, "function");
 * ```
 */
export function allOf(...selections: readonly WaferSelection[]): WaferSelection {
  return (table) => {
    const conditions = selections.map((selection) => selection(table));
    return (wafer) => conditions.every((holds) => holds(wafer));
  };
}

/**
 * The wafers of each table for which a condition holds.
 *
 * @param tables The tables; not changed.
 * @param selection The condition.
 * @returns New tables with copies of these wafers, in their order; tables without any are left out.
 * @throws {TypeError} If the condition needs a column that a table lacks or that holds texts.
 *
 * @example Only wafers with charge, from one file to another
 * ```ts ignore
 * import { nonEmpty, readWafers, selectWhere, writeWafers } from "@hexmover/hexmover/datasets";
 *
 * await writeWafers("some.parquet", selectWhere(readWafers("all.parquet"), nonEmpty()));
 * ```
 */
export async function* selectWhere<C extends Charges>(
  tables: Iterable<WaferTable<C>> | AsyncIterable<WaferTable<C>>,
  selection: WaferSelection,
): AsyncGenerator<WaferTable<C>, void, undefined> {
  for await (const table of tables) {
    const selected = filterWafers(table, selection(table));
    if (selected.count > 0) yield selected;
  }
}

/** A column that a condition needs. */
function _numbers(table: WaferTable<Charges>, name: string, by: string): Float64Array {
  const column = table.columns[name];
  if (column instanceof Float64Array) return column;
  throw new TypeError(
    `Cannot select wafers by ${by}: column ${name} must hold numbers, ` +
      (column === undefined
        ? `current columns are [${Object.keys(table.columns).join(", ")}]`
        : "current type is texts"),
  );
}

function _checkLimits(from: number, to: number, what: string): void {
  if (from <= to) return;
  throw new RangeError(
    `Cannot select wafers by ${what}: a range must have from <= to, ` +
      `current range is ${from} to ${to}`,
  );
}
