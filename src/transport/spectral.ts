import {
  type CheckedCloud,
  type CloudGradients,
  type PointCloud,
  pointCloudPair,
} from "./point_cloud.ts";
import { lineWalk, walkCost, walkLine, walkPotentials, walkSlopes } from "./spectral_line.ts";
import {
  type PairAngle,
  pairSpectrum,
  powerAngle,
  slopesInEnergies,
  slopesInPositions,
  type Spectrum,
} from "./spectral_spectrum.ts";

/** Options of {@linkcode spectralEmd}. */
export interface SpectralEmdOptions {
  /**
   * The angle of a pair as a function of its distance d: a number beta for `d^beta / beta`, a function,
   * or a function with its slope, which gradients in positions need.
   *
   * @default {1} the distance
   */
  readonly omega?: number | PairAngle | ((distance: number) => number);
  /**
   * Whether gradients are wanted.
   *
   * @default false
   */
  readonly gradients?: boolean;
}

/** What {@linkcode spectralEmd} finds. */
export interface SpectralEmdResult {
  /** The squared spectral EMD, in units of omega^2 energy^2. */
  readonly value: number;
  /** Gradients in either cloud, where they were asked for. */
  readonly gradients?: { readonly A: CloudGradients; readonly B: CloudGradients };
}

const TASK = "compute a spectral EMD";

/**
 * The spectral energy mover's distance of two point clouds, squared, for p = 2: the squared
 * Wasserstein distance of their spectral functions,
 *
 *     s(omega) = sum_ij E_i E_j delta(omega - omega_ij)
 *     SEMD^2 = integral over q from 0 to E_tot^2 of |S_A^-1(q) - S_B^-1(q)|^2
 *
 * with S^-1(q) the angle below which the pairs of weight q lie. On a line the best transport is known,
 * so that this is a closed form: no linear program, O(n^2 log n) for sorting the pairs.
 *
 * It compares shapes, not places: shifting, turning or mirroring a cloud changes nothing. Two clouds
 * of the same pairs (there are some that no motion joins) are at distance zero.
 *
 * Gradients in energies have mean zero, as only changes that keep the total are free. Where the
 * cumulative weights of both sides coincide the value has a kink in the energies, and the mean of its
 * two extreme slopes is given: zero for equal clouds.
 *
 * @param A The first cloud; energies as given, not normalised.
 * @param B The second cloud, of the same dimension and total energy.
 * @param options The angle, and whether gradients are wanted.
 * @returns The value, and gradients where asked for.
 * @throws {TypeError} If positions and energies do not belong together, or gradients are asked for and
 * omega has no slope.
 * @throws {RangeError} If an energy or angle is negative, NaN or infinite, or the totals differ by
 * more than 1e-9.
 * @see Larkoski and Thaler, JHEP 08 (2023) 107, arXiv 2305.03751; Gambhir, Larkoski and Thaler, JHEP
 * 12 (2024) 219, arXiv 2410.05379 (SPECTER)
 *
 * @example Two pairs of points, one and two apart: half of all pairs move by one
 * ```ts
 * import { spectralEmd } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const near = { energies: [0.5, 0.5], positions: [[0, 0], [1, 0]] };
 * const far = { energies: [0.5, 0.5], positions: [[5, 5], [5, 7]] };
 * const { value, gradients } = spectralEmd(near, far, { gradients: true });
 * assertAlmostEquals(value, 0.5);
 * // d/dd of (2 - d)^2 / 2 at d = 1: pulling the near pair apart helps.
 * assertAlmostEquals(gradients!.A.positions[2], -1);
 * ```
 */
export function spectralEmd(
  A: PointCloud,
  B: PointCloud,
  options: SpectralEmdOptions = {},
): SpectralEmdResult {
  const angle = _angle(options.omega ?? 1);
  const [a, b] = pointCloudPair(A, B, TASK);
  const comparison = compareSpectra(pairSpectrum(a, angle), pairSpectrum(b, angle));
  const { value } = comparison;
  if (!(options.gradients ?? false)) return { value };

  const { slope } = angle;
  if (slope === undefined) {
    throw new TypeError(`Cannot ${TASK}: gradients in positions need the slope of omega`);
  }
  const slopes = comparison.slopes();
  return {
    value,
    gradients: { A: cloudGradients(a, slopes.x, slope), B: cloudGradients(b, slopes.y, slope) },
  };
}

/** Slopes of the squared spectral EMD in a spectrum. */
export interface SpectrumSlopes {
  /** The spectrum. */
  readonly spectrum: Spectrum;
  /** Slope in the weight of each atom, up to a constant. */
  readonly weights: Float64Array;
  /** Slope in the angle of each atom. */
  readonly omegas: Float64Array;
}

/**
 * The squared spectral EMD of two spectra, and on request its slopes in both.
 *
 * @param x The first spectrum.
 * @param y The second spectrum, of the same total weight up to rounding.
 * @returns The value, and a function that works the slopes out.
 */
export function compareSpectra(
  x: Spectrum,
  y: Spectrum,
): {
  readonly value: number;
  slopes(): { readonly x: SpectrumSlopes; readonly y: SpectrumSlopes };
} {
  const n = x.omegas.length, m = y.omegas.length;
  const walk = lineWalk(n, m);
  walkLine(x.weights, y.weights, walk);
  return {
    value: walkCost(walk, x.omegas, y.omegas),
    slopes() {
      const inX = { weights: new Float64Array(n), omegas: new Float64Array(n) };
      const inY = { weights: new Float64Array(m), omegas: new Float64Array(m) };
      walkPotentials(walk, x.omegas, y.omegas, inX.weights, inY.weights);
      walkSlopes(walk, x.omegas, y.omegas, inX.omegas, inY.omegas);
      return { x: { spectrum: x, ...inX }, y: { spectrum: y, ...inY } };
    },
  };
}

/**
 * Carries slopes in a spectrum back to the points that it came from.
 *
 * @param cloud The points.
 * @param slopes Slopes in their spectrum.
 * @param slopeOfAngle d omega / d d.
 * @returns Gradients in energies, of mean zero, and in positions.
 */
export function cloudGradients(
  cloud: CheckedCloud,
  slopes: SpectrumSlopes,
  slopeOfAngle: (distance: number) => number,
): CloudGradients {
  const energies = new Float64Array(cloud.count);
  slopesInEnergies(slopes.spectrum, slopes.weights, cloud.energies, energies);
  const positions = slopesInPositions(slopes.spectrum, slopes.omegas, cloud, slopeOfAngle);
  return { energies, positions };
}

function _angle(omega: NonNullable<SpectralEmdOptions["omega"]>): PairAngle {
  if (typeof omega === "number") return powerAngle(omega);
  return typeof omega === "function" ? { value: omega } : omega;
}
