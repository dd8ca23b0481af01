import { normaliseRows } from "../transport/rows.ts";
import { checkBatches } from "./check_batches.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode normalised}. */
export interface NormalisedOptions {
  /** The value of a row whose target or output has no charge; without it that is an error. */
  readonly emptyValue?: number;
}

/**
 * Lifts a loss on the simplex to charges of any scale: L'(x, y) = L(x / Sx, y / Sy), with S the sum
 * of a row. The division is part of what is differentiated:
 *
 * d L' / d y_k = (g_k - sum_l g_l y_l / Sy) / Sy, with g the gradient of L
 *
 * @param loss A loss of domain `simplex`.
 * @param options The value of rows without charge.
 * @returns The loss of domain `charge`; scaling a row by any factor leaves its value unchanged.
 * @throws {TypeError} If the loss takes charges already.
 *
 * @example
 * ```ts
 * import { exactEmd, normalised } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = 70;
 * y[1] = 35;
 * const { value } = await normalised(exactEmd()).valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2);
 * ```
 */
export function normalised(loss: Loss, options: NormalisedOptions = {}): Loss {
  if (loss.domain !== "simplex") {
    throw new TypeError(
      `Cannot lift ${loss.name} to charges: its domain must be simplex, current value is ${loss.domain}`,
    );
  }
  const { size } = loss, { emptyValue } = options;

  async function valueAndGradient(target: Batch, output: Batch): Promise<LossResult> {
    const rows = checkBatches(loss.name, size, target, output);
    const normalise = (batch: Batch, rowName: string) =>
      normaliseRows(batch, size, {
        rowName,
        binName: "cell",
        allowEmpty: emptyValue !== undefined,
      });
    const x = normalise(target, "target"), y = normalise(output, "output");
    const isEmpty = (row: number) => x.totals[row] === 0 || y.totals[row] === 0;
    for (let row = 0; row < rows; row++) {
      // Any two equal histograms will do where the answer is known already.
      if (isEmpty(row)) {
        for (const { fractions } of [x, y]) fractions.fill(1 / size, row * size, (row + 1) * size);
      }
    }
    const result = await loss.valueAndGradient(x.fractions, y.fractions);
    const { value, gradient } = result;
    for (let row = 0; row < rows; row++) {
      const offset = row * size;
      if (isEmpty(row)) {
        value[row] = emptyValue!;
        gradient.fill(0, offset, offset + size);
        continue;
      }
      let mean = 0;
      for (let k = offset; k < offset + size; k++) mean += gradient[k] * y.fractions[k];
      for (let k = offset; k < offset + size; k++) {
        gradient[k] = (gradient[k] - mean) / y.totals[row];
      }
    }
    return result;
  }

  return {
    name: loss.name,
    size,
    domain: "charge",
    symmetric: loss.symmetric,
    valueAndGradient,
    ...(loss.update === undefined ? {} : { update: loss.update.bind(loss) }),
  };
}
