import type { TransportResult } from "./types.ts";

/** Gradients in the masses of the two histograms. */
export interface MassGradients {
  /** Gradient in the masses of the first histogram, length n, of mean zero. */
  readonly a: Float64Array;
  /** Gradient in the masses of the second histogram, length m, of mean zero. */
  readonly b: Float64Array;
}

/** Gradients in the positions of the two sets of points. */
export interface PositionGradients {
  /** Gradient in the points of the first set, row-major, length n * dimension. */
  readonly X: Float64Array;
  /** Gradient in the points of the second set, row-major, length m * dimension. */
  readonly Y: Float64Array;
}

/** What {@linkcode positionGradients} has to know of the points. */
export interface PositionGradientsOptions {
  /** Coordinates of a point. */
  readonly dimension: number;
  /**
   * The power of the Euclidean distance that is the cost, at least 1: 2 for squared distances.
   *
   * @default 1
   */
  readonly p?: number;
}

/** Largest difference between a cost and the power of the distance, relative to either. */
const COST_TOLERANCE = 1e-9;

/**
 * The gradients of the least cost in the masses: the potentials, each less its mean.
 *
 * The totals of the two histograms have to stay equal, so that only changes of sum zero in each are
 * free; for these a constant in the potentials does not matter, and the gradient of mean zero stands
 * for all. Moving a small mass from bin k to bin i of the first histogram changes the value by that
 * mass times `a[i] - a[k]`. Where `result.unique` is false, and where mass is added to empty bins,
 * this is one subgradient of several: the value is convex in the masses and grows by at least that.
 *
 * @param result A result of {@linkcode emd}.
 * @returns `u - mean(u)` and `v - mean(v)`.
 *
 * @example
 * ```ts
 * import { emd, massGradients } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const M = [0, 1, 3, 1, 0, 2, 3, 2, 0];
 * const b = [0.4, 0.1, 0.5];
 * const result = emd([0.2, 0.5, 0.3], b, M);
 * const { a } = massGradients(result);
 * // A hundredth of the mass goes from bin 2 to bin 1.
 * const moved = emd([0.2, 0.51, 0.29], b, M).value - result.value;
 * assertAlmostEquals(moved, 0.01 * (a[1] - a[2]));
 * ```
 */
export function massGradients(result: TransportResult): MassGradients {
  return { a: _centred(result.potentials.a), b: _centred(result.potentials.b) };
}

/**
 * The gradient of the least cost in the cost matrix: the plan. A cost that grows by a little makes
 * the value grow by that times the mass that flows there. Where `result.unique` is false this is one
 * supergradient of several.
 *
 * @param result A result of {@linkcode emd}.
 * @returns The gradient, row-major, length n * m: the plan of the result itself, not a copy.
 *
 * @example
 * ```ts
 * import { costGradient, emd } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...costGradient(emd([1, 2], [3], [4, 5]))], [1, 2]);
 * ```
 */
export function costGradient(result: TransportResult): Float64Array {
  return result.plan;
}

/**
 * The gradients of the least cost in the positions of points, where the cost is a power of their
 * Euclidean distance, `M_ij = |X_i - Y_j|^p`:
 *
 *     d value / d X_i = sum_j plan_ij p |X_i - Y_j|^(p - 2) (X_i - Y_j)
 *
 * and for Y_j likewise with the sign turned. Where two points coincide and p = 1 the distance has a
 * kink, and zero, one of its subgradients, is taken.
 *
 * @param result A result of {@linkcode emd} for these costs.
 * @param X Points of the first set, row-major, length n * dimension.
 * @param Y Points of the second set, row-major, length m * dimension.
 * @param options Dimension and power.
 * @returns The gradients.
 * @throws {TypeError} If `X` or `Y` has another length.
 * @throws {RangeError} If the dimension is not a positive integer, p is below 1, or mass flows where
 * the cost is not that power of the distance.
 *
 * @example Two points on a line, drawn together
 * ```ts
 * import { emd, positionGradients } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const result = emd([2], [2], [9]); // from 1 to 4, distance squared
 * const { X, Y } = positionGradients(result, [1], [4], { dimension: 1, p: 2 });
 * assertEquals([X[0], Y[0]], [-12, 12]);
 * ```
 */
export function positionGradients(
  result: TransportResult,
  X: ArrayLike<number>,
  Y: ArrayLike<number>,
  options: PositionGradientsOptions,
): PositionGradients {
  const { problem: { a, b, cost }, plan } = result;
  const { dimension, p = 1 } = options;
  _checkOptions(dimension, p);
  _checkPoints(X, "X", a.length, dimension);
  _checkPoints(Y, "Y", b.length, dimension);
  const gradients = { X: new Float64Array(X.length), Y: new Float64Array(Y.length) };
  for (let k = 0; k < plan.length; k++) {
    if (plan[k] === 0) continue;
    const i = Math.floor(k / b.length), j = k % b.length;
    const distance = _distance(X, i * dimension, Y, j * dimension, dimension);
    _checkCost(cost[k], distance ** p, i, j, p);
    if (distance === 0) continue;
    const factor = plan[k] * p * distance ** (p - 2);
    for (let axis = 0; axis < dimension; axis++) {
      const pull = factor * (X[i * dimension + axis] - Y[j * dimension + axis]);
      gradients.X[i * dimension + axis] += pull;
      gradients.Y[j * dimension + axis] -= pull;
    }
  }
  return gradients;
}

function _centred(potential: Float64Array): Float64Array {
  const mean = potential.reduce((sum, value) => sum + value, 0) / potential.length;
  return potential.map((value) => value - mean);
}

function _distance(
  X: ArrayLike<number>,
  x: number,
  Y: ArrayLike<number>,
  y: number,
  dimension: number,
): number {
  let square = 0;
  for (let axis = 0; axis < dimension; axis++) square += (X[x + axis] - Y[y + axis]) ** 2;
  return Math.sqrt(square);
}

function _checkOptions(dimension: number, p: number): void {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(
      `Cannot compute position gradients: dimension must be a positive integer, current value is ${dimension}`,
    );
  }
  if (!(p >= 1 && p < Infinity)) {
    throw new RangeError(
      `Cannot compute position gradients: p must be finite and >= 1, current value is ${p}`,
    );
  }
}

function _checkPoints(
  points: ArrayLike<number>,
  name: string,
  count: number,
  dimension: number,
): void {
  if (points?.length !== count * dimension) {
    throw new TypeError(
      `Cannot compute position gradients: ${name} must have length ${count} * ${dimension} = ${
        count * dimension
      }, current length is ${points?.length}`,
    );
  }
}

/** Gradients of another cost than the one that was minimised would be wrong without a sign of it. */
function _checkCost(cost: number, expected: number, i: number, j: number, p: number): void {
  if (Math.abs(cost - expected) <= COST_TOLERANCE * Math.max(cost, expected)) return;
  throw new RangeError(
    `Cannot compute position gradients: the cost from bin ${i} to bin ${j} must be the distance to the power ${p}, ${expected}, current value is ${cost}`,
  );
}
