import type { RandomStream } from "../numerics/random.ts";

/**
 * Directions in the plane at equal angles, theta_l = pi l / L: half a turn, since opposite directions
 * see the same.
 *
 * @param count How many, L >= 1.
 * @returns Unit vectors, row-major, length L * 2.
 * @throws {RangeError} If the count is not a positive integer.
 *
 * @example
 * ```ts
 * import { fixedDirections } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [x0, y0, x1, y1] = fixedDirections(2);
 * assertAlmostEquals(x0 * x1 + y0 * y1, 0, 1e-15);
 * ```
 */
export function fixedDirections(count: number): Float64Array {
  _checkCount(count);
  const directions = new Float64Array(2 * count);
  for (let l = 0; l < count; l++) {
    directions[2 * l] = Math.cos(Math.PI * l / count);
    directions[2 * l + 1] = Math.sin(Math.PI * l / count);
  }
  return directions;
}

/**
 * Directions drawn evenly from the unit sphere.
 *
 * @param count How many, L >= 1.
 * @param dimension Coordinates of a point, at least 1.
 * @param random The stream to draw from.
 * @returns Unit vectors, row-major, length L * dimension.
 * @throws {RangeError} If count or dimension is not a positive integer.
 *
 * @example
 * ```ts
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { randomDirections } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [x, y, z] = randomDirections(1, 3, new RandomStream(1, "slices"));
 * assertAlmostEquals(Math.hypot(x, y, z), 1);
 * ```
 */
export function randomDirections(
  count: number,
  dimension: number,
  random: RandomStream,
): Float64Array {
  _checkCount(count);
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(
      `Cannot make directions: dimension must be a positive integer, current value is ${dimension}`,
    );
  }
  const directions = new Float64Array(count * dimension);
  for (let begin = 0; begin < directions.length; begin += dimension) {
    // Normal numbers know no axes.
    let square = 0;
    for (let axis = begin; axis < begin + dimension; axis++) {
      directions[axis] = random.normal();
      square += directions[axis] ** 2;
    }
    for (let axis = begin; axis < begin + dimension; axis++) directions[axis] /= Math.sqrt(square);
  }
  return directions;
}

function _checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(
    `Cannot make directions: their number must be a positive integer, current value is ${count}`,
  );
}
