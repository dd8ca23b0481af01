import { centreRows } from "./centre_rows.ts";
import { checkSimplex } from "./check_simplex.ts";
import { checkClasses } from "./cross_entropy.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode squaredEmd}. */
export interface SquaredEmdOptions {
  /**
   * Number of classes, an integer >= 2, in their order.
   *
   * @default {48}
   */
  readonly classes?: number;
  /**
   * Exponent l, >= 1: 2 is the squared EMD, 1 the EMD with a distance of 1 between neighbours.
   *
   * @default {2}
   */
  readonly exponent?: number;
}

/**
 * The squared EMD between the probabilities of ordered classes: what has to pass from each class to the
 * next, squared,
 *
 * L(t, p) = sum_{i < C} |P_i - T_i|^l,  P_i = p_1 + ... + p_i
 *
 * d L / d p_k = sum_{i < C} l |P_i - T_i|^(l - 1) sign(P_i - T_i) (1[k <= i] - i / C)
 *
 * in O(C). Probability on a class far from the right one costs more than on a near one.
 *
 * @param options Number of classes and exponent.
 * @returns The loss, for rows of class probabilities; targets may be spread over classes.
 * @throws {RangeError} If the number of classes is not an integer >= 2, or the exponent below 1.
 * @see Hou, Yu and Samaras, arXiv 1611.05916
 *
 * @example Three of four that are right, and one that is two classes off
 * ```ts
 * import { squaredEmd } from "@hexmover/hexmover/losses";
 * import { assertEquals } from "@std/assert";
 *
 * const isFirst = Float64Array.of(1, 0, 0), probabilities = Float64Array.of(0.75, 0, 0.25);
 * const squared = await squaredEmd({ classes: 3 }).valueAndGradient(isFirst, probabilities);
 * assertEquals(squared.value[0], 2 * 0.25 ** 2);
 * const loss = squaredEmd({ classes: 3, exponent: 1 });
 * assertEquals((await loss.valueAndGradient(isFirst, probabilities)).value[0], 2 * 0.25);
 * ```
 */
export function squaredEmd(options: SquaredEmdOptions = {}): Loss {
  const { classes = 48, exponent = 2 } = options;
  checkClasses("squared_emd", classes);
  checkExponent("squared_emd", exponent);

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("squared_emd", classes, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      const last = (row + 1) * classes - 1;
      let passed = 0;
      for (let k = row * classes; k < last; k++) {
        passed += output[k] - target[k];
        value[row] += Math.abs(passed) ** exponent;
        gradient[k] = exponent * Math.abs(passed) ** (exponent - 1) * Math.sign(passed);
      }
      // Probability of class k is part of every later sum.
      for (let k = last - 1; k >= row * classes; k--) gradient[k] += gradient[k + 1];
    }
    centreRows(gradient, classes);
    return { value, gradient };
  }

  return {
    name: "squared_emd",
    size: classes,
    domain: "simplex",
    symmetric: true,
    valueAndGradient,
  };
}

/**
 * Checks an exponent.
 *
 * @param name Name of the loss, for the error.
 * @param exponent The exponent.
 * @throws {RangeError} If it is not a finite number >= 1.
 */
export function checkExponent(name: string, exponent: number): void {
  if (exponent >= 1 && exponent < Infinity) return;
  throw new RangeError(
    `Cannot set up ${name}: exponent must be >= 1 and finite, current value is ${exponent}`,
  );
}
