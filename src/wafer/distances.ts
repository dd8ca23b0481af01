/**
 * Ground distances between trigger cells.
 *
 * @module
 */
import { cellPositions, CELLS, type WaferGeometryOptions } from "./cells.ts";

/**
 * Euclidean distances between the centres of all trigger cells: the ground distance of the EMD.
 *
 *     D[i, j] = |r_i - r_j|
 *
 * In half pitches neighbours inside a rhombus are 2 apart, neighbours across a seam 1.8028, and the
 * farthest cells 13.757.
 *
 * @param options Geometry, unit and order; the published coordinates in half pitches and train order
 * unless told otherwise, as the published code has it.
 * @returns The matrix, row-major, length 48 * 48. A fresh array.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { waferDistances } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const distances = waferDistances();
 * assertAlmostEquals(distances[0 * 48 + 1], 2, 1e-5);
 * assertAlmostEquals(Math.max(...distances), 13.7568, 1e-4);
 * ```
 */
export function waferDistances(options: WaferGeometryOptions = {}): Float64Array<ArrayBuffer> {
  const positions = cellPositions(options);
  const distances = new Float64Array(CELLS * CELLS);
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) {
      const dx = positions[2 * i] - positions[2 * j];
      const dy = positions[2 * i + 1] - positions[2 * j + 1];
      distances[i * CELLS + j] = Math.sqrt(dx * dx + dy * dy);
    }
  }
  return distances;
}

/**
 * The same matrix as {@linkcode waferDistances}, made once for each choice of options. Two calls
 * with equal options return the same array, so that what was found out about a matrix (that it is a
 * metric, say) need not be found out again.
 *
 * Do not write to it: everybody reads the same one.
 *
 * @param options As for {@linkcode waferDistances}.
 * @returns The shared matrix, row-major, length 48 * 48.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { sharedWaferDistances } from "@hexmover/hexmover/wafer";
 * import { assert } from "@std/assert";
 *
 * assert(sharedWaferDistances() === sharedWaferDistances({ unit: "half_pitch" }));
 * ```
 */
export function sharedWaferDistances(
  options: WaferGeometryOptions = {},
): Float64Array<ArrayBuffer> {
  const { geometry = "published", unit = "half_pitch", order = "train" } = options;
  const key = `${geometry} ${unit} ${order}`;
  let distances = _made.get(key);
  if (distances === undefined) {
    distances = waferDistances(options);
    _made.set(key, distances);
  }
  return distances;
}

/** The matrices made so far: constants that are worked out when first asked for. */
const _made = new Map<string, Float64Array<ArrayBuffer>>();
