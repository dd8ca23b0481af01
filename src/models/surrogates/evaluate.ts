import { quantiles } from "../../numerics/quantile.ts";
import { gradientCosine } from "./evaluation_cosine.ts";
import type { Estimator } from "./evaluation_exact.ts";
import type { EvaluationPairs } from "./evaluation_pairs.ts";
import { relativeDifference } from "./relative_difference.ts";

/** How good an estimate is when y comes nearer to x. */
export interface ApproachEvaluation {
  /** y is replaced by (1 - share) x + share y; the exact EMD by share times itself. */
  readonly share: number;
  /** Mean of (estimate - exact) / exact. */
  readonly bias: number;
  /** Standard deviation of the same. */
  readonly sigma: number;
}

/** How good a surrogate is on pairs of a kind. */
export interface SurrogateEvaluation {
  /** Number of pairs. */
  readonly count: number;
  /** (estimate - exact) / exact of each pair. */
  readonly differences: Float64Array;
  /** Their mean. */
  readonly bias: number;
  /** Their standard deviation. */
  readonly sigma: number;
  /** Below this lie 95 % of their absolute values. */
  readonly quantile95: number;
  /** Pearson's correlation of estimates and exact EMDs; NaN where one of both does not vary. */
  readonly correlation: number;
  /** Mean cosine of the gradient with the exact one on cells that differ ({@linkcode gradientCosine}). */
  readonly cosine: number;
  /** Behaviour as y comes nearer to x, for each share that was asked for. */
  readonly approach: readonly ApproachEvaluation[];
  /** Mean of |E(x, x)|, half pitches: what should be zero. */
  readonly atEquality: number;
}

/** Options of {@linkcode evaluateSurrogate}. */
export interface EvaluateSurrogateOptions {
  /**
   * Shares of the way from x to y at which estimates are compared too, in (0, 1].
   *
   * @default {[0.1, 0.01]}
   */
  readonly shares?: readonly number[];
}

/**
 * Judges a surrogate by pairs whose exact EMDs and gradients are known: bias, spread and tail of the
 * relative difference, correlation, direction of the gradient, and behaviour near and at equality,
 * where the EMD is in proportion to the way.
 *
 * @param surrogate The surrogate, or the exact solver ({@linkcode exactEstimator}).
 * @param pairs Pairs of one kind, from {@linkcode evaluationPairs}.
 * @param options Shares of the way.
 * @returns The numbers.
 * @throws {RangeError} If there is no pair, or a share is not in (0, 1].
 *
 * @example The exact solver
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assert } from "@std/assert";
 * import { evaluateSurrogate } from "./evaluate.ts";
 * import { exactEstimator } from "./evaluation_exact.ts";
 * import { evaluationPairs } from "./evaluation_pairs.ts";
 *
 * const [pairs] = evaluationPairs(toyWafers("shower", 50, 1), { seed: 1, pairs: 20 });
 * const { sigma, cosine, atEquality } = await evaluateSurrogate(exactEstimator(), pairs);
 * assert(sigma < 1e-12 && cosine > 1 - 1e-12 && atEquality === 0);
 * ```
 */
export async function evaluateSurrogate(
  surrogate: Pick<Estimator, "value" | "valueAndGradient">,
  pairs: EvaluationPairs,
  options: EvaluateSurrogateOptions = {},
): Promise<SurrogateEvaluation> {
  const { shares = [0.1, 0.01] } = options, { x, y, exact, count } = pairs;
  const unusable = shares.find((share) => !(share > 0 && share <= 1));
  if (unusable !== undefined) {
    throw new RangeError(
      `Cannot evaluate a surrogate: shares must be in (0, 1], current value is ${unusable}`,
    );
  }
  const { value, gradient } = await surrogate.valueAndGradient(x, y);
  const whole = relativeDifference(value, exact);
  const approach: ApproachEvaluation[] = [];
  for (const share of shares) {
    const between = y.map((fraction, k) => (1 - share) * x[k] + share * fraction);
    const values = await surrogate.value(x, between);
    const { bias, sigma } = relativeDifference(values, exact.map((emd) => share * emd));
    approach.push({ share, bias, sigma });
  }
  const same = await surrogate.value(x, x.slice());
  return {
    count,
    ...whole,
    quantile95: quantiles(whole.differences.map(Math.abs), [0.95])[0],
    correlation: _correlation(value, exact),
    cosine: gradientCosine(gradient, pairs),
    approach,
    atEquality: same.reduce((sum, value) => sum + Math.abs(value), 0) / count,
  };
}

function _correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let meanA = 0, meanB = 0;
  for (let k = 0; k < n; k++) {
    meanA += a[k] / n;
    meanB += b[k] / n;
  }
  let ab = 0, aa = 0, bb = 0;
  for (let k = 0; k < n; k++) {
    ab += (a[k] - meanA) * (b[k] - meanB);
    aa += (a[k] - meanA) ** 2;
    bb += (b[k] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
