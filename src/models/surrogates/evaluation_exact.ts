import { exactEmd } from "../../losses/exact_emd.ts";
import type { Batch } from "../../losses/types.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import type { Surrogate } from "./types.ts";

/** What can be evaluated: a surrogate, or anything else that estimates EMDs in the same way. */
export type Estimator = Omit<Surrogate, "kind">;

/**
 * The exact solver in the place of a surrogate, to be evaluated beside them: values from
 * `waferEmdBatch`, gradients from `exactEmd`.
 *
 * @returns The estimator; its name is `exact`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { exactEstimator } from "./evaluation_exact.ts";
 *
 * const x = new Float64Array(48).with(0, 1), y = new Float64Array(48).with(1, 1);
 * assertAlmostEquals((await exactEstimator().value(x, y))[0], 2);
 * ```
 */
export function exactEstimator(): Estimator {
  return {
    ...exactEmd(),
    name: "exact",
    value: (target: Batch, output: Batch) => waferEmdBatch(target, output).values,
    dispose() {},
  };
}
