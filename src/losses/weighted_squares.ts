import { checkBatches } from "./check_batches.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** A group of cells whose summed charges a loss compares, with the weight of the comparison. */
export interface WeightedSum {
  /** Indices of the cells that are summed. */
  readonly cells: readonly number[];
  /** Weight of the squared difference of the sums. */
  readonly weight: number;
}

/**
 * A loss that compares sums of cells: squared differences, each weighted by the larger sum,
 *
 * L(x, y) = sum_s w_s (X_s - Y_s)^2 max(X_s, Y_s), X_s = sum over the cells of s of x_k
 *
 * The weighted MSE is the case of one sum a cell, the telescope loss that of sums at three scales.
 * It has a continuous gradient: where X_s = Y_s and the maximum has its kink, the square vanishes.
 *
 * @param name Name of the loss.
 * @param size Numbers in a row.
 * @param sums The groups of cells and their weights.
 * @returns The loss: domain `charge`, symmetric, homogeneous of degree three.
 *
 * @example Two cells, compared one by one
 * ```ts
 * import { weightedSquares } from "@hexmover/hexmover/losses";
 * import { assertEquals } from "@std/assert";
 *
 * const loss = weightedSquares("pair", 2, [0, 1].map((k) => ({ cells: [k], weight: 0.5 })));
 * const { value, gradient } = await loss.valueAndGradient(
 *   Float64Array.of(3, 0),
 *   Float64Array.of(1, 2),
 * );
 * assertEquals([...value], [0.5 * (4 * 3 + 4 * 2)]);
 * assertEquals([...gradient], [0.5 * -4 * 3, 0.5 * (4 * 2 + 4)]);
 * ```
 */
export function weightedSquares(name: string, size: number, sums: readonly WeightedSum[]): Loss {
  // One flat list of cells with the end of each group: the inner loops run over plain numbers.
  const cells = Uint16Array.from(sums.flatMap((sum) => sum.cells));
  const weights = Float64Array.from(sums, (sum) => sum.weight);
  let end = 0;
  const ends = Uint16Array.from(sums, (sum) => end += sum.cells.length);

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkBatches(name, size, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const offset = row * size;
      for (let s = 0, c = 0; s < weights.length; s++) {
        let x = 0, y = 0;
        const first = c;
        for (; c < ends[s]; c++) {
          x += target[offset + cells[c]];
          y += output[offset + cells[c]];
        }
        const difference = y - x, larger = Math.max(x, y);
        value[row] += weights[s] * difference * difference * larger;
        const slope = 2 * difference * larger + (y > x ? difference * difference : 0);
        for (c = first; c < ends[s]; c++) gradient[offset + cells[c]] += weights[s] * slope;
      }
    }
    return { value, gradient };
  }

  return { name, size, domain: "charge", symmetric: true, valueAndGradient };
}
