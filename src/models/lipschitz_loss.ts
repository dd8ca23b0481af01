import { checkSimplex } from "../losses/check_simplex.ts";
import type { Batch, Loss, LossResult } from "../losses/types.ts";
import { cellPositions, CELLS } from "../wafer/cells.ts";
import { waferEmdBatch } from "../wafer/emd_batch.ts";
import { fitLipschitzPotentials, type LipschitzFitOptions } from "./lipschitz_fit.ts";

/** Options of {@linkcode lipschitzLoss}. */
export interface LipschitzLossOptions extends Omit<LipschitzFitOptions, "onProgress"> {
  /**
   * Whether to compute exact EMDs, too; the diagnostic `gap` is then (exact - value) / exact.
   *
   * @default {false}
   */
  readonly gap?: boolean;
}

/**
 * The EMD of two wafers as a Lipschitz network estimates it, in half trigger-cell pitches: from below,
 * by a fit for each row ({@linkcode lipschitzDual}). All networks of a batch are fitted side by side;
 * still a batch takes as long as hundreds of steps of training. Equal seeds give equal values.
 *
 * The gradient in the output is minus the fitted potential at the cells, centred. It is that of the
 * estimate with the network held fixed, and that of the EMD as far as the fit has converged.
 *
 * @param options Network and steps; whether to say the gap.
 * @returns The loss, for rows of 48 charge fractions in train order. Exchanging target and output does
 * not give quite the same estimate.
 * @throws {RangeError} If an option is out of range, at the first batch.
 *
 * @example
 * ```ts
 * import { lipschitzLoss } from "@hexmover/hexmover/models";
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const x = new Float64Array(48).with(0, 1), y = new Float64Array(48).with(1, 1);
 * const loss = lipschitzLoss({ steps: 50, units: 8, learningRate: 0.05 });
 * const { value } = await loss.valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2, 0.02);
 * ```
 */
export function lipschitzLoss(options: LipschitzLossOptions = {}): Loss {
  const { gap: wantsGap = false, ...fit } = options;
  const cells = cellPositions();

  async function valueAndGradient(target: Batch, output: Batch): Promise<LossResult> {
    const count = checkSimplex("lipschitz", CELLS, target, output);
    if (count === 0) return { value: new Float64Array(0), gradient: new Float64Array(0) };
    const positions = new Float64Array(count * cells.length);
    for (let row = 0; row < count; row++) positions.set(cells, row * cells.length);
    const charges = Float64Array.from(target, (x, k) => x - output[k]);
    const { values, potentials } = await fitLipschitzPotentials(
      { count, dimension: 2, positions, charges },
      fit,
    );
    return {
      // Of equal wafers the bound is 0 with either sign.
      value: values.map((value) => Math.max(0, value)),
      gradient: _centredAndNegated(potentials),
      ...(wantsGap ? { diagnostics: { gap: _gaps(target, output, values) } } : {}),
    };
  }

  return { name: "lipschitz", size: CELLS, domain: "simplex", symmetric: false, valueAndGradient };
}

function _gaps(target: Batch, output: Batch, values: Float64Array): Float64Array {
  const exact = waferEmdBatch(Float64Array.from(target), Float64Array.from(output)).values;
  return values.map((value, row) => exact[row] === 0 ? 0 : (exact[row] - value) / exact[row]);
}

/** Potentials become their mean minus themselves, row by row. */
function _centredAndNegated(potentials: Float64Array): Float64Array {
  const gradient = new Float64Array(potentials.length);
  for (let begin = 0; begin < gradient.length; begin += CELLS) {
    let mean = 0;
    for (let k = begin; k < begin + CELLS; k++) mean += potentials[k] / CELLS;
    for (let k = begin; k < begin + CELLS; k++) gradient[k] = mean - potentials[k];
  }
  return gradient;
}
