import { Tree } from "../transport/tree.ts";
import { CELLS } from "../wafer/cells.ts";

/** Cells, 2 x 2 supercells and rhombi of a wafer. */
const SQUARES = 12, RHOMBI = 3;

/** Lengths that may be chosen: of cells, of the four supercells of a rhombus, of rhombi. */
export const WAFER_TREE_LENGTHS = 6;

/**
 * Lengths of the edges of the wafer tree in half pitches: from a cell to its 2 x 2 supercell; from the
 * four supercells of a rhombus, in train order, to the rhombus; from the rhombus to the wafer. All are
 * positive, so that the EMD of the tree is a metric.
 *
 * Fitted by `scripts/fit_wafer_tree.ts` with its defaults: non-negative least squares of relative
 * differences to exact EMDs, on pairs of wafers of `data/sample.csv`, half of them drawn at random and
 * half of them wafers with blurred, noisy copies. With one length for each of the 16 cells of a rhombus
 * the fit is hardly better, and some lengths come out zero.
 */
export const WAFER_TREE_WEIGHTS: readonly number[] = [
  0.5581,
  1.1311,
  0.0397,
  2.3281,
  1.2987,
  1.5888,
];

/**
 * The hierarchy of the telescope loss as a tree: a cell hangs from its 2 x 2 supercell, four of these
 * from their rhombus of 4 x 4, the three rhombi from the wafer. Its 48 bins are the cells in train
 * order. Supercells here do not overlap, unlike those of the telescope loss: in a tree each cell has
 * one parent.
 *
 * @param weights Six lengths of edges, as in {@linkcode WAFER_TREE_WEIGHTS}, the same for the three
 * rhombi; not negative.
 * @returns The tree: the cells are nodes 0 to 47, then come 12 supercells, 3 rhombi and the wafer.
 * @throws {TypeError} If there are not six weights.
 * @throws {RangeError} If a weight is negative or not finite.
 *
 * @example
 * ```ts
 * import { waferTree } from "@hexmover/hexmover/losses";
 * import { assertEquals } from "@std/assert";
 *
 * const tree = waferTree([1, 1, 1, 1, 1, 1]);
 * const distances = tree.distances();
 * // Cell 5 lies in the supercell of cell 0, cell 10 in its rhombus, cell 47 in another one.
 * assertEquals([distances[5], distances[10], distances[47]], [2, 4, 6]);
 * ```
 */
export function waferTree(weights: ArrayLike<number> = WAFER_TREE_WEIGHTS): Tree {
  if (weights.length !== WAFER_TREE_LENGTHS) {
    throw new TypeError(
      `Cannot make a wafer tree: there must be ${WAFER_TREE_LENGTHS} weights, ` +
        `current number is ${weights.length}`,
    );
  }
  const parents: number[] = [], lengths: number[] = [];
  for (let cell = 0; cell < CELLS; cell++) {
    const rhombus = Math.floor(cell / 16), row = Math.floor(cell / 4) % 4, column = cell % 4;
    parents.push(CELLS + 4 * rhombus + 2 * Math.floor(row / 2) + Math.floor(column / 2));
    lengths.push(weights[0]);
  }
  for (let square = 0; square < SQUARES; square++) {
    parents.push(CELLS + SQUARES + Math.floor(square / 4));
    lengths.push(weights[1 + square % 4]);
  }
  for (let rhombus = 0; rhombus < RHOMBI; rhombus++) {
    parents.push(CELLS + SQUARES + RHOMBI);
    lengths.push(weights[5]);
  }
  return new Tree([...parents, -1], {
    weights: [...lengths, 0],
    bins: Array.from({ length: CELLS }, (_, cell) => cell),
  });
}
