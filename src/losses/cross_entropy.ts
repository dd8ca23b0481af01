import { centreRows } from "./centre_rows.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode crossEntropy}. */
export interface CrossEntropyOptions {
  /**
   * Number of classes, an integer >= 2.
   *
   * @default {48}
   */
  readonly classes?: number;
}

/** Probabilities below this count as this, so that one that underflowed gives a finite loss. */
const LEAST_PROBABILITY = 1e-7;

/**
 * Cross entropy between the probabilities of classes, less the entropy of the target,
 *
 * L(t, p) = sum_k t_k log(t_k / p_k),
 *
 * which is - log p_k where k is known to be the class. The entropy, a constant, is taken off so that the
 * loss is zero where both are equal. Probabilities below 1e-7 count as 1e-7.
 *
 * @param options Number of classes.
 * @returns The loss, for rows of class probabilities; it knows no relation between classes.
 * @throws {RangeError} If the number of classes is not an integer >= 2.
 *
 * @example
 * ```ts
 * import { crossEntropy } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const isSecond = Float64Array.of(0, 1, 0), probabilities = Float64Array.of(0.3, 0.5, 0.2);
 * const { value } = await crossEntropy({ classes: 3 }).valueAndGradient(isSecond, probabilities);
 * assertAlmostEquals(value[0], Math.log(2));
 * ```
 */
export function crossEntropy(options: CrossEntropyOptions = {}): Loss {
  const { classes = 48 } = options;
  checkClasses("cross_entropy", classes);

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("cross_entropy", classes, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      value[row] = addCrossEntropy(target, output, row * classes, classes, gradient);
    }
    centreRows(gradient, classes);
    return { value, gradient };
  }

  return {
    name: "cross_entropy",
    size: classes,
    domain: "simplex",
    symmetric: false,
    valueAndGradient,
  };
}

/**
 * Cross entropy of one row, as {@linkcode crossEntropy}.
 *
 * @param target Rows of class probabilities.
 * @param output Rows of class probabilities.
 * @param offset Where the row begins, in all three arrays.
 * @param classes Number of classes.
 * @param gradient Where the gradient is added, not centred.
 * @returns The value.
 */
export function addCrossEntropy(
  target: Batch,
  output: Batch,
  offset: number,
  classes: number,
  gradient: Float64Array,
): number {
  let value = 0;
  for (let k = offset; k < offset + classes; k++) {
    if (target[k] === 0) continue;
    const probability = Math.max(output[k], LEAST_PROBABILITY);
    value += target[k] * Math.log(target[k] / probability);
    gradient[k] -= target[k] / probability;
  }
  return value;
}

/**
 * Checks a number of classes.
 *
 * @param name Name of the loss, for the error.
 * @param classes The number.
 * @throws {RangeError} If it is not an integer >= 2.
 */
export function checkClasses(name: string, classes: number): void {
  if (Number.isInteger(classes) && classes >= 2) return;
  throw new RangeError(
    `Cannot set up ${name}: classes must be an integer >= 2, current value is ${classes}`,
  );
}
