import type { Batch, Loss, LossResult } from "../../losses/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { sharedWaferDistances } from "../../wafer/distances.ts";
import { CTransform } from "./c_transform.ts";
import { DUAL_OUTPUTS } from "./dual_potential_network.ts";

/**
 * What {@linkcode buildDualPotential} is trained by; targets are those of
 * {@linkcode dualPotentialRows}. With L1 and L2 the lower bounds of the EMD at |x - y|_1 = 1 that
 * {@linkcode CTransform} makes of the potential, read at the sinks and at the sources, and c the
 * correction, a row has
 *
 *     (f(L1) + f(L2)) / 2 + (E / EMD - 1)^2,     E = (1 + c) max(L1, L2)
 *     f(L) = - log(L / a) for L >= a, 1 - L / a below
 *
 * where a is half the least distance of two cells, less than which no EMD has. The first part raises
 * the bounds, each by its share, and knows no labels. The second part alone has the exact EMD; the
 * bound is a constant in it, so that labels teach the correction and leave the potential to the first.
 *
 * Minima and maxima pass their gradient to the number that they chose.
 *
 * @returns The loss, of size 49.
 *
 * @example One cell to its neighbour: any potential gives the bound, and no correction is needed
 * ```ts
 * import { dualPotentialLoss } from "./dual_potential_loss.ts";
 * import { dualPotentialRows } from "./dual_potential_rows.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float32Array(48).with(0, 1), y = new Float32Array(48).with(1, 1);
 * const { targets } = dualPotentialRows({ x, y, emd: Float64Array.of(2), count: 1 });
 * const { value, gradient } = await dualPotentialLoss().valueAndGradient(
 *   targets,
 *   new Float32Array(49),
 * );
 * assertAlmostEquals(value[0], -Math.log(1 / 0.90139), 1e-5);
 * assertAlmostEquals(gradient[48], 0, 1e-5);
 * ```
 */
export function dualPotentialLoss(): Loss {
  const sinks = new CTransform(), sources = new CTransform();

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = output.length / DUAL_OUTPUTS;
    const value = new Float64Array(rows), gradient = new Float64Array(output.length);
    for (let row = 0; row < rows; row++) {
      const offset = row * DUAL_OUTPUTS, last = offset + CELLS;
      const bounds = [
        sinks.lowerBound(output, offset, target, offset, "sinks"),
        sources.lowerBound(output, offset, target, offset, "sources"),
      ];
      [sinks, sources].forEach((side, s) => {
        value[row] += 0.5 * _height(bounds[s]);
        side.addGradient(0.5 * _slope(bounds[s]), target, offset, gradient, offset);
      });
      const share = Math.max(...bounds) / target[last], error = (1 + output[last]) * share - 1;
      value[row] += error ** 2;
      gradient[last] = 2 * error * share;
    }
    return { value, gradient };
  }

  return {
    name: "dual_potential",
    size: DUAL_OUTPUTS,
    domain: "charge",
    symmetric: false,
    valueAndGradient,
  };
}

/** The least EMD of wafers with |x - y|_1 = 1: all that moves, a half, goes to the next cell. */
const LEAST_EMD = 0.5 * Math.min(...sharedWaferDistances().filter((distance) => distance > 0));

function _height(bound: number): number {
  const times = bound / LEAST_EMD;
  return times >= 1 ? -Math.log(times) : 1 - times;
}

function _slope(bound: number): number {
  return -1 / Math.max(bound, LEAST_EMD);
}
