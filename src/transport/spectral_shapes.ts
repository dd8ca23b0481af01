import { type CheckedCloud, type PointCloud, pointCloud } from "./point_cloud.ts";
import { pairSpectrum, powerAngle, type Spectrum } from "./spectral_spectrum.ts";

/**
 * A shape up to its size, as the spectral EMD sees it: by the distances of its pairs of points, at
 * size one and total energy one.
 */
export interface SpectralShape {
  /** What it is. */
  readonly name: string;
  /**
   * Mean distance of the closest pairs times their share: the integral from 0 to q of the distance
   * below which the part q of all pairs lies.
   */
  readonly closestPairs: (q: number) => number;
  /** Mean squared distance of its pairs. */
  readonly meanSquare: number;
}

/** How well a shape fits. */
export interface SpectralFit {
  /** The least squared spectral EMD of the event from the shapes of any size. */
  readonly value: number;
  /** The size of the shape at which it is reached. */
  readonly size: number;
  /**
   * 1 - value / (squared spectral EMD from a single point): 1 for an event with the pair distances of
   * the shape, 0 for one that a single point fits as well.
   */
  readonly likeness: number;
}

/**
 * A ring of evenly spread energy; its size is the radius. A part q of all pairs lies closer than
 * `2 sin(pi q / 2)`.
 */
export const RING: SpectralShape = {
  name: "ring",
  closestPairs: (q) => 4 / Math.PI * (1 - Math.cos(Math.PI * q / 2)),
  meanSquare: 2,
};

/**
 * A segment of evenly spread energy; its size is the length. A part q of all pairs lies closer than
 * `1 - sqrt(1 - q)`.
 */
export const SEGMENT: SpectralShape = {
  name: "segment",
  closestPairs: (q) => q - 2 / 3 * (1 - (1 - q) ** 1.5),
  meanSquare: 1 / 6,
};

/**
 * A shape that is given by points, at size one: any template, or samples of a continuous shape.
 *
 * @param name What it is.
 * @param points Its points; their energies are divided by their total.
 * @returns The shape.
 * @throws {TypeError | RangeError} As {@linkcode pointCloud}.
 *
 * @example Four points hold the pairs of a square
 * ```ts
 * import { fitSpectralShape, shapeOfPoints } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const square = { energies: [1, 1, 1, 1], positions: [[0, 0], [0, 1], [1, 1], [1, 0]] };
 * const diamond = { energies: [1, 1, 1, 1], positions: [[4, 0], [0, 4], [-4, 0], [0, -4]] };
 * const { size, likeness } = fitSpectralShape(diamond, shapeOfPoints("square", square));
 * assertAlmostEquals(size, 4 * Math.SQRT2);
 * assertAlmostEquals(likeness, 1);
 * ```
 */
export function shapeOfPoints(name: string, points: PointCloud): SpectralShape {
  const cloud = pointCloud(points, "make a shape of points", "points");
  const spectrum = pairSpectrum(cloud, powerAngle(1));
  const { omegas } = spectrum;
  const atoms = omegas.length, allPairs = cloud.total ** 2;
  // Shares of pairs up to each atom, and the integral up to there.
  const upTo = new Float64Array(atoms + 1), integral = new Float64Array(atoms + 1);
  for (let atom = 0; atom < atoms; atom++) {
    const share = spectrum.weights[atom] / allPairs;
    upTo[atom + 1] = upTo[atom] + share;
    integral[atom + 1] = integral[atom] + share * omegas[atom];
  }
  function closestPairs(q: number): number {
    let low = 0, high = atoms - 1; // the atom in which q lies
    while (low < high) {
      const middle = (low + high) >> 1;
      if (q <= upTo[middle + 1]) high = middle;
      else low = middle + 1;
    }
    return integral[low] + (q - upTo[low]) * omegas[low];
  }
  return { name, closestPairs, meanSquare: meanSquareAngle(spectrum, allPairs) };
}

