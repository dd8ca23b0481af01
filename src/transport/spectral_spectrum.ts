import type { CheckedCloud } from "./point_cloud.ts";
import { sortedOrder } from "./sorted_order.ts";

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
  readonly first: Uint32Array;
  /** Second point of the pair of each atom; 0 for atom 0. */
  readonly second: Uint32Array;
  /** Distance of the pair of each atom; 0 for atom 0. */
  readonly distances: Float64Array;
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
 * @throws {RangeError} If an angle is negative, NaN or infinite.
 */
export function pairSpectrum(cloud: CheckedCloud, angle: PairAngle): Spectrum {
  const { count, dimension, energies, positions } = cloud;
  const pairs = count * (count - 1) / 2;
  const unsorted = new Float64Array(pairs), distances = new Float64Array(pairs);
  const first = new Uint32Array(pairs), second = new Uint32Array(pairs);
  for (let i = 0, pair = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++, pair++) {
      let square = 0;
      for (let axis = 0; axis < dimension; axis++) {
        const step = positions[i * dimension + axis] - positions[j * dimension + axis];
        square += step * step;
      }
      first[pair] = i;
      second[pair] = j;
      distances[pair] = Math.sqrt(square);
      unsorted[pair] = distances[pair] === 0 ? 0 : _checked(angle.value(distances[pair]), i, j);
    }
  }
  const order = sortedOrder(unsorted);
  const spectrum = _emptySpectrum(1 + pairs);
  for (let k = 0; k < count; k++) spectrum.weights[0] += energies[k] ** 2;
  for (let atom = 1; atom <= pairs; atom++) {
    const pair = order[atom - 1];
    spectrum.omegas[atom] = unsorted[pair];
    spectrum.distances[atom] = distances[pair];
    spectrum.first[atom] = first[pair];
    spectrum.second[atom] = second[pair];
    spectrum.weights[atom] = 2 * energies[first[pair]] * energies[second[pair]];
  }
  return spectrum;
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
  const { first, second, distances } = spectrum, { dimension, positions } = cloud;
  const gradient = new Float64Array(positions.length);
  for (let atom = 1; atom < slopes.length; atom++) {
    if (slopes[atom] === 0 || distances[atom] === 0) continue;
    const factor = slopes[atom] * slopeOfAngle(distances[atom]) / distances[atom];
    const i = first[atom] * dimension, j = second[atom] * dimension;
    for (let axis = 0; axis < dimension; axis++) {
      const pull = factor * (positions[i + axis] - positions[j + axis]);
      gradient[i + axis] += pull;
      gradient[j + axis] -= pull;
    }
  }
  return gradient;
}

function _emptySpectrum(atoms: number): Spectrum {
  return {
    omegas: new Float64Array(atoms),
    weights: new Float64Array(atoms),
    first: new Uint32Array(atoms),
    second: new Uint32Array(atoms),
    distances: new Float64Array(atoms),
  };
}

function _checked(omega: number, i: number, j: number): number {
  if (omega >= 0 && omega < Infinity) return omega;
  throw new RangeError(
    `Cannot compute a spectrum: omega of points ${i} and ${j} must be finite and >= 0, current value is ${omega}`,
  );
}
