import type { MassGradients, PositionGradients } from "./gradients.ts";
import { checkBins, checkHistogramPair } from "./histogram_pair.ts";
import { type LineSide, transportOnLine } from "./line_transport.ts";
import { fixedDirections } from "./sliced_directions.ts";
import { sortedOrder } from "./sorted_order.ts";

/** Options of {@linkcode slicedWasserstein}. */
export interface SlicedWassersteinOptions {
  /**
   * Masses of the first points, length n; not negative, any scale.
   *
   * @default 1 / n each
   */
  readonly a?: ArrayLike<number>;
  /**
   * Masses of the second points, length m, of the same total to 1e-5 of its size.
   *
   * @default 1 / m each
   */
  readonly b?: ArrayLike<number>;
  /**
   * Coordinates of a point.
   *
   * @default 2
   */
  readonly dimension?: number;
  /**
   * Unit vectors, row-major, length L * dimension, from {@linkcode fixedDirections} or
   * {@linkcode randomDirections}.
   *
   * @default 32 fixed ones, for points in a plane
   */
  readonly directions?: ArrayLike<number>;
  /**
   * The power of the distance, at least 1.
   *
   * @default 1
   */
  readonly p?: number;
}

/** A sliced Wasserstein distance with its gradients. */
export interface SlicedWassersteinResult {
  /** SW_p^p, times the total mass. */
  readonly value: number;
  /** Gradients in the masses, each of sum zero. */
  readonly masses: MassGradients;
  /** Gradients in the positions. */
  readonly positions: PositionGradients;
}

const DEFAULT_DIRECTIONS = 32;

/**
 * The sliced Wasserstein distance of two sets of points: the mean, over directions, of the distance of
 * their projections on a line, where sorting solves the transport.
 *
 *     SW_p^p = 1 / L sum over theta of W_p^p(theta . X, theta . Y)
 *
 * The p-th power, not its root, as for {@linkcode wasserstein1d}. A lower bound of the p-th power of the
 * Wasserstein distance; two single points at distance d have SW_1 = 2 d / pi in the plane, for many
 * directions. Takes O(L n log n). The gradients are exact where they exist, else subgradients.
 *
 * @param X Points of the first set, row-major, length n * dimension.
 * @param Y Points of the second set, row-major, length m * dimension.
 * @param options Masses, directions and power.
 * @returns Value and gradients.
 * @throws {TypeError} If lengths do not fit, or directions are missing outside the plane.
 * @throws {RangeError} If a number is NaN or infinite, a mass is negative, there is no mass, the totals
 * differ, or p is below 1.
 *
 * Source: Rabin, Peyré, Delon, Bernot, "Wasserstein barycenter and its application to texture mixing"
 * (2011); Bonneel, Rabin, Peyré, Pfister, J. Math. Imaging Vis. 51 (2015) 22.
 *
 * @example
 * ```ts
 * import { fixedDirections, slicedWasserstein } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const X = [0, 0, 1, 0, 0, 1], Y = [1, 1, 2, 0];
 * const { value } = slicedWasserstein(X, Y, {
 *   a: [0.5, 0.25, 0.25],
 *   b: [0.5, 0.5],
 *   directions: fixedDirections(4),
 * });
 * assertAlmostEquals(value, 0.81694174, 1e-7);
 * ```
 */
