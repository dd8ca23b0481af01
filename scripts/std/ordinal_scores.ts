/**
 * How good predictions of classes are.
 *
 * @module
 */

/** Means over the rows that are judged. */
export type OrdinalScores = {
  /** Part of the rows whose class is right. */
  readonly accuracy: number;
  /** Part of the rows whose class is right or next to it. */
  readonly withinOne: number;
  /** Mean |predicted - right| class. */
  readonly classError: number;
  /** Mean |median - right| class: the median of the probabilities is the guess with the least error. */
  readonly medianError: number;
  /** Mean squared EMD between the predicted probabilities and the right class. */
  readonly squaredEmd: number;
};

/**
 * Scores of probabilities; the predicted class is the most probable one, the first of equal ones.
 *
 * @param probabilities Rows of class probabilities.
 * @param labels The right class of each row.
 * @returns The scores.
 */
export function scoreProbabilities(
  probabilities: Float32Array,
  labels: Uint8Array,
): OrdinalScores {
  const classes = probabilities.length / labels.length;
  let right = 0, near = 0, error = 0, medianError = 0, squared = 0;
  labels.forEach((label, row) => {
    const p = probabilities.subarray(row * classes, (row + 1) * classes);
    const off = Math.abs(p.indexOf(Math.max(...p)) - label);
    right += off === 0 ? 1 : 0;
    near += off <= 1 ? 1 : 0;
    error += off;
    let median = 0;
    for (let k = 0, sum = 0; k < classes - 1; k++) {
      sum += p[k];
      if (sum < 0.5) median = k + 1;
      squared += (sum - (k >= label ? 1 : 0)) ** 2;
    }
    medianError += Math.abs(median - label);
  });
  const rows = labels.length;
  return {
    accuracy: right / rows,
    withinOne: near / rows,
    classError: error / rows,
    medianError: medianError / rows,
    squaredEmd: squared / rows,
  };
}

/**
 * Scores of a regression, whose number counts as the nearest class.
 *
 * @param numbers One a row; class k is k / (classes - 1).
 * @param labels The right class of each row.
 * @param classes Number of classes.
 * @returns The scores.
 */
export function scoreNumbers(
  numbers: Float32Array,
  labels: Uint8Array,
  classes: number,
): OrdinalScores {
  const certain = new Float32Array(labels.length * classes);
  numbers.forEach((number, row) => {
    const nearest = Math.round(number * (classes - 1));
    certain[row * classes + Math.max(0, Math.min(classes - 1, nearest))] = 1;
  });
  return scoreProbabilities(certain, labels);
}
