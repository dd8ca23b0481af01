import { cellPositions, CELLS, TRIGGER_CELLS } from "../../wafer/cells.ts";
import { sharedWaferDistances } from "../../wafer/distances.ts";
import { supercells2x2 } from "../../wafer/supercells.ts";
import { WAFER_SYMMETRIES } from "../../wafer/symmetries.ts";

/** Sets of cells of which each holds the one before, with a weight each. */
export interface NestedSets {
  /** What the sets are. */
  readonly family: string;
  /** The cells in the order in which they join, train order. */
  readonly cells: readonly number[];
  /** Weight k, >= 0, is that of the first k + 1 cells; 0 where these are no set of the family. */
  readonly weights: readonly number[];
}

/** Two neighbouring cells, between which the flow counts. */
export interface EdgeFlow {
  /** One of the cells, train order. */
  readonly from: number;
  /** The other. */
  readonly to: number;
  /** Weight, >= 0, half pitches for each unit of charge that flows. */
  readonly weight: number;
}

/** The terms of a closed form. Each stands for itself and its copies, turned by 120 and 240 degrees. */
export interface ClosedFormTerms {
  /** Sets of cells whose sums of differences count. */
  readonly sums: readonly NestedSets[];
  /** Pairs of neighbours between which flows count. */
  readonly flows: readonly EdgeFlow[];
}

/** The cells one trigger cell apart, or across a seam, lie within this distance; the next beyond it. */
const _NEIGHBOURS_WITHIN = 2.1;
/** Cells whose distances differ by less are equally far; in half pitches. */
const _SAME = 1e-3;
/** Of a set and its complement, whose sums are opposite, one is enough: the smaller. */
const _LARGEST = CELLS / 2;

/**
 * All terms that a closed form may have, of weight 1:
 *
 * - balls: the cells around each cell, and those farthest from it; the smallest ball is the cell;
 * - 2x2: the 36 supercells of the telescope loss;
 * - blocks: whole rows, or columns, of a rhombus side by side, up to the rhombus;
 * - half-planes: the cells on one side of a line, for lines of 12 directions;
 * - flows between neighbours.
 *
 * A set that occurs in two families is listed in the first alone, and so are its turned copies.
 *
 * @returns The terms.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { closedFormCandidates } from "./closed_form_terms.ts";
 *
 * const { sums, flows } = closedFormCandidates();
 * assertEquals(flows.length, 37); // and as many from either turn: 111 pairs of neighbours
 * assertEquals(sums[0].cells.slice(0, 1), [0]);
 * ```
 */
export function closedFormCandidates(): ClosedFormTerms {
  const chains = [..._balls(), ..._supercells(), ..._blocks(), ..._halfPlanes()];
  const seen = new Set<string>();
  const sums = chains.flatMap(({ family, groups }): NestedSets[] => {
    const cells: number[] = [], weights: number[] = [];
    for (const group of groups) {
      cells.push(...group);
      if (cells.length > _LARGEST) break;
      weights.push(...group.map(() => 0));
      const names = WAFER_SYMMETRIES.map((turn) => _nameOf(cells.map((cell) => turn[cell])));
      if (!names.some((name) => seen.has(name))) weights[weights.length - 1] = 1;
      names.forEach((name) => seen.add(name));
    }
    return _trimmed(family, cells, weights);
  });
  const flows = neighbourPairs()
    .filter(({ from, to }) => _isFirstTurn(from, to))
    .map((pair) => ({ ...pair, weight: 1 }));
  return { sums, flows };
}

/** The 111 pairs of neighbouring cells: within a rhombus one pitch apart, across a seam 0.9. */
export function neighbourPairs(): { readonly from: number; readonly to: number }[] {
  const distances = sharedWaferDistances();
  const pairs: { from: number; to: number }[] = [];
  for (let from = 0; from < CELLS; from++) {
    for (let to = from + 1; to < CELLS; to++) {
      if (distances[from * CELLS + to] < _NEIGHBOURS_WITHIN) pairs.push({ from, to });
    }
  }
  return pairs;
}

/**
 * The terms of a fit: {@linkcode closedFormCandidates} with weights, without those of weight zero.
 *
 * @param weights A weight >= 0 for each candidate: for the sets in the order of their chains, then for
 * the flows.
 * @returns Those that count.
 * @throws {TypeError} If there are not as many weights as candidates.
 * @throws {RangeError} If a weight is negative or not finite.
 */
