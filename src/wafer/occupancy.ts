import { CELLS } from "./cells.ts";

/**
 * Number of occupied trigger cells of each wafer: those with more charge than a threshold.
 *
 * @param charges B wafers of 48 charges, in any order of cells.
 * @param above The threshold, in the unit of the charges. Default 0: any charge counts.
 * @returns B numbers, from 0 to 48.
 * @throws {TypeError} If the length is not a multiple of 48.
 *
 * @example
 * ```ts
 * import { occupancies } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = Float64Array.from({ length: 96 }, (_, i) => i < 48 ? 10 * i : 0);
 * assertEquals(occupancies(charges), Float64Array.of(47, 0));
 * assertEquals(occupancies(charges, 35), Float64Array.of(44, 0)); // 40, 50, ..., 470
 * ```
 */
export function occupancies(charges: ArrayLike<number>, above = 0): Float64Array {
  const wafers = charges.length / CELLS;
  if (!Number.isInteger(wafers)) {
    throw new TypeError(
      `Cannot count occupied cells: length must be a multiple of ${CELLS}, ` +
        `current value is ${charges.length}`,
    );
  }
  const occupied = new Float64Array(wafers);
  for (let i = 0; i < charges.length; i++) {
    if (charges[i] > above) occupied[Math.floor(i / CELLS)]++;
  }
  return occupied;
}
