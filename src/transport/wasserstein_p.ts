import { emd } from "./emd.ts";
import { massGradients, positionGradients } from "./gradients.ts";
import { type CloudGradients, type PointCloud, pointCloudPair, pointCosts } from "./point_cloud.ts";

/** Options of {@linkcode wassersteinP}. */
export interface WassersteinPOptions {
  /**
   * The power of the distance, at least 1.
   *
   * @default 2
   */
  readonly p?: number;
  /**
   * Whether gradients are wanted.
   *
   * @default false
   */
  readonly gradients?: boolean;
}

/** What {@linkcode wassersteinP} finds. */
export interface WassersteinPResult {
  /** W_p^p times the total energy: the least cost, without the root. */
  readonly value: number;
  /** The distance W_p itself, a length: the p-th root of the cost of a unit of energy. */
  readonly distance: number;
  /** Energy moved from point i of A to point j of B, row-major, length n * m. */
  readonly plan: Float64Array;
  /** Whether plan and potentials are the only ones; where not, gradients are subgradients. */
  readonly unique: boolean;
  /** Gradients of `value` in either cloud, where they were asked for; those in energies have mean zero. */
  readonly gradients?: { readonly A: CloudGradients; readonly B: CloudGradients };
}

const TASK = "compute a Wasserstein distance";

/**
 * The p-Wasserstein distance of two point clouds of equal total, by exact transport:
 *
 *     W_p^p = min over f >= 0 of sum_ij f_ij |x_i - y_j|^p  with  sum_j f_ij = a_i, sum_i f_ij = b_j
 *
 * For p > 1 the cost is no metric: energy that both clouds hold at the same place may have to move, in
 * order that other energy need not go so far. What may be left out for p = 1, the energy in common,
 * must stay in the problem; general transport does that. Takes as long as {@linkcode emd} with n * m
 * costs.
 *
 * @param A The first cloud; energies as given, not normalised.
 * @param B The second cloud, of the same dimension and total energy.
 * @param options The power, and whether gradients are wanted.
 * @returns The cost, the distance, the plan, and gradients where asked for.
 * @throws {TypeError} If positions and energies do not belong together.
 * @throws {RangeError} If p is below 1, an energy is negative, a number not finite, or the totals differ
 * by more than 1e-9.
 *
 * @example A block that moves by one: cheaper step by step than by one long way
 * ```ts
 * import { wassersteinP } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const A = { energies: [0.5, 0.5], positions: [0, 1] };
 * const B = { energies: [0.5, 0.5], positions: [1, 2] };
 * const { value, distance } = wassersteinP(A, B);
 * assertAlmostEquals(value, 1); // leaving the half at 1 alone would cost 0.5 * 2^2 = 2
 * assertAlmostEquals(distance, 1);
 * ```
 */
export function wassersteinP(
  A: PointCloud,
  B: PointCloud,
  options: WassersteinPOptions = {},
): WassersteinPResult {
  const { p = 2, gradients = false } = options;
  if (!(p >= 1 && p < Infinity)) {
    throw new RangeError(`Cannot ${TASK}: p must be finite and >= 1, current value is ${p}`);
  }
  const [a, b] = pointCloudPair(A, B, TASK);
  const result = emd(a.energies, b.energies, pointCosts(a, b, p));
  if (result.status !== "optimal") {
    throw new Error(`Cannot ${TASK}: no optimum after ${result.pivots} pivots`);
  }
  const { value, plan, unique } = result;
  const distance = (value / a.total) ** (1 / p);
  if (!gradients) return { value, distance, plan, unique };
  const inEnergies = massGradients(result);
  const { dimension } = a;
  const inPositions = positionGradients(result, a.positions, b.positions, { dimension, p });
  return {
    value,
    distance,
    plan,
    unique,
    gradients: {
      A: { energies: inEnergies.a, positions: inPositions.X },
      B: { energies: inEnergies.b, positions: inPositions.Y },
    },
  };
}
