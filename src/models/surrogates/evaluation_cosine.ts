import { CELLS } from "../../wafer/cells.ts";
import type { EvaluationPairs } from "./evaluation_pairs.ts";

/**
 * The mean cosine between the gradients of an estimate and those of the exact EMD, over the cells in
 * which x and y differ, each centred on these cells.
 *
 * Cells with the same fraction in both are left out since there the potential, and with it the exact
 * gradient, is not the only one: phi(x, y) and -phi(y, x) are both optimal, and differ there. Where
 * what moves falls apart into groups that have nothing to do with each other, it is not the only one on
 * the others either: on near pairs of real wafers these two have a mean cosine of 0.85, which is then the
 * most that can be asked of an estimate; on random pairs it is 1.000.
 *
 * @param gradient d estimate / d y, B rows of 48; constants do not matter.
 * @param pairs The pairs, with their exact gradients.
 * @returns The mean over pairs with a gradient; -1 to 1. NaN if none has one.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assertAlmostEquals } from "@std/assert";
 * import { gradientCosine } from "./evaluation_cosine.ts";
 * import { evaluationPairs } from "./evaluation_pairs.ts";
 *
 * const [pairs] = evaluationPairs(toyWafers("shower", 50, 1), { seed: 1, pairs: 20 });
 * assertAlmostEquals(gradientCosine(pairs.gradient, pairs), 1);
 * assertAlmostEquals(gradientCosine(pairs.gradient.map((slope) => 1 - 2 * slope), pairs), -1);
 * ```
 */
export function gradientCosine(
  gradient: ArrayLike<number>,
  pairs: Pick<EvaluationPairs, "x" | "y" | "gradient" | "count">,
): number {
  let sum = 0, count = 0;
  for (let pair = 0; pair < pairs.count; pair++) {
    const cosine = _cosine(gradient, pairs, pair * CELLS);
    if (Number.isNaN(cosine)) continue;
    sum += cosine;
    count++;
  }
  return sum / count;
}

function _cosine(
  gradient: ArrayLike<number>,
  { x, y, gradient: exact }: Pick<EvaluationPairs, "x" | "y" | "gradient">,
  offset: number,
): number {
  const active: number[] = [];
  for (let k = offset; k < offset + CELLS; k++) if (x[k] !== y[k]) active.push(k);
  let meanA = 0, meanB = 0;
  for (const k of active) {
    meanA += gradient[k] / active.length;
    meanB += exact[k] / active.length;
  }
  let ab = 0, aa = 0, bb = 0;
  for (const k of active) {
    const a = gradient[k] - meanA, b = exact[k] - meanB;
    ab += a * b;
    aa += a * a;
    bb += b * b;
  }
  return ab / Math.sqrt(aa * bb);
}