/**
 * Fits the size of a shape to an event: an observable that says how ring-like, how straight, how much
 * like any template an event is, wherever it lies and however it is turned.
 *
 * At size r the pairs of the shape lie r times as far apart, in the same order. The squared spectral
 * EMD is therefore a parabola in r, and its minimum known,
 *
 *     r = C / D,  value = E_tot^2 (M - C^2 / D)
 *
 * with M and D the mean squared distances of the pairs of event and shape, and C the mean product of
 * the distances of equal rank. Takes O(n^2 log n).
 *
 * @param event The event; energies of any scale.
 * @param shape The shape.
 * @returns Value, size and likeness. An event of one point fits every shape of size 0, with likeness 1.
 * @throws {TypeError | RangeError} As {@linkcode pointCloud}.
 * @see Gambhir, Larkoski and Thaler, JHEP 12 (2024) 219, arXiv 2410.05379: ring and segment
 *
 * @example
 * ```ts
 * import { fitSpectralShape, RING, SEGMENT } from "@hexmover/hexmover/transport";
 * import { assert, assertAlmostEquals } from "@std/assert";
 *
 * const angles = Array.from({ length: 100 }, (_, k) => 2 * Math.PI * k / 100);
 * const event = {
 *   energies: angles.map(() => 1),
 *   positions: angles.map((phi) => [3 * Math.cos(phi), 3 * Math.sin(phi)]),
 * };
 * const ring = fitSpectralShape(event, RING), segment = fitSpectralShape(event, SEGMENT);
 * assertAlmostEquals(ring.size, 3, 1e-3);
 * assert(ring.likeness > 0.9999 && segment.likeness < 0.97);
 * ```
 */
export function fitSpectralShape(event: PointCloud, shape: SpectralShape): SpectralFit {
  const { total, spectrum } = eventSpectrum(event);
  const allPairs = total ** 2;
  let below = 0, upTo = 0, product = 0;
  for (let atom = 0; atom < spectrum.weights.length; atom++) {
    upTo += spectrum.weights[atom];
    // The last share ends at 1 whatever rounding says.
    const share = Math.min(upTo / allPairs, 1);
    const integral = shape.closestPairs(share);
    product += spectrum.omegas[atom] * (integral - below);
    below = integral;
  }
  const size = product / shape.meanSquare;
  return { size, ...spectralFit(spectrum, allPairs, product * size) };
}

/**
 * The pairs of an event by their distance.
 *
 * @param event The event.
 * @returns Its total energy and its spectral function.
 */
export function eventSpectrum(event: PointCloud): CheckedCloud & { readonly spectrum: Spectrum } {
  const cloud = pointCloud(event, "fit a spectral shape", "event");
  return { ...cloud, spectrum: pairSpectrum(cloud, powerAngle(1)) };
}

/**
 * Value and likeness of a fit that explains a part of the mean squared distance of an event's pairs.
 *
 * @param spectrum The event's pairs.
 * @param allPairs Their weight, the square of the total energy.
 * @param explained The part of the mean square that the shape explains.
 * @returns Value and likeness.
 */
export function spectralFit(
  spectrum: Spectrum,
  allPairs: number,
  explained: number,
): { readonly value: number; readonly likeness: number } {
  const meanSquare = meanSquareAngle(spectrum, allPairs);
  const value = allPairs * Math.max(0, meanSquare - explained);
  return { value, likeness: meanSquare === 0 ? 1 : Math.min(1, explained / meanSquare) };
}

/**
 * Mean squared distance of pairs.
 *
 * @param spectrum The pairs.
 * @param allPairs Their weight.
 * @returns The mean over all pairs, points paired with themselves among them.
 */
export function meanSquareAngle(spectrum: Spectrum, allPairs: number): number {
  const { omegas, weights } = spectrum;
  let sum = 0;
  for (let atom = 0; atom < omegas.length; atom++) sum += weights[atom] * omegas[atom] ** 2;
  return sum / allPairs;
}