export function slicedWasserstein(
  X: ArrayLike<number>,
  Y: ArrayLike<number>,
  options: SlicedWassersteinOptions = {},
): SlicedWassersteinResult {
  const { dimension = 2, p = 1 } = options;
  const directions = _directions(options.directions, dimension);
  _checkPower(p);
  const n = _countPoints(X, "X", dimension), m = _countPoints(Y, "Y", dimension);
  const a = options.a ?? new Float64Array(n).fill(1 / n);
  const b = options.b ?? new Float64Array(m).fill(1 / m);
  checkBins("sliced Wasserstein", a, "a", n);
  checkBins("sliced Wasserstein", b, "b", m);
  checkHistogramPair("sliced Wasserstein", a, b, ["a", "b"]);

  const masses = { a: new Float64Array(n), b: new Float64Array(m) };
  const positions = { X: new Float64Array(X.length), Y: new Float64Array(Y.length) };
  const slices = directions.length / dimension;
  let value = 0;
  const x = _line(a), y = _line(b);
  for (let slice = 0; slice < slices; slice++) {
    const direction = directions.subarray(slice * dimension, (slice + 1) * dimension);
    value += transportOnLine(_project(X, direction, x), _project(Y, direction, y), p) / slices;
    _accumulate(x, direction, slices, masses.a, positions.X);
    _accumulate(y, direction, slices, masses.b, positions.Y);
  }
  _centre(masses.a);
  _centre(masses.b);
  return { value, masses, positions };
}

/** Masses on a line; all directions use the same memory. */
function _line(masses: ArrayLike<number>): LineSide {
  const [positions, slopes, potentials] = Array.from(
    { length: 3 },
    () => new Float64Array(masses.length),
  );
  return { positions, masses, offset: 0, order: new Uint32Array(0), slopes, potentials };
}

/** Projects points on a line and sorts them. */
function _project(points: ArrayLike<number>, direction: Float64Array, line: LineSide): LineSide {
  const { positions } = line, dimension = direction.length;
  let least = Infinity;
  for (let k = 0; k < positions.length; k++) {
    let position = 0;
    for (let axis = 0; axis < dimension; axis++) {
      position += points[k * dimension + axis] * direction[axis];
    }
    positions[k] = position;
    if (position < least) least = position;
  }
  return { ...line, order: sortedOrder(positions.map((position) => position - least)) };
}

/** Adds what one direction says to the mean gradients. */
function _accumulate(
  { slopes, potentials }: LineSide,
  direction: Float64Array,
  slices: number,
  masses: Float64Array,
  positions: Float64Array,
): void {
  const dimension = direction.length;
  for (let k = 0; k < masses.length; k++) {
    masses[k] += potentials[k] / slices;
    for (let axis = 0; axis < dimension; axis++) {
      positions[k * dimension + axis] += slopes[k] * direction[axis] / slices;
    }
  }
}

function _centre(gradient: Float64Array): void {
  let mean = 0;
  for (let k = 0; k < gradient.length; k++) mean += gradient[k] / gradient.length;
  for (let k = 0; k < gradient.length; k++) gradient[k] -= mean;
}

function _directions(
  directions: ArrayLike<number> | undefined,
  dimension: number,
): Float64Array {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(
      `Cannot compute sliced Wasserstein: dimension must be a positive integer, current value is ${dimension}`,
    );
  }
  if (directions === undefined && dimension === 2) return fixedDirections(DEFAULT_DIRECTIONS);
  if (!directions?.length || directions.length % dimension !== 0) {
    throw new TypeError(
      `Cannot compute sliced Wasserstein: directions must hold rows of ${dimension} numbers, ` +
        `current length is ${directions?.length}`,
    );
  }
  _checkFinite(directions, "directions");
  return Float64Array.from(directions);
}

function _checkPower(p: number): void {
  if (p >= 1 && p < Infinity) return;
  throw new RangeError(
    `Cannot compute sliced Wasserstein: p must be finite and >= 1, current value is ${p}`,
  );
}

function _countPoints(points: ArrayLike<number>, name: string, dimension: number): number {
  if (!points?.length || points.length % dimension !== 0) {
    throw new TypeError(
      `Cannot compute sliced Wasserstein: ${name} must hold rows of ${dimension} numbers, ` +
        `current length is ${points?.length}`,
    );
  }
  _checkFinite(points, name);
  return points.length / dimension;
}

function _checkFinite(numbers: ArrayLike<number>, name: string): void {
  for (let k = 0; k < numbers.length; k++) {
    if (Number.isFinite(numbers[k])) continue;
    throw new RangeError(
      `Cannot compute sliced Wasserstein: ${name}[${k}] must be finite, current value is ${
        numbers[k]
      }`,
    );
  }
}
