import { sharedWaferDistances } from "../wafer/distances.ts";
import { centreRows } from "./centre_rows.ts";
import { checkSimplex } from "./check_simplex.ts";
import { checkExponent } from "./squared_emd.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** How ground distances become costs, in {@linkcode squaredEmdMatrix} and {@linkcode squaredEmdLearned}. */
export interface GroundCostOptions {
  /**
   * Power omega of the ground distance, > 0: the larger, the less near classes cost compared with far
   * ones.
   *
   * @default {1}
   */
  readonly sensitivity?: number;
  /**
   * The bias mu that is added to the power, finite. With a negative one probability on near classes, the
   * right one included, is rewarded, and the loss can be negative.
   *
   * @default {0}
   */
  readonly bias?: number;
}

/** Options of {@linkcode squaredEmdMatrix}. */
export interface SquaredEmdMatrixOptions extends GroundCostOptions {
  /**
   * Ground distances between C classes, row-major, C * C: finite, not negative, zero from a class to
   * itself. Row i has the distances of a prediction of class i. They need be neither symmetric nor a
   * metric.
   *
   * @default those of the 48 trigger cells of a wafer, in train order and half trigger-cell pitches
   */
  readonly distances?: ArrayLike<number>;
  /**
   * Exponent l of the probabilities, >= 1: 2 is the squared EMD, 1 the EMD itself.
   *
   * @default {2}
   */
  readonly exponent?: number;
}

/**
 * The squared EMD from the probabilities of classes to the class that is right, with any ground distance
 * D. There is but one plan: all probability moves to the right class k, and
 *
 * L(k, p) = sum_i p_i^l (D_ik^omega + mu),  l = 2
 *
 * A target that is spread over classes gets the mean of L under it, which is no EMD: it is not zero
 * where target and output are equal.
 *
 * @param options Ground distances, and how they count.
 * @returns The loss, for rows of class probabilities.
 * @throws {TypeError} If the distances are not a square matrix of at least two classes.
 * @throws {RangeError} If a distance is negative or not finite, one from a class to itself is not zero,
 * or another option is out of range.
 * @see Hou, Yu and Samaras, arXiv 1611.05916
 *
 * @example Three classes in a row: class 2 is twice as far from class 0 as class 1 is
 * ```ts
 * import { squaredEmdMatrix } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const loss = squaredEmdMatrix({ distances: [0, 1, 2, 1, 0, 1, 2, 1, 0] });
 * const isFirst = Float64Array.of(1, 0, 0), probabilities = Float64Array.of(0.5, 0.2, 0.3);
 * const { value } = await loss.valueAndGradient(isFirst, probabilities);
 * assertAlmostEquals(value[0], 0.2 ** 2 * 1 + 0.3 ** 2 * 2);
 * ```
 */
export function squaredEmdMatrix(options: SquaredEmdMatrixOptions = {}): Loss {
  const { distances = sharedWaferDistances(), exponent = 2 } = options;
  const classes = _checkDistances(distances);
  checkExponent("squared_emd_matrix", exponent);
  const costs = groundCosts("squared_emd_matrix", distances, options);

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("squared_emd_matrix", classes, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * classes);
    const toTarget = new Float64Array(classes);
    for (let row = 0; row < rows; row++) {
      const offset = row * classes;
      costsToTarget(costs, target, offset, toTarget);
      for (let i = 0; i < classes; i++) {
        const p = output[offset + i];
        value[row] += p ** exponent * toTarget[i];
        gradient[offset + i] = exponent * p ** (exponent - 1) * toTarget[i];
      }
    }
    centreRows(gradient, classes);
    return { value, gradient };
  }

  return {
    name: "squared_emd_matrix",
    size: classes,
    domain: "simplex",
    symmetric: false,
    valueAndGradient,
  };
}

/**
 * Costs of moving probability: D^omega + mu.
 *
 * @param name Name of the loss, for errors.
 * @param distances Ground distances D, not negative.
 * @param options omega and mu.
 * @returns One cost for each distance.
 * @throws {RangeError} If omega is not above zero, or mu is not finite.
 */
export function groundCosts(
  name: string,
  distances: ArrayLike<number>,
  options: GroundCostOptions,
): Float64Array {
  const { sensitivity = 1, bias = 0 } = options;
  if (!(sensitivity > 0 && sensitivity < Infinity)) {
    throw new RangeError(
      `Cannot set up ${name}: sensitivity must be > 0 and finite, current value is ${sensitivity}`,
    );
  }
  if (!Number.isFinite(bias)) {
    throw new RangeError(`Cannot set up ${name}: bias must be finite, current value is ${bias}`);
  }
  return Float64Array.from(distances, (distance) => distance ** sensitivity + bias);
}

/**
 * Costs of moving probability from each class to a target: sum_k t_k costs_ik.
 *
 * @param costs Costs, row-major, C * C.
 * @param target Rows of class probabilities.
 * @param offset Where the row begins.
 * @param toTarget The C costs, written.
 */
export function costsToTarget(
  costs: Float64Array,
  target: Batch,
  offset: number,
  toTarget: Float64Array,
): void {
  const classes = toTarget.length;
  toTarget.fill(0);
  for (let k = 0; k < classes; k++) {
    const t = target[offset + k];
    if (t === 0) continue;
    for (let i = 0; i < classes; i++) toTarget[i] += t * costs[i * classes + k];
  }
}

/** The number of classes. */
function _checkDistances(distances: ArrayLike<number>): number {
  const classes = Math.round(Math.sqrt(distances.length));
  if (classes < 2 || classes * classes !== distances.length) {
    throw new TypeError(
      "Cannot set up squared_emd_matrix: distances must be a square matrix of at least two classes, " +
        `current length is ${distances.length}`,
    );
  }
  for (let at = 0; at < distances.length; at++) {
    const from = Math.floor(at / classes), to = at % classes, distance = distances[at];
    if (from === to ? distance === 0 : distance >= 0 && distance < Infinity) continue;
    throw new RangeError(
      `Cannot set up squared_emd_matrix: the distance from class ${from} to class ${to} must be ` +
        `${from === to ? "0" : ">= 0 and finite"}, current value is ${distance}`,
    );
  }
  return classes;
}
