/**
 * Pairs of wafers to train on and to validate with, with no wafer among both.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { type PairedWafers, randomPairs, type WaferPairs } from "./pairs.ts";
import { sameWafers } from "./same_wafers.ts";
import type { WaferSplit } from "./splits.ts";
import { waferTable } from "../wafer_table.ts";

/** Pairs on each side of a split. */
export interface SplitPairs {
  /** Pairs to train on. */
  readonly train: WaferPairs;
  /** Pairs to validate with. */
  readonly validation: WaferPairs;
}

/**
 * Draws random pairs on each side of a split; no pair has one wafer on either.
 *
 * @param split The wafers of each side, at least 2.
 * @param numberOfPairs How many pairs for each side, integers >= 0.
 * @param stream Where the random numbers come from.
 * @returns Pairs in the numbers of the table that was split.
 * @throws {RangeError} If a side has fewer than 2 wafers, or a number of pairs is not an integer >= 0.
 *
 * @example
 * ```ts
 * import { splitPairs, splitWafers, toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert } from "@std/assert";
 *
 * const split = splitWafers(toyWafers("shower", 100, 7), { stream: new RandomStream(7, "split") });
 * const stream = new RandomStream(7, "pairs");
 * const { validation } = splitPairs(split, { train: 700, validation: 300 }, stream);
 * assert(validation.first.every((wafer) => split.validation.includes(wafer)));
 * ```
 */
export function splitPairs(
  split: Pick<WaferSplit, "train" | "validation">,
  numberOfPairs: { readonly train: number; readonly validation: number },
  stream: RandomStream,
): SplitPairs {
  const draw = (side: "train" | "validation") =>
    pairsAmong(split[side], randomPairs(split[side].length, numberOfPairs[side], stream));
  return { train: draw("train"), validation: draw("validation") };
}

/**
 * Pairs among some wafers of a table, from pairs of places in the list of these wafers.
 *
 * @param wafers Numbers of the wafers.
 * @param places Pairs of places in that list, each from 0.
 * @returns Pairs of numbers of wafers.
 * @throws {RangeError} If there is no such place.
 *
 * @example All pairs among wafers 3, 5 and 8
 * ```ts
 * import { allPairs, pairsAmong } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const { first, second } = pairsAmong([3, 5, 8], allPairs(3));
 * assertEquals([first, second], [Uint32Array.of(3, 3, 5), Uint32Array.of(5, 8, 8)]);
 * ```
 */
export function pairsAmong(wafers: ArrayLike<number>, places: WaferPairs): WaferPairs {
  const numberAt = (place: number) => {
    if (place < wafers.length) return wafers[place];
    throw new RangeError(
      `Cannot pair wafers: a place must be below ${wafers.length}, current value is ${place}`,
    );
  };
  return { first: places.first.map(numberAt), second: places.second.map(numberAt) };
}

/**
 * The training pairs that have no wafer in common with validation pairs, neither as `x` nor as `y`.
 *
 * Pairs drawn on the sides of a split have none. Distorted copies may: of two sparse wafers on either
 * side, one can become the other.
 *
 * @param train Pairs to train on.
 * @param validation Pairs to validate with.
 * @returns Numbers of the training pairs to keep, increasing.
 * @throws {RangeError} If a charge is negative, NaN or infinite.
 *
 * @example
 * ```ts
 * import { pairsUnseen } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const oneCell = (cell: number) => new Float64Array(48).with(cell, 1);
 * const train = { count: 1, x: oneCell(0), y: oneCell(1) };
 * assertEquals(pairsUnseen(train, { count: 1, x: oneCell(2), y: oneCell(3) }).length, 1);
 * assertEquals(pairsUnseen(train, { count: 1, x: oneCell(2), y: oneCell(1) }).length, 0);
 * ```
 */
export function pairsUnseen(train: PairedWafers, validation: PairedWafers): Uint32Array {
  const wafers = [train.x, train.y, validation.x, validation.y];
  const charges = new Float64Array(wafers.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of wafers) {
    charges.set(part, filled);
    filled += part.length;
  }
  const same = sameWafers(waferTable(charges));
  const { count } = train;
  const seen = new Set(same.subarray(2 * count));
  const isUnseen = (pair: number) => !seen.has(same[pair]) && !seen.has(same[count + pair]);
  return Uint32Array.from({ length: count }, (_, pair) => pair).filter(isUnseen);
}
