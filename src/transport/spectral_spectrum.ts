import { type CheckedCloud, pointDistance } from "./point_cloud.ts";
import { sortedOrder } from "./sorted_order.ts";

/** Numbers of points fit into 16 bits; pairs of more would fit into no memory. */
const MAX_POINTS = 65_536;

/** What the distance of a pair is turned into, and the slope of that. */
export interface PairAngle {
  /** omega(d), for d > 0: finite, not negative. */
  readonly value: (distance: number) => number;
  /** d omega / d d; needed for gradients in positions. */
  readonly slope?: (distance: number) => number;
}

/**
 * The spectral function of a point cloud: how much of its pairs' energy lies at which angle,
 *
 *     s(omega) = sum_ij E_i E_j delta(omega - omega_ij)
 *
 * as atoms in increasing order of omega. Atom 0 lies at omega = 0 and holds all points paired with
 * themselves, sum_i E_i^2; each pair of points is one further atom, of weight 2 E_i E_j.
 */
export interface Spectrum {
  /** Angle of each atom, increasing, length 1 + n (n - 1) / 2. */
  readonly omegas: Float64Array;
  /** Weight of each atom; their sum is the square of the total energy. */
  readonly weights: Float64Array;
  /** First point of the pair of each atom; 0 for atom 0. */
  readonly first: Uint16Array;
  /** Second point of the pair of each atom; 0 for atom 0. */
  readonly second: Uint16Array;
}

/**
 * The angle `omega = d^beta / beta`; beta = 1 is the distance itself.
 *
 * @param beta The power, above 0.
 * @returns The angle and its slope.
 * @throws {RangeError} If beta is not finite and above 0.
 *
 * @example
 * ```ts
 * import { powerAngle } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(powerAngle(2).value(3), 4.5);
 * ```
 */
export function powerAngle(beta: number): PairAngle {
  if (!(beta > 0 && beta < Infinity)) {
    throw new RangeError(
      `Cannot compute a spectrum: the power of the distance must be finite and > 0, current value is ${beta}`,
    );
  }
  if (beta === 1) return { value: (distance) => distance, slope: () => 1 };
  return {
    value: (distance) => distance ** beta / beta,
    slope: (distance) => distance ** (beta - 1),
  };
}

/**
 * The spectral function of a point cloud. Takes O(n^2 log n), nearly all of it for sorting the pairs.
 *
 * @param cloud The points.
 * @param angle What a distance is turned into.
 * @returns The atoms, by increasing angle.
 * @throws {RangeError} If there are more than 65,536 points, whose pairs no memory would hold, or an angle is negative, NaN or infinite.
 */
export function pairSpectrum(cloud: CheckedCloud, angle: PairAngle): Spectrum {
  const { count, energies } = cloud, pairs = count * (count - 1) / 2;
  if (count > MAX_POINTS) {
    throw new RangeError(
      `Cannot compute a spectrum: there must be at most ${MAX_POINTS} points, current number is ${count}`,
    );
  }
  // A pair of points in one number: it is gathered in random order below, and memory is slow.
  const unsorted = new Float64Array(pairs), points = new Uint32Array(pairs);
  for (let i = 0, pair = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++, pair++) {
      const distance = pointDistance(cloud, i, cloud, j);
      points[pair] = i << 16 | j;
      unsorted[pair] = distance === 0 ? 0 : _checked(angle.value(distance), i, j);
    }
  }
  const order = sortedOrder(unsorted);
  const omegas = new Float64Array(1 + pairs), weights = new Float64Array(1 + pairs);
  const first = new Uint16Array(1 + pairs), second = new Uint16Array(1 + pairs);
  for (let k = 0; k < count; k++) weights[0] += energies[k] ** 2;
  for (let atom = 1; atom <= pairs; atom++) {
    const pair = order[atom - 1], i = points[pair] >>> 16, j = points[pair] & 0xffff;
    omegas[atom] = unsorted[pair];
    first[atom] = i;
    second[atom] = j;
    weights[atom] = 2 * energies[i] * energies[j];
  }
  return { omegas, weights, first, second };
}

/**
 * Carries slopes in the weights of a spectrum back to the energies, with the mean taken off: only
 * changes that leave the total energy as it is are free.
 *
 * @param spectrum The spectrum.
 * @param slopes Slope in the weight of each atom.
 * @param energies Energy of each point.
 * @param gradient Where the gradient in the energies is written, one number a point.
 */
export function slopesInEnergies(
  spectrum: Pick<Spectrum, "first" | "second">,
  slopes: Float64Array,
  energies: Float64Array,
  gradient: Float64Array,
): void {
  const { first, second } = spectrum, count = energies.length;
  for (let k = 0; k < count; k++) gradient[k] = 2 * energies[k] * slopes[0];
  for (let atom = 1; atom < slopes.length; atom++) {
    const i = first[atom], j = second[atom], slope = 2 * slopes[atom];
    gradient[i] += energies[j] * slope;
    gradient[j] += energies[i] * slope;
  }
  let mean = 0;
  for (let k = 0; k < count; k++) mean += gradient[k] / count;
  for (let k = 0; k < count; k++) gradient[k] -= mean;
}

/**
 * Carries slopes in the angles of a spectrum back to the positions. Points that coincide do not pull
 * at one another.
 *
 * @param spectrum The spectrum.
 * @param slopes Slope in the angle of each atom.
 * @param cloud The points.
 * @param slopeOfAngle d omega / d d.
 * @returns The gradient in the positions, length n * dimension.
 */
export function slopesInPositions(
  spectrum: Spectrum,
  slopes: Float64Array,
  cloud: CheckedCloud,
  slopeOfAngle: (distance: number) => number,
): Float64Array {
  const { first, second } = spectrum, { dimension, positions } = cloud;
  const gradient = new Float64Array(positions.length);
  for (let atom = 1; atom < slopes.length; atom++) {
    if (slopes[atom] === 0) continue;
    const distance = pointDistance(cloud, first[atom], cloud, second[atom]);
    if (distance === 0) continue;
    const factor = slopes[atom] * slopeOfAngle(distance) / distance;
    const i = first[atom] * dimension, j = second[atom] * dimension;
    for (let axis = 0; axis < dimension; axis++) {
      const pull = factor * (positions[i + axis] - positions[j + axis]);
      gradient[i + axis] += pull;
      gradient[j + axis] -= pull;
    }
  }
  return gradient;
}

function _checked(omega: number, i: number, j: number): number {
  if (omega >= 0 && omega < Infinity) return omega;
  throw new RangeError(
    `Cannot compute a spectrum: omega of points ${i} and ${j} must be finite and >= 0, current value is ${omega}`,
  );
}
