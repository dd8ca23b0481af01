/**
 * The symmetries of a wafer.
 *
 * @module
 */
import { CELLS, TRIGGER_CELLS } from "./cells.ts";
import { gatherRows, type SameClass } from "./gather.ts";
import type { InOrder, TakenAs } from "./orders.ts";

/** A permutation of the cells in train order: the charge of cell i goes to cell `symmetry[i]`. */
export type WaferSymmetry = readonly number[];

/**
 * The permutations s of the cells that leave every distance as it is, D[s(i), s(j)] = D[i, j]: turns
 * by 0, 120 and 240 degrees, anticlockwise. There are no others: seen through their trigger cells the
 * three rhombi form a pinwheel, which no mirror maps onto itself.
 *
 * In train order a turn adds 16 or 32 to the index, modulo 48.
 *
 * @example
 * ```ts
 * import { WAFER_SYMMETRIES, waferDistances } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const distances = waferDistances();
 * for (const turn of WAFER_SYMMETRIES) {
 *   assertAlmostEquals(distances[turn[3] * 48 + turn[40]], distances[3 * 48 + 40], 1e-5);
 * }
 * ```
 */
export const WAFER_SYMMETRIES: readonly WaferSymmetry[] = [0, 1, 2].map((turns) =>
  TRIGGER_CELLS.map((cell) => (cell.train + 16 * turns) % CELLS)
);

/**
 * Turns wafers: the charge of cell i goes to cell `symmetry[i]`.
 *
 * @param charges One wafer or a batch in train order, row-major, length a multiple of 48.
 * @param symmetry One of {@linkcode WAFER_SYMMETRIES}, or any other permutation of the cells.
 * @returns The turned wafers: a fresh array of the same class (`Float64Array` for plain arrays),
 * marked as train order.
 * @throws {TypeError} If the number of charges is not a multiple of 48, or the symmetry not a
 * permutation of 0 to 47.
 *
 * @example
 * ```ts
 * import { applySymmetry, WAFER_SYMMETRIES } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float32Array(48);
 * charges[40] = 7;
 * assertEquals(applySymmetry(charges, WAFER_SYMMETRIES[1])[8], 7);
 * ```
 */
export function applySymmetry<T extends TakenAs<"train">>(
  charges: T,
  symmetry: WaferSymmetry,
): InOrder<"train", SameClass<T>> {
  const out = gatherRows(charges, CELLS, _inverse(symmetry), "turn wafers");
  return out as InOrder<"train", SameClass<T>>;
}

function _inverse(symmetry: WaferSymmetry): number[] {
  const inverse = Array.from({ length: CELLS }, (_, cell) => symmetry.indexOf(cell));
  if (symmetry.length !== CELLS || inverse.includes(-1)) {
    throw new TypeError(
      "Cannot turn wafers: symmetry must be a permutation of 0 to 47, " +
        `current value is [${symmetry.join(", ")}]`,
    );
  }
  return inverse;
}
