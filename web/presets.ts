/**
 * Wafers to begin with, in whole counts; painted ones are changed into others.
 *
 * @module
 */
import { blurWafers } from "../src/datasets/toy/toy_distortions.ts";
import { RandomStream } from "../src/numerics/random.ts";
import { CELLS } from "../src/wafer/cells.ts";
import { cellTowards } from "./cell_steps.ts";
import { CELL_CENTRES, PITCH } from "./wafer_layout.ts";

/** Charges of the 48 cells, train order, counts. */
export type PaintedWafer = Float64Array<ArrayBuffer>;

/**
 * One cell with charge.
 *
 * @param seed Seed of which one.
 * @returns The wafer.
 */
export function oneHit(seed: number): PaintedWafer {
  const wafer = new Float64Array(CELLS);
  wafer[new RandomStream(seed, "live page hit").integer(CELLS)] = 100;
  return wafer;
}

/**
 * Soft hits in about half of the cells, exponential with a mean of 20 counts.
 *
 * @param seed Seed of the hits.
 * @returns The wafer.
 */
export function pileUp(seed: number): PaintedWafer {
  const random = new RandomStream(seed, "live page pile-up");
  return Float64Array.from(
    { length: CELLS },
    () => random.uniform() < 0.5 ? Math.ceil(20 * random.exponential()) : 0,
  );
}

/**
 * A compact shower in little pile-up: exponential in the distance from a random place.
 *
 * @param seed Seed of place and hits.
 * @returns The wafer.
 */
export function shower(seed: number): PaintedWafer {
  const random = new RandomStream(seed, "live page shower");
  const middle = CELL_CENTRES[random.integer(CELLS)];
  return Float64Array.from(CELL_CENTRES, ({ x, y }) => {
    const distance = Math.hypot(x - middle.x, y - middle.y) / PITCH;
    const soft = random.uniform() < 0.25 ? 10 * random.exponential() : 0;
    return Math.round(300 * Math.exp(-1.6 * distance) + soft);
  });
}

/**
 * Each charge moved to the next cell to the right; at the edge it stays.
 *
 * @param wafer The charges; not changed.
 * @returns The moved charges.
 */
export function movedByACell(wafer: ArrayLike<number>): PaintedWafer {
  const moved = new Float64Array(CELLS);
  for (let cell = 0; cell < CELLS; cell++) moved[cellTowards(cell, "ArrowRight")!] += wafer[cell];
  return moved;
}

/**
 * Each cell passes a part of its charge to a neighbour; rounded to counts.
 *
 * @param wafer The charges; not changed.
 * @param seed Seed of parts and neighbours.
 * @returns The blurred wafer.
 */
export function blurred(wafer: ArrayLike<number>, seed: number): PaintedWafer {
  const rows = blurWafers(wafer, new RandomStream(seed, "live page blur"));
  return Float64Array.from(rows, Math.round);
}

/**
 * Charge fractions as counts of a wafer with a given sum, about.
 *
 * @param fractions 48 fractions that sum to one.
 * @param like The charges whose sum is wanted.
 * @returns Whole counts.
 */
export function asCounts(fractions: ArrayLike<number>, like: ArrayLike<number>): PaintedWafer {
  const sum = Array.from(like).reduce((a, b) => a + b, 0);
  return Float64Array.from(fractions, (fraction) => Math.round(fraction * sum));
}
