import { emd } from "./emd.ts";
import { massGradients, positionGradients } from "./gradients.ts";
import {
  type CheckedCloud,
  type CloudGradients,
  type PointCloud,
  pointCloudPair,
  pointCosts,
} from "./point_cloud.ts";
import type { TransportResult } from "./types.ts";

/** Options of {@linkcode energyMoversDistance}. */
export interface EnergyMoversOptions {
  /**
   * The distance over which moving a unit of energy costs as much as creating it. With at least half
   * the largest distance of any two points, and beta = 1, the result is a metric.
   *
   * @default 1
   */
  readonly R?: number;
  /**
   * The power of the distance, above 0; gradients in positions need at least 1.
   *
   * @default 1
   */
  readonly beta?: number;
  /**
   * Whether gradients are wanted.
   *
   * @default false
   */
  readonly gradients?: boolean;
}

/** What {@linkcode energyMoversDistance} finds. */
export interface EnergyMoversResult {
  /** The distance, an energy: `moving + creating`. */
  readonly value: number;
  /** The part for moving energy, `sum f_ij (d_ij / R)^beta`. */
  readonly moving: number;
  /** The part for creating energy, the difference of the totals. */
  readonly creating: number;
  /** Energy moved from point i of A to point j of B, row-major, length n * m. */
  readonly plan: Float64Array;
  /** Whether plan and potentials are the only ones; where not, gradients are subgradients. */
  readonly unique: boolean;
  /**
   * Gradients of `value` in either cloud, where they were asked for. Where the totals are equal, the
   * value has a kink in them; gradients in energies then stand for changes that keep both totals, and
   * have mean zero.
   */
  readonly gradients?: { readonly A: CloudGradients; readonly B: CloudGradients };
}

const TASK = "compute an energy mover's distance";

/** Totals that differ by less than this part are equal up to rounding. */
const ROUNDING = 1e-12;

/**
 * The energy mover's distance of two events, whose totals need not be equal:
 *
 *     EMD = min over f >= 0 of sum_ij f_ij (d_ij / R)^beta + |sum_i E_i - sum_j E'_j|
 *     with  sum_j f_ij <= E_i,  sum_i f_ij <= E'_j,  sum_ij f_ij = min(sum_i E_i, sum_j E'_j)
 *
 * The lighter event is given one point more, which holds the missing energy and is at distance R from
 * all others: what flows there costs as much as it is. This makes a transport problem with equal
 * totals of the same value, whose potentials are the gradient.
 *
 * @param A The first event: energies (or transverse momenta) at positions, for example in rapidity and
 * azimuth. Azimuth is not taken to be periodic: bring it near the other event's first.
 * @param B The second event, of the same dimension.
 * @param options R, beta, and whether gradients are wanted.
 * @returns The distance, its two parts, the plan, and gradients where asked for.
 * @throws {TypeError} If positions and energies do not belong together.
 * @throws {RangeError} If R or beta is not above 0, an energy is negative, a number not finite, an event
 * has no energy, or gradients are asked for with beta below 1.
 * @see Komiske, Metodiev and Thaler, Phys. Rev. Lett. 123 (2019) 041801, arXiv 1902.02346, Eq. (1)
 *
 * @example Two of three units move by half, and one is created
 * ```ts
 * import { energyMoversDistance } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const A = { energies: [2], positions: [[0, 0]] }, B = { energies: [3], positions: [[0.3, 0.4]] };
 * const { value, moving, creating } = energyMoversDistance(A, B);
 * assertAlmostEquals(moving, 2 * 0.5);
 * assertAlmostEquals(creating, 1);
 * assertAlmostEquals(value, 2);
 * ```
 */
export function energyMoversDistance(
  A: PointCloud,
  B: PointCloud,
  options: EnergyMoversOptions = {},
): EnergyMoversResult {
  const { R = 1, beta = 1, gradients = false } = options;
  for (const [name, value] of [["R", R], ["beta", beta]] as const) {
    if (value > 0 && value < Infinity) continue;
    throw new RangeError(
      `Cannot ${TASK}: ${name} must be finite and > 0, current value is ${value}`,
    );
  }
  if (gradients && beta < 1) {
    throw new RangeError(`Cannot ${TASK}: gradients need beta >= 1, current value is ${beta}`);
  }
  const [a, b] = pointCloudPair(A, B, TASK, { equalTotals: false });
  const surplus = _surplus(a, b), unit = R ** beta;
  const powers = pointCosts(a, b, beta);
  const result = _balancedTransport(a, b, powers.map((power) => power / unit), surplus);
  if (result.status !== "optimal") {
    throw new Error(`Cannot ${TASK}: no optimum after ${result.pivots} pivots`);
  }
  const creating = Math.abs(surplus), plan = _planOfPoints(result.plan, a.count, b.count, surplus);
  const found = {
    value: result.value,
    moving: Math.max(0, result.value - creating),
    creating,
    plan,
    unique: result.unique,
  };
  if (!gradients) return found;
  const inEnergies = surplus === 0 ? massGradients(result) : _energyGradients(result, surplus);
  // In the distances themselves, without the unit.
  const ofPoints = { ...result, plan, problem: { a: a.energies, b: b.energies, cost: powers } };
  const points = { dimension: a.dimension, p: beta };
  const inPositions = positionGradients(ofPoints, a.positions, b.positions, points);
  const perUnit = (slopes: Float64Array) => slopes.map((slope) => slope / unit);
  return {
    ...found,
    gradients: {
      A: { energies: inEnergies.a, positions: perUnit(inPositions.X) },
      B: { energies: inEnergies.b, positions: perUnit(inPositions.Y) },
    },
  };
}

/** How much more energy A has than B; 0 where that is rounding. */
function _surplus(a: CheckedCloud, b: CheckedCloud): number {
  const surplus = a.total - b.total;
  return Math.abs(surplus) <= ROUNDING * Math.max(a.total, b.total) ? 0 : surplus;
}

/** Transport with one more point in the lighter event, at cost 1 from all points of the other. */
function _balancedTransport(
  { energies: a }: CheckedCloud,
  { energies: b }: CheckedCloud,
  cost: Float64Array,
  surplus: number,
): TransportResult {
  if (surplus === 0) return emd(a, b, cost);
  if (surplus < 0) {
    return emd(
      [...a, -surplus],
      b,
      Float64Array.of(...cost, ...new Float64Array(b.length).fill(1)),
    );
  }
  const n = a.length, m = b.length;
  const wider = new Float64Array(n * (m + 1)).fill(1);
  for (let i = 0; i < n; i++) wider.set(cost.subarray(i * m, (i + 1) * m), i * (m + 1));
  return emd(a, [...b, surplus], wider);
}

/** The plan between points that are in the events. */
function _planOfPoints(plan: Float64Array, n: number, m: number, surplus: number): Float64Array {
  if (surplus <= 0) return plan.slice(0, n * m);
  return plan.filter((_, k) => k % (m + 1) < m);
}

/**
 * The gradients where the totals differ. The energy of the added point is the difference D of the
 * totals, so that in `value = sum a u + sum b v + D w` it moves along: energy added to the heavier
 * event pays its potential and that of the added point, w; energy added to the lighter one saves w.
 */
function _energyGradients({ potentials }: TransportResult, surplus: number) {
  const { a: u, b: v } = potentials;
  if (surplus > 0) {
    const w = v[v.length - 1];
    return { a: u.map((ui) => ui + w), b: v.slice(0, -1).map((vj) => vj - w) };
  }
  const w = u[u.length - 1];
  return { a: u.slice(0, -1).map((ui) => ui - w), b: v.map((vj) => vj + w) };
}
