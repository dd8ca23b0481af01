/**
 * Pairs of wafers that are hard on a transport solver: ties, zeros, and charges that nearly cancel.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";

/** Two wafers, 48 charges each in train order, neither of them empty. */
type _Pair = readonly [x: Float64Array, y: Float64Array];

/** How a pair of each family is made. */
const _FAMILIES: Readonly<Record<string, (stream: RandomStream) => _Pair>> = {
  /** The same wafer twice. */
  equal: (stream) => {
    const x = _uniform(stream);
    return [x, x.slice()];
  },
  /** All charge in one cell, and in another. */
  one_cell: (stream) => {
    const [from, to] = _shuffledCells(stream);
    return [_inCells([from], 7), _inCells([to], 3)];
  },
  /** The same charge in all cells, against all charge in one. */
  flat: (stream) => [new Float64Array(CELLS).fill(5), _inCells([stream.integer(CELLS)], 1)],
  /** Charges 0 to 3: sums of charges often agree, so that many plans are equally good. */
  small_integers: (stream) => [_integersBelow(4, stream), _integersBelow(4, stream)],
  /** Charges 0 or 1. */
  zero_or_one: (stream) => [_integersBelow(2, stream), _integersBelow(2, stream)],
  /** Charge 1 in equally many cells of both, none of them common: an assignment problem. */
  assignment: (stream) => {
    const cells = _shuffledCells(stream);
    const count = 1 + stream.integer(CELLS / 2);
    return [_inCells(cells.slice(0, count), 1), _inCells(cells.slice(-count), 1)];
  },
  /** Two cells have exchanged their charges. */
  swapped_cells: (stream) => {
    const x = _uniform(stream);
    const [one, other] = _shuffledCells(stream);
    return [x, x.with(one, x[other]).with(other, x[one])];
  },
  /** The same wafer but for a change of each charge by about 1e-12 of it. */
  perturbed: (stream) => {
    const x = _uniform(stream);
    return [x, x.map((charge) => charge * (1 + 1e-12 * stream.normal()))];
  },
  /** The same charge in the four cells of each 2 x 2 tile. */
  supercell_constant: (stream) => [_constantOnTiles(stream), _constantOnTiles(stream)],
};

/**
 * Names of the families of degenerate pairs, in the order in which they follow one another:
 *
 * - `equal`: the same wafer twice;
 * - `one_cell`: all charge in one cell, and in another;
 * - `flat`: the same charge in all cells, against all charge in one;
 * - `small_integers`, `zero_or_one`: charges 0 to 3, and 0 or 1, so that many plans are equally good;
 * - `assignment`: charge 1 in equally many cells of both, none of them common;
 * - `swapped_cells`: two cells have exchanged their charges;
 * - `perturbed`: the same wafer but for a change of each charge by about 1e-12 of it;
 * - `supercell_constant`: the same charge in the four cells of each 2 x 2 tile.
 */
export const DEGENERATE_FAMILIES: readonly string[] = Object.keys(_FAMILIES);

/**
 * Makes a pair of the family whose turn it is.
 *
 * @param pair The pair's number, an integer >= 0; its family is `pair` modulo the number of families.
 * @param stream Where the random numbers come from.
 * @returns Two wafers, 48 charges each in train order, neither of them empty, and their family.
 */
export function degeneratePair(
  pair: number,
  stream: RandomStream,
): { x: Float64Array; y: Float64Array; family: string } {
  const family = DEGENERATE_FAMILIES[pair % DEGENERATE_FAMILIES.length];
  const [x, y] = _FAMILIES[family](stream);
  return { x, y, family };
}

/** Charges uniform in (0, 1]. */
function _uniform(stream: RandomStream): Float64Array {
  return new Float64Array(CELLS).map(() => 1 - stream.uniform());
}

/** Integers in [0, n), not all zero. */
function _integersBelow(n: number, stream: RandomStream): Float64Array {
  const charges = new Float64Array(CELLS);
  do {
    for (let cell = 0; cell < CELLS; cell++) charges[cell] = stream.integer(n);
  } while (charges.every((charge) => charge === 0));
  return charges;
}

function _constantOnTiles(stream: RandomStream): Float64Array {
  const tiles = _integersBelow(4, stream);
  // In train order a rhombus is 16 cells, a row 4: tiles join rows and columns 0 and 1, 2 and 3.
  const tileOf = (cell: number) => cell - cell % 2 - 4 * (Math.floor(cell / 4) % 2);
  tiles[0]++; // at least one tile holds charge
  return tiles.map((_, cell) => tiles[tileOf(cell)]);
}

function _inCells(cells: Iterable<number>, charge: number): Float64Array {
  const charges = new Float64Array(CELLS);
  for (const cell of cells) charges[cell] = charge;
  return charges;
}

/** All cells in random order. */
function _shuffledCells(stream: RandomStream): Uint8Array {
  return stream.shuffle(Uint8Array.from({ length: CELLS }, (_, cell) => cell));
}
