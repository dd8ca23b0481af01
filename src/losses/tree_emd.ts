import type { Tree } from "../transport/tree.ts";
import { TreeFlow } from "../transport/tree_emd.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";
import { waferTree } from "./wafer_tree.ts";

/** Options of {@linkcode treeEmdLoss}. */
export interface TreeEmdLossOptions {
  /**
   * The exponent of the flows, at least 1: 1 is the exact EMD on the tree, a metric; 2 the relaxed
   * form, smooth, whose gradient fades at equality.
   *
   * @default 1
   */
  readonly rho?: number;
  /**
   * The tree; its bins are the numbers of a row.
   *
   * @default waferTree(), the hierarchy of the 48 cells of a wafer
   */
  readonly tree?: Tree;
}

/**
 * The EMD on a tree as a loss, in closed form: for a wafer the telescope's idea made a metric,
 *
 *     L(x, y) = sum over supercells s of all three sizes of w_s |X_s - Y_s|^rho
 *
 * with X_s the charge of a cell, of a 2 x 2 or of a 4 x 4 supercell. For rho = 1 it is the exact EMD if
 * charge moves along the tree only: from a cell up to the smallest supercell that holds both cells, and
 * down. With the shipped lengths it is some 20 % off the exact EMD of wafers. See {@linkcode treeEmd}.
 *
 * @param options Exponent and tree.
 * @returns The loss, for rows of fractions; {@linkcode normalised} lifts it to charges. Takes O(nodes)
 * a row.
 * @throws {RangeError} If rho is below 1.
 *
 * @example
 * ```ts
 * import { treeEmdLoss } from "@hexmover/hexmover/losses";
 * import { assert, assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48), z = new Float64Array(48);
 * x[0] = y[1] = z[47] = 1; // cells 0 and 1 share a supercell, cell 47 lies in another rhombus
 * const loss = treeEmdLoss();
 * const near = (await loss.valueAndGradient(x, y)).value[0];
 * const far = (await loss.valueAndGradient(x, z)).value[0];
 * assertAlmostEquals(near, 2 * 0.5581);
 * assert(far > 5 * near);
 * ```
 */
export function treeEmdLoss(options: TreeEmdLossOptions = {}): Loss {
  const { rho = 1, tree = waferTree() } = options;
  const flow = new TreeFlow(tree, { rho }), size = tree.bins.length;

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("tree_emd", size, target, output);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const offset = row * size;
      value[row] = flow.solve(output, offset, target, offset, gradient, offset);
    }
    return { value, gradient };
  }

  return { name: "tree_emd", size, domain: "simplex", symmetric: true, valueAndGradient };
}
