/** Points that hold energy: an event, a jet, the cells of a detector. */
export interface PointCloud {
  /** Energy (or mass) of each point, length n; finite, not negative, any scale. */
  readonly energies: ArrayLike<number>;
  /** Where the points are: n points of equal dimension, or their n * dimension coordinates in turn. */
  readonly positions: ArrayLike<number> | ArrayLike<ArrayLike<number>>;
}

/** A point cloud in typed arrays, after all checks. */
export interface CheckedCloud {
  /** Number of points. */
  readonly count: number;
  /** Coordinates of a point. */
  readonly dimension: number;
  /** Energy of each point, length count. */
  readonly energies: Float64Array;
  /** Coordinates of the points in turn, length count * dimension. */
  readonly positions: Float64Array;
  /** Sum of the energies, above zero. */
  readonly total: number;
}

/** Gradients in a point cloud, in the layout of {@linkcode CheckedCloud}. */
export interface CloudGradients {
  /** Gradient in the energies, length n. */
  readonly energies: Float64Array;
  /** Gradient in the positions, the coordinates of each point in turn, length n * dimension. */
  readonly positions: Float64Array;
}

/** Largest difference of the totals, relative to the larger one. */
const TOTALS_TOLERANCE = 1e-9;

/**
 * Checks a point cloud and brings it into typed arrays. Everything after this may trust its input.
 *
 * @param cloud Energies and positions, one point an entry or all coordinates in turn.
 * @param task What is being done, for errors: "compute a spectral EMD".
 * @param name Name of the cloud, for errors.
 * @returns The cloud; copies.
 * @throws {TypeError} If positions and energies do not belong together.
 * @throws {RangeError} If an energy is negative, NaN or infinite, a coordinate is not finite, or there
 * is no energy.
 *
 * @example Two points in the plane
 * ```ts
 * import { pointCloud } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const pair = pointCloud({ energies: [1, 2], positions: [[0, 0], [3, 4]] });
 * assertEquals([pair.dimension, pair.total, ...pair.positions], [2, 3, 0, 0, 3, 4]);
 * ```
 */
export function pointCloud(
  cloud: PointCloud,
  task = "read a point cloud",
  name = "A",
): CheckedCloud {
  const energies = _energies(cloud?.energies, task, name);
  const positions = _coordinates(cloud.positions, energies.length, task, name);
  let total = 0;
  for (const energy of energies) total += energy;
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(
      `Cannot ${task}: the total energy of ${name} must be finite and > 0, current value is ${total}`,
    );
  }
  const count = energies.length;
  return { count, dimension: positions.length / count, energies, positions, total };
}

/**
 * Checks two point clouds that are to be compared: both as {@linkcode pointCloud}, and of equal
 * dimension.
 *
 * @param A The first cloud.
 * @param B The second cloud.
 * @param task What is being done, for errors.
 * @param options Whether their totals must be equal, to 1e-9 of the larger one; by default they must.
 * @returns Both clouds.
 * @throws {TypeError} As {@linkcode pointCloud}, or if the dimensions differ.
 * @throws {RangeError} As {@linkcode pointCloud}, or if the totals differ.
 */
export function pointCloudPair(
  A: PointCloud,
  B: PointCloud,
  task: string,
  options: { readonly equalTotals?: boolean } = {},
): readonly [CheckedCloud, CheckedCloud] {
  const a = pointCloud(A, task, "A"), b = pointCloud(B, task, "B");
  if (a.dimension !== b.dimension) {
    throw new TypeError(
      `Cannot ${task}: points of A and B must have the same dimension, current values are ${a.dimension} and ${b.dimension}`,
    );
  }
  const { equalTotals = true } = options;
  if (equalTotals && Math.abs(a.total - b.total) > TOTALS_TOLERANCE * Math.max(a.total, b.total)) {
    throw new RangeError(
      `Cannot ${task}: the total energies of A and B must be equal, current values are ${a.total} and ${b.total}`,
    );
  }
  return [a, b];
}

/**
 * Euclidean distance of a point of one cloud from a point of another.
 *
 * @param a The first cloud.
 * @param i Index of its point.
 * @param b The second cloud, of equal dimension.
 * @param j Index of its point.
 * @returns The distance.
 */
export function pointDistance(a: CheckedCloud, i: number, b: CheckedCloud, j: number): number {
  const { dimension } = a;
  let square = 0;
  for (let axis = 0; axis < dimension; axis++) {
    const step = a.positions[i * dimension + axis] - b.positions[j * dimension + axis];
    square += step * step;
  }
  return Math.sqrt(square);
}

/**
 * Costs of moving between the points of two clouds: a power of their Euclidean distance.
 *
 * @param a The first cloud, of n points.
 * @param b The second cloud, of m points and equal dimension.
 * @param p The power, above 0.
 * @returns `|x_i - y_j|^p`, row-major, length n * m.
 */
export function pointCosts(a: CheckedCloud, b: CheckedCloud, p: number): Float64Array {
  const costs = new Float64Array(a.count * b.count);
  for (let i = 0, k = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++, k++) {
      const distance = pointDistance(a, i, b, j);
      costs[k] = p === 1 ? distance : distance ** p;
    }
  }
  return costs;
}

function _energies(energies: ArrayLike<number>, task: string, name: string): Float64Array {
  if (typeof energies?.length !== "number") {
    throw new TypeError(`Cannot ${task}: ${name}.energies must be an array of numbers`);
  }
  const copy = Float64Array.from(energies);
  copy.forEach((energy, k) => {
    if (energy >= 0 && energy < Infinity) return;
    throw new RangeError(
      `Cannot ${task}: ${name}.energies[${k}] must be finite and >= 0, current value is ${energy}`,
    );
  });
  return copy;
}

function _coordinates(
  positions: PointCloud["positions"],
  count: number,
  task: string,
  name: string,
): Float64Array {
  if (typeof positions?.length !== "number") {
    throw new TypeError(`Cannot ${task}: ${name}.positions must be an array`);
  }
  const isOfPoints = positions.length > 0 && typeof positions[0] !== "number";
  const points = positions as ArrayLike<ArrayLike<number>>;
  if (isOfPoints) {
    for (let k = 0; k < points.length; k++) {
      if (points[k]?.length === points[0].length) continue;
      throw new TypeError(
        `Cannot ${task}: ${name}.positions[${k}] must have as many coordinates as the first point, ` +
          `${points[0].length}, current number is ${points[k]?.length}`,
      );
    }
  }
  const numbers = isOfPoints
    ? Float64Array.from(Array.from(points).flatMap((point) => Array.from(point)))
    : Float64Array.from(positions as ArrayLike<number>);
  const fits = isOfPoints ? points.length === count : numbers.length % count === 0;
  if (count > 0 && !(fits && numbers.length > 0)) {
    throw new TypeError(
      `Cannot ${task}: ${name} must have a position for each of its ${count} energies, ` +
        `current length of positions is ${positions.length}`,
    );
  }
  numbers.forEach((coordinate, k) => {
    if (Number.isFinite(coordinate)) return;
    throw new RangeError(
      `Cannot ${task}: coordinate ${k} of ${name}.positions must be finite, current value is ${coordinate}`,
    );
  });
  return numbers;
}