export function weightedTerms(weights: ArrayLike<number>): ClosedFormTerms {
  const candidates = closedFormCandidates();
  let term = 0;
  const next = () => {
    const weight = weights[term++];
    if (weight === undefined || (weight >= 0 && weight < Infinity)) return weight ?? 0;
    throw new RangeError(
      `Cannot make a closed form: weight ${term - 1} must be finite and >= 0, ` +
        `current value is ${weight}`,
    );
  };
  const sums = candidates.sums.flatMap((chain) =>
    _trimmed(chain.family, chain.cells, chain.weights.map((counts) => counts > 0 ? next() : 0))
  );
  const flows = candidates.flows.map((flow) => ({ ...flow, weight: next() }))
    .filter(({ weight }) => weight > 0);
  if (term !== weights.length) {
    throw new TypeError(
      `Cannot make a closed form: there must be ${term} weights, current number is ${weights.length}`,
    );
  }
  return { sums, flows };
}

interface _Chain {
  readonly family: string;
  /** Cells that join together, one group after the other. */
  readonly groups: readonly (readonly number[])[];
}

/** Cells of the first rhombus; those of the others are turned copies. */
const _FIRST = TRIGGER_CELLS.slice(0, CELLS / 3);

function _balls(): _Chain[] {
  const distances = sharedWaferDistances({ geometry: "low_density" });
  return _FIRST.flatMap(({ train }) => {
    const row = [...distances.subarray(train * CELLS, (train + 1) * CELLS)];
    return [
      { family: "balls", groups: _groupsBy(row) },
      { family: "outside balls", groups: _groupsBy(row.map((distance) => -distance)) },
    ];
  });
}

function _supercells(): _Chain[] {
  return supercells2x2().map(({ cells }) => ({ family: "2x2", groups: [cells] }));
}

function _blocks(): _Chain[] {
  return (["row", "column"] as const).flatMap((line) =>
    [0, 1, 2, 3].map((first) => ({
      family: "blocks",
      groups: [0, 1, 2, 3].filter((number) => number >= first).map((number) =>
        _FIRST.filter((cell) => cell[line] === number).map(({ train }) => train)
      ),
    }))
  );
}

/** Half-planes to either side of lines in 12 directions; a third of these, and their turned copies. */
function _halfPlanes(): _Chain[] {
  const positions = cellPositions({ geometry: "low_density" });
  return Array.from({ length: 8 }, (_, k) => {
    const angle = k * Math.PI / 12;
    const along = TRIGGER_CELLS.map(({ train }) =>
      Math.cos(angle) * positions[2 * train] + Math.sin(angle) * positions[2 * train + 1]
    );
    return { family: "half-planes", groups: _groupsBy(along) };
  });
}

/** The cells by ascending value, those with the same value together. */
function _groupsBy(values: readonly number[]): number[][] {
  const groups: number[][] = [];
  let last = -Infinity;
  for (const cell of [...values.keys()].sort((a, b) => values[a] - values[b] || a - b)) {
    if (values[cell] - last > _SAME) groups.push([]);
    groups.at(-1)!.push(cell);
    last = values[cell];
  }
  return groups;
}

/** The chain up to its last set that counts; none where no set does. */
function _trimmed(
  family: string,
  cells: readonly number[],
  weights: readonly number[],
): NestedSets[] {
  const length = weights.findLastIndex((weight) => weight > 0) + 1;
  if (length === 0) return [];
  return [{ family, cells: cells.slice(0, length), weights: weights.slice(0, length) }];
}

/** One name for a set and its complement, where both are as large. */
function _nameOf(set: readonly number[]): string {
  const cells = set.toSorted((a, b) => a - b);
  if (cells.length < _LARGEST || cells[0] === 0) return cells.join(" ");
  return TRIGGER_CELLS.map(({ train }) => train).filter((cell) => !cells.includes(cell)).join(" ");
}

/** Whether a pair comes before its turned copies. */
function _isFirstTurn(from: number, to: number): boolean {
  const numbers = WAFER_SYMMETRIES.map((turn) =>
    CELLS * Math.min(turn[from], turn[to]) + Math.max(turn[from], turn[to])
  );
  return numbers[0] === Math.min(...numbers);
}
