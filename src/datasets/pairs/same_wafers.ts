/**
 * Finding wafers that are the same but for their scale.
 *
 * @module
 */
import { CELLS } from "../../wafer/cells.ts";
import { type Charges, validateWafers, type WaferTable } from "../wafer_table.ts";

/**
 * Two wafers count as the same where none of their charge fractions differ by more: far above the
 * rounding of charges in single precision (6e-8), and far below what the EMD can see (7e-4 at most).
 */
const TOLERANCE = 1e-6;

/**
 * Groups wafers whose charge fractions, charges over their sum, are the same: an EMD cannot tell them
 * apart. Proportional wafers fall into one group however they were scaled and rounded, also in single
 * precision, since fractions that differ by up to 1e-6 count as equal. Empty wafers are a group.
 *
 * Cost: sorts the wafers; some seconds for a million.
 *
 * @param table The wafers.
 * @returns For each wafer the number of the first one that is the same: its own for most.
 * @throws {TypeError} If shapes do not fit.
 * @throws {RangeError} If a charge is negative, NaN or infinite.
 *
 * @example
 * ```ts
 * import { sameWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(3 * 48);
 * charges.set([1, 2, 3], 0);
 * charges.set([5, 2, 3], 48);
 * charges.set([0.1, 0.2, 0.3], 96); // wafer 0, scaled
 * assertEquals(sameWafers(waferTable(charges)), Uint32Array.of(0, 1, 0));
 * ```
 */
export function sameWafers(table: WaferTable<Charges>): Uint32Array {
  validateWafers(table);
  const fractions = _fractions(table);
  const landmarks = _landmarks(fractions, table.count);
  const byLandmark = Uint32Array.from({ length: table.count }, (_, wafer) => wafer)
    .sort((one, other) => landmarks[one] - landmarks[other] || one - other);

  const groupOf = new Uint32Array(table.count);
  // Groups that may still match, by the wafer that began them. Landmarks of equal wafers lie within
  // the tolerance of each other, so that few are open at a time, however large the groups are.
  let open: number[] = [];
  const lowest = new Uint32Array(table.count).fill(table.count);
  for (const wafer of byLandmark) {
    open = open.filter((group) => landmarks[wafer] - landmarks[group] <= TOLERANCE);
    let group = open.find((group) => _isSame(fractions, group, wafer));
    if (group === undefined) open.push(group = wafer);
    groupOf[wafer] = group;
    lowest[group] = Math.min(lowest[group], wafer);
  }
  return groupOf.map((group) => lowest[group]);
}

function _fractions({ charges, count }: WaferTable<Charges>): Float64Array {
  const fractions = Float64Array.from(charges);
  for (let wafer = 0; wafer < count; wafer++) {
    const row = fractions.subarray(wafer * CELLS, (wafer + 1) * CELLS);
    const sum = row.reduce((sum, charge) => sum + charge, 0);
    if (sum > 0) row.forEach((charge, cell) => row[cell] = charge / sum);
  }
  return fractions;
}

/** A number for each wafer that is nearly equal where the fractions are: their mean with weights. */
function _landmarks(fractions: Float64Array, count: number): Float64Array {
  const landmarks = new Float64Array(count);
  for (let i = 0; i < fractions.length; i++) {
    landmarks[Math.floor(i / CELLS)] += WEIGHTS[i % CELLS] * fractions[i];
  }
  return landmarks;
}

/**
 * Weights without simple ratios, so that unlike wafers seldom share a landmark. They add up to 1:
 * where no fraction differs by more than the tolerance, neither do the landmarks.
 */
const WEIGHTS = _weights();

function _weights(): Float64Array {
  const roots = Float64Array.from({ length: CELLS }, (_, cell) => Math.sqrt(2 * cell + 3));
  const sum = roots.reduce((sum, root) => sum + root, 0);
  return roots.map((root) => root / sum);
}

function _isSame(fractions: Float64Array, one: number, other: number): boolean {
  for (let cell = 0; cell < CELLS; cell++) {
    const difference = fractions[one * CELLS + cell] - fractions[other * CELLS + cell];
    if (Math.abs(difference) > TOLERANCE) return false;
  }
  return true;
}
