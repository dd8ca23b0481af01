import { emd2 } from "../transport/emd.ts";
import {
  type CheckedCloud,
  type CloudGradients,
  type PointCloud,
  pointCloudPair,
  pointDistance,
} from "../transport/point_cloud.ts";
import { fitLipschitzPotentials, type LipschitzFitOptions } from "./lipschitz_fit.ts";

/** Options of {@linkcode lipschitzDual}. */
export interface LipschitzDualOptions extends LipschitzFitOptions {
  /**
   * Whether to compute the exact EMD, too, and with it the gap.
   *
   * @default {true}
   */
  readonly exact?: boolean;
}

/** What {@linkcode lipschitzDual} found. */
export interface LipschitzDual {
  /** The estimate: a lower bound of the EMD, up to the rounding of single precision. */
  readonly value: number;
  /** The exact EMD, if it was asked for. */
  readonly exact?: number;
  /** By what part of it the estimate is too low, (exact - value) / exact; 0 where both are zero. */
  readonly gap?: number;
  /** Gradients of the value in energies (the potential, not centred) and positions of both clouds. */
  readonly gradients: { readonly a: CloudGradients; readonly b: CloudGradients };
}

/**
 * The EMD of two point clouds, estimated from below by a network that is 1-Lipschitz whatever its
 * weights: it is fitted to maximise
 *
 * E = sum_i a_i f(x_i) - sum_j b_j f(y_j)
 *
 * and in the limit E is the EMD with Euclidean ground distance and f its Kantorovich potential. The
 * gradient is at hand: d E / d a_i = f(x_i), d E / d x_i = a_i f'(x_i). Each pair of clouds needs a fit
 * of its own, some hundred steps of a small network; the exact solver is faster by far and says by how
 * much the fit is off.
 *
 * @param a Energies and positions of the first cloud.
 * @param b Those of the second: of the same dimension and total energy.
 * @param options Network, steps, and whether to compute the gap.
 * @returns Estimate, gap and gradients.
 * @throws {TypeError} If clouds do not fit together.
 * @throws {RangeError} If an energy is negative or not finite, totals differ, or an option is out of
 * range.
 * @see Kitouni, Nolte and Williams, arXiv 2209.15624
 *
 * @example Half of a point to either side
 * ```ts
 * import { lipschitzDual } from "@hexmover/hexmover/models";
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assert } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const { value, exact } = await lipschitzDual(
 *   { energies: [0.5, 0.5], positions: [[-1], [1]] },
 *   { energies: [1], positions: [[0]] },
 *   { steps: 100, units: 8, groupSize: 2, learningRate: 0.05 },
 * );
 * assert(exact === 1 && value > 0.98 && value < 1 + 1e-5);
 * ```
 */
export async function lipschitzDual(
  a: PointCloud,
  b: PointCloud,
  options: LipschitzDualOptions = {},
): Promise<LipschitzDual> {
  const { exact: wantsExact = true, ...fit } = options;
  const [from, to] = pointCloudPair(a, b, "fit a Lipschitz dual");
  const { potentials, slopes, values: [value] } = await fitLipschitzPotentials({
    count: 1,
    dimension: from.dimension,
    positions: Float64Array.of(...from.positions, ...to.positions),
    charges: Float64Array.of(...from.energies, ...to.energies.map((energy) => -energy)),
  }, fit);
  const gradients = {
    a: _gradients(from, potentials, slopes, 0, 1),
    b: _gradients(to, potentials, slopes, from.count, -1),
  };
  if (!wantsExact) return { value, gradients };
  const exact = emd2(from.energies, to.energies, _distances(from, to));
  return { value, exact, gap: exact === 0 ? 0 : (exact - value) / exact, gradients };
}

function _gradients(
  cloud: CheckedCloud,
  potentials: Float64Array,
  slopes: Float64Array,
  first: number,
  sign: 1 | -1,
): CloudGradients {
  const { count, dimension, energies } = cloud;
  return {
    energies: potentials.slice(first, first + count).map((height) => sign * height),
    positions: slopes.slice(first * dimension, (first + count) * dimension)
      .map((slope, at) => sign * energies[Math.floor(at / dimension)] * slope),
  };
}

function _distances(from: CheckedCloud, to: CheckedCloud): Float64Array {
  return Float64Array.from(
    { length: from.count * to.count },
    (_, at) => pointDistance(from, Math.floor(at / to.count), to, at % to.count),
  );
}
