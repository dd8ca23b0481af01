import type { Estimator } from "./evaluation_exact.ts";
import type { EvaluationPairs } from "./evaluation_pairs.ts";

/** What an estimator takes for a pair. */
export interface EvaluationTime {
  /** Microseconds for the value alone. */
  readonly value: number;
  /** Microseconds for value and gradient. */
  readonly gradient: number;
}

/** Options of {@linkcode evaluationTime}. */
export interface EvaluationTimeOptions {
  /**
   * Rounds, of which the middle one counts; one more goes before, to warm up.
   *
   * @default {5}
   */
  readonly rounds?: number;
}

/**
 * Measures what an estimator takes, all pairs in one batch: checks of its input and transfers included.
 * Meant to be printed beside others of the same machine at the same hour, and not to be kept: results
 * that depend on inputs alone have no place for it.
 *
 * @param estimator The surrogate, or the exact solver.
 * @param pairs The pairs.
 * @param options How often.
 * @returns Microseconds a pair.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assert } from "@std/assert";
 * import { exactEstimator } from "./evaluation_exact.ts";
 * import { evaluationPairs } from "./evaluation_pairs.ts";
 * import { evaluationTime } from "./evaluation_time.ts";
 *
 * const [pairs] = evaluationPairs(toyWafers("shower", 50, 1), { seed: 1, pairs: 100 });
 * assert((await evaluationTime(exactEstimator(), pairs)).value > 0);
 * ```
 */
export async function evaluationTime(
  estimator: Pick<Estimator, "value" | "valueAndGradient">,
  pairs: Pick<EvaluationPairs, "x" | "y" | "count">,
  options: EvaluationTimeOptions = {},
): Promise<EvaluationTime> {
  const { rounds = 5 } = options, { x, y, count } = pairs;
  const middle = async (run: () => unknown) => {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const began = performance.now();
      await run();
      if (round > 0) times.push(performance.now() - began);
    }
    return 1000 * times.sort((a, b) => a - b)[rounds >> 1] / count;
  };
  return {
    value: await middle(() => estimator.value(x, y)),
    gradient: await middle(() => estimator.valueAndGradient(x, y)),
  };
}
