import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import type { Estimator } from "./evaluation_exact.ts";
import type { EvaluationPairs } from "./evaluation_pairs.ts";

/** Options of {@linkcode descentTest}. */
export interface DescentOptions {
  /**
   * Steps after which EMDs are recorded, ascending; the descent ends with the last.
   *
   * @default {[0, 20, 60, 150]}
   */
  readonly steps?: readonly number[];
  /**
   * The rate of Adam.
   *
   * @default {0.05}
   */
  readonly rate?: number;
}

/** What a descent came to. */
export interface Descent {
  /** Steps after which the others were recorded. */
  readonly steps: readonly number[];
  /** Mean exact EMD, half pitches. */
  readonly exact: readonly number[];
  /** Mean estimate: that of a surrogate which is exploited lies below the exact one. */
  readonly estimate: readonly number[];
}

/** What empty cells of an output begin with, before a softmax makes fractions of all. */
const _LEAST = 1e-6;
/** Of Adam, as published. */
const _BETA1 = 0.9, _BETA2 = 0.999, _EPSILON = 1e-8;

/**
 * Uses a surrogate as what it is for, a loss, with nothing else in the way: each output y is moved
 * freely, from a reconstruction on, by the surrogate's gradient, and the exact EMD tells whether that
 * leads to the target x.
 *
 *     y = softmax(z),   dE/dz_k = y_k (g_k - sum_l g_l y_l),   z by Adam
 *
 * @param surrogate The surrogate, or the exact solver.
 * @param pairs Targets x and outputs y to begin with, charge fractions.
 * @param options Steps and rate.
 * @returns Means over the pairs, after each of the steps.
 * @throws {RangeError} If the steps are not ascending integers >= 0.
 *
 * Source of the optimiser: Kingma and Ba, arXiv 1412.6980, Algorithm 1.
 *
 * @example The exact EMD leads to the target
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assert } from "@std/assert";
 * import { descentTest } from "./descent.ts";
 * import { exactEstimator } from "./evaluation_exact.ts";
 * import { evaluationPairs } from "./evaluation_pairs.ts";
 *
 * const kinds = evaluationPairs(toyWafers("dense", 20, 1), { seed: 1, pairs: 10 });
 * const { exact } = await descentTest(exactEstimator(), kinds[0], { steps: [0, 100] });
 * assert(exact[1] < exact[0] / 5);
 * ```
 */
export async function descentTest(
  surrogate: Pick<Estimator, "value" | "valueAndGradient">,
  pairs: Pick<EvaluationPairs, "x" | "y">,
  options: DescentOptions = {},
): Promise<Descent> {
  const { steps = [0, 20, 60, 150], rate = 0.05 } = options, { x } = pairs;
  _check(steps);
  const logits = pairs.y.map((fraction) => Math.log(Math.max(fraction, _LEAST)));
  const momentum = new Float64Array(logits.length), square = new Float64Array(logits.length);
  const exact: number[] = [], estimate: number[] = [];
  const record = async (y: Float64Array) => {
    exact.push(_mean(waferEmdBatch(x, y).values));
    estimate.push(_mean(await surrogate.value(x, y)));
  };
  let y = _softmax(logits);
  if (steps[0] === 0) await record(y);
  const last = steps.at(-1) ?? 0;
  for (let step = 1; step <= last; step++) {
    const { gradient } = await surrogate.valueAndGradient(x, y);
    _throughSoftmax(gradient, y);
    const size = rate * Math.sqrt(1 - _BETA2 ** step) / (1 - _BETA1 ** step);
    for (let k = 0; k < logits.length; k++) {
      momentum[k] += (1 - _BETA1) * (gradient[k] - momentum[k]);
      square[k] += (1 - _BETA2) * (gradient[k] ** 2 - square[k]);
      logits[k] -= size * momentum[k] / (Math.sqrt(square[k]) + _EPSILON);
    }
    y = _softmax(logits);
    if (steps.includes(step)) await record(y);
  }
  return { steps, exact, estimate };
}

function _check(steps: readonly number[]): void {
  steps.forEach((step, k) => {
    if (Number.isSafeInteger(step) && step >= 0 && (k === 0 || step > steps[k - 1])) return;
    throw new RangeError(
      `Cannot follow a descent: steps must be ascending integers >= 0, current value is ${steps}`,
    );
  });
}

function _softmax(logits: Float64Array): Float64Array {
  const y = logits.map(Math.exp);
  for (let begin = 0; begin < y.length; begin += CELLS) {
    let sum = 0;
    for (let k = begin; k < begin + CELLS; k++) sum += y[k];
    for (let k = begin; k < begin + CELLS; k++) y[k] /= sum;
  }
  return y;
}

/** In place: slopes in fractions become slopes in logits. */
function _throughSoftmax(gradient: Float64Array, y: Float64Array): void {
  for (let begin = 0; begin < y.length; begin += CELLS) {
    let mean = 0;
    for (let k = begin; k < begin + CELLS; k++) mean += gradient[k] * y[k];
    for (let k = begin; k < begin + CELLS; k++) gradient[k] = y[k] * (gradient[k] - mean);
  }
}

function _mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
