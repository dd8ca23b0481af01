import type { Charges, WaferTable } from "../../datasets/wafer_table.ts";
import { CELLS } from "../../wafer/cells.ts";

/**
 * What the back end knows of a wafer besides its latents, at no cost to the ECON-T: where the wafer is,
 * and the sum of its charges, which is sent anyway.
 */
export type ConditionName = "total" | "eta" | "layer" | "density" | "waferu" | "waferv";

/** How each is brought to numbers of about 1. */
const SCALES: Readonly<Record<ConditionName, { readonly centre: number; readonly width: number }>> =
  {
    total: { centre: 0.5, width: 0.29 },
    eta: { centre: 2.25, width: 0.4 },
    layer: { centre: 8, width: 4 },
    density: { centre: 1, width: 1 },
    waferu: { centre: 0, width: 4 },
    waferv: { centre: 0, width: 4 },
  };

/**
 * The names of all conditions.
 *
 * @returns The names, in the order in which tables and messages have them.
 */
export function conditionNames(): ConditionName[] {
  return Object.keys(SCALES) as ConditionName[];
}

/**
 * What a conditional decoder is told of each wafer, as numbers of about 1.
 *
 * `total` is where the wafer's sum S stands between two powers of two, log2(S) - floor(log2(S)): the
 * encoder sees charges divided by 2^floor(log2 S), so this is what it cannot tell apart from noise.
 * `eta` is taken without its sign; the others are the columns of their names.
 *
 * @param table The wafers.
 * @param names Which conditions, in order.
 * @returns Rows of as many numbers as there are names.
 * @throws {TypeError} If the table lacks a column.
 * @throws {RangeError} If a number is missing.
 *
 * @example
 * ```ts
 * import { waferTable } from "@hexmover/hexmover/datasets";
 * import { waferConditions } from "@hexmover/hexmover/models";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(48).fill(1), { layer: Float64Array.of(12) });
 * assertEquals(waferConditions(table, ["layer"]), Float32Array.of(1));
 * ```
 */
export function waferConditions(
  table: WaferTable<Charges>,
  names: readonly ConditionName[],
): Float32Array {
  const rows = new Float32Array(table.count * names.length);
  for (const [k, name] of names.entries()) {
    const { centre, width } = SCALES[name];
    const value = name === "total" ? _total(table) : _column(table, name);
    for (let wafer = 0; wafer < table.count; wafer++) {
      const number = value(wafer);
      if (!Number.isFinite(number)) {
        throw new RangeError(
          `Cannot tell conditions of wafer ${wafer}: ${name} must be a number, ` +
            `current value is ${number}`,
        );
      }
      rows[wafer * names.length + k] = (number - centre) / width;
    }
  }
  return rows;
}

/**
 * The condition `total` of a wafer.
 *
 * @param sum The sum of its charges, in any unit.
 * @returns As {@linkcode waferConditions} has it.
 */
export function totalCondition(sum: number): number {
  const { centre, width } = SCALES.total;
  return (_abovePowerOfTwo(sum) - centre) / width;
}

function _total({ charges }: WaferTable<Charges>): (wafer: number) => number {
  return (wafer) => {
    let sum = 0;
    for (let cell = 0; cell < CELLS; cell++) sum += charges[wafer * CELLS + cell];
    return _abovePowerOfTwo(sum);
  };
}

function _abovePowerOfTwo(sum: number): number {
  const log = Math.log2(sum);
  return log - Math.floor(log);
}

function _column(table: WaferTable<Charges>, name: string): (wafer: number) => number {
  const column = table.columns[name];
  if (column === undefined) {
    throw new TypeError(`Cannot tell conditions of wafers: there is no column ${name}`);
  }
  return (wafer) => name === "eta" ? Math.abs(Number(column[wafer])) : Number(column[wafer]);
}
