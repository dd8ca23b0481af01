/**
 * Free outputs that descend to a target through a softmax.
 *
 * @module
 */
import type { ValueAndGradient } from "./output_losses.ts";
import { type OutputSpace, softmax } from "./output_spaces.ts";

/** Learning rates of which each loss has the one that suits it best. */
export const DESCENT_RATES: readonly number[] = [0.01, 0.03, 0.1, 0.3, 1];
/** Adam's means, and what keeps its steps finite. */
const MEAN = 0.9, SQUARE = 0.999, LEAST = 1e-12;

/** A descent at the best of {@linkcode DESCENT_RATES}. */
export type Descent = {
  /** The learning rate. */
  readonly rate: number;
  /** For each target the exact EMD before each step and at the end, in units of that at the start. */
  readonly curves: readonly (readonly number[])[];
};

/**
 * Descends with Adam, from even outputs, to each target, at every rate, and takes the rate at which the
 * EMD is lowest all along: by the mean of its logarithm over steps and targets.
 *
 * @param space The space.
 * @param loss What to descend along.
 * @param targets Targets.
 * @param steps Steps.
 * @returns The best descent.
 */
export function descend(
  space: OutputSpace,
  loss: ValueAndGradient,
  targets: readonly Float64Array[],
  steps: number,
): Descent {
  const descents = DESCENT_RATES.map((rate) => ({
    rate,
    curves: targets.map((target) => _curve(space, loss, target, steps, rate)),
  }));
  const height = ({ curves }: Descent) =>
    curves.flat().reduce((sum, emd) => sum + Math.log(emd), 0);
  return descents.reduce((best, other) => height(other) < height(best) ? other : best);
}

/**
 * The first step at which a curve is below a part of its start for good.
 *
 * @param curve As in {@linkcode Descent}.
 * @param part The part.
 * @returns The step; the length of the curve if it never is.
 */
export function stepsTo(curve: readonly number[], part: number): number {
  return curve.findLastIndex((emd) => emd > part) + 1;
}

function _curve(
  space: OutputSpace,
  loss: ValueAndGradient,
  target: Float64Array,
  steps: number,
  rate: number,
): number[] {
  const { size } = space, logits = new Float64Array(size);
  const mean = new Float64Array(size), square = new Float64Array(size), curve: number[] = [];
  const emd = () => space.closedForm(softmax(logits), target, 1).value;
  const start = emd();
  for (let step = 1; step <= steps; step++) {
    curve.push(emd() / start);
    const p = softmax(logits), { gradient } = loss(p, target);
    const along = gradient.reduce((sum, g, k) => sum + p[k] * g, 0);
    const unbias = Math.sqrt(1 - SQUARE ** step) / (1 - MEAN ** step);
    for (let k = 0; k < size; k++) {
      const slope = p[k] * (gradient[k] - along);
      mean[k] += (1 - MEAN) * (slope - mean[k]);
      square[k] += (1 - SQUARE) * (slope * slope - square[k]);
      logits[k] -= rate * unbias * mean[k] / (Math.sqrt(square[k]) + LEAST);
    }
  }
  curve.push(emd() / start);
  return curve;
}
