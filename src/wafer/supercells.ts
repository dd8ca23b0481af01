/**
 * Supercells: the groups of trigger cells whose summed charges the telescope loss compares
 * (paper, Eqs. 3 to 5).
 *
 * @module
 */
import { type CellOrder, CELLS } from "./cells.ts";
import { TRAIN_TO_PAPER } from "./orders.ts";

/** A group of trigger cells and its weight in the telescope loss. */
export interface Supercell {
  /** Indices of the cells, ascending, in the order that was asked for. */
  readonly cells: readonly number[];
  /** Weight of the squared difference of the summed charges. */
  readonly weight: number;
}

/**
 * Where the weights of the 2x2 supercells come from.
 *
 * - `rule`: the rule in the paper's text. A cell that belongs to n supercells counts 1/n in each; the
 *   weight is the mean over the four cells. The 36 weights sum to 12.
 * - `table_a1`: the numbers printed in the paper's Table A1: those of the rule, rounded to four
 *   decimals before the division by 4, but for one misprint ({@linkcode TABLE_A1_MISPRINT}).
 * - `published_code`: those of the published code (`telescope.py`), with which the published networks
 *   were trained. Where cells belong to three supercells it adds 1/12 for each such cell to 1/4,
 *   where the rule adds a quarter of that. This raises six weights.
 */
export type SupercellWeights = "rule" | "table_a1" | "published_code";

/** Options of {@linkcode supercells2x2}. */
export interface Supercells2x2Options {
  /**
   * Which weights.
   *
   * @default {"rule"}
   */
  weights?: SupercellWeights;
  /**
   * Order in which cells are numbered.
   *
   * @default {"train"}
   */
  order?: CellOrder;
}

/** Options of {@linkcode supercells4x4}. */
export interface Supercells4x4Options {
  /**
   * Order in which cells are numbered.
   *
   * @default {"train"}
   */
  order?: CellOrder;
}

/**
 * The one row of Table A1 that disagrees with the rule in the paper's text: the supercell of cells
 * q = 34, 35, 38 and 39. It holds one of the three cells that meet at the wafer's centre, as two other
 * supercells of weight 1.0833/4 do, and is printed with the weight of those that hold two.
 */
export const TABLE_A1_MISPRINT: {
  /** Its place in what {@linkcode supercells2x2} returns. */
  readonly row: number;
  /** The weight as printed. */
  readonly printed: number;
} = { row: 9, printed: 1.1667 / 4 };

/**
 * The 36 supercells of 2 x 2 neighbouring trigger cells: nine in each rhombus and three across each
 * seam, where four cells of two rhombi meet in the same way.
 *
 * They come in the order of the published code: those inside a rhombus with even row and column,
 * then those moved by one row, by one column and by both; then those across a seam. In each of these
 * parts they ascend by their first cell in train order.
 *
 * @param options Which weights (those of the rule unless told otherwise) and the order in which cells
 * are numbered (train unless told otherwise).
 * @returns The 36 supercells; a fresh array.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { supercells2x2 } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const corner = supercells2x2({ order: "paper" })
 *   .find(({ cells }) => cells.includes(0) && cells.includes(9));
 * assertEquals(corner, { cells: [0, 1, 8, 9], weight: (1 + 1 / 2 + 1 / 2 + 1 / 4) / 4 });
 * ```
 */
export function supercells2x2(options: Supercells2x2Options = {}): Supercell[] {
  const { weights = "rule", order = "train" } = options;
  const groups = [..._insideRhombi(), ..._acrossSeams()];
  const weightOf = _weights(groups, weights);
  return groups.map((cells, row) => ({ cells: _numbered(cells, order), weight: weightOf[row] }));
}

/**
 * The three supercells of 4 x 4 trigger cells: the right, left and bottom rhombus. Each has weight 1.
 *
 * @param options The order in which cells are numbered, train unless told otherwise.
 * @returns The three supercells; a fresh array.
 * @throws {RangeError} If the order is neither `train` nor `paper`.
 *
 * @example
 * ```ts
 * import { supercells4x4 } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(supercells4x4().map(({ cells }) => [cells[0], cells[15]]), [[0, 15], [16, 31], [32, 47]]);
 * ```
 */
export function supercells4x4(options: Supercells4x4Options = {}): Supercell[] {
  const { order = "train" } = options;
  return [0, 1, 2].map((rhombus) => {
    const cells = Array.from({ length: 16 }, (_, cell) => 16 * rhombus + cell);
    return { cells: _numbered(cells, order), weight: 1 };
  });
}

/** Train index of the cell in a given row and column of a rhombus. */
function _cell(rhombus: number, row: number, column: number): number {
  return 16 * rhombus + 4 * row + column;
}

function _insideRhombi(): number[][] {
  const groups = [];
  for (const [firstRow, firstColumn] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
    for (let rhombus = 0; rhombus < 3; rhombus++) {
      for (let row = firstRow; row < 3; row += 2) {
        for (let column = firstColumn; column < 3; column += 2) {
          groups.push([
            _cell(rhombus, row, column),
            _cell(rhombus, row, column + 1),
            _cell(rhombus, row + 1, column),
            _cell(rhombus, row + 1, column + 1),
          ]);
        }
      }
    }
  }
  return groups;
}

/** Row 0 of a rhombus lies along column 3 of the next one, column 3 of the former at the centre. */
function _acrossSeams(): number[][] {
  const groups = [];
  for (let rhombus = 0; rhombus < 3; rhombus++) {
    const next = (rhombus + 1) % 3;
    for (let column = 0; column < 3; column++) {
      groups.push([
        _cell(rhombus, 0, column),
        _cell(rhombus, 0, column + 1),
        _cell(next, 3 - column, 3),
        _cell(next, 2 - column, 3),
      ]);
    }
  }
  return groups.toSorted((one, other) => Math.min(...one) - Math.min(...other));
}

function _weights(groups: readonly number[][], weights: SupercellWeights): number[] {
  const memberships = new Array<number>(CELLS).fill(0);
  for (const cell of groups.flat()) memberships[cell]++;
  const rule = groups.map((cells) =>
    cells.reduce((sum, cell) => sum + 1 / memberships[cell], 0) / cells.length
  );
  switch (weights) {
    case "rule":
      return rule;
    case "table_a1":
      return rule.map((weight, row) =>
        row === TABLE_A1_MISPRINT.row
          ? TABLE_A1_MISPRINT.printed
          : Math.round(4 * weight * 1e4) / 1e4 / 4
      );
    case "published_code":
      return rule.map((weight, row) => {
        const inThree = groups[row].filter((cell) => memberships[cell] === 3).length;
        return inThree === 0 ? weight : 1 / 4 + inThree / 12;
      });
    default:
      throw new RangeError(
        "Cannot weigh supercells: weights must be rule, table_a1 or published_code, " +
          `current value is ${weights}`,
      );
  }
}

function _numbered(cells: readonly number[], order: CellOrder): number[] {
  if (order !== "train" && order !== "paper") {
    throw new RangeError(
      `Cannot number supercells: order must be train or paper, current value is ${order}`,
    );
  }
  const numbers = order === "train" ? cells : cells.map((cell) => TRAIN_TO_PAPER[cell]);
  return numbers.toSorted((one, other) => one - other);
}
