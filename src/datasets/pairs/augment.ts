/**
 * More wafers and pairs to train on, from the symmetries of a wafer and of the EMD.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { WAFER_SYMMETRIES } from "../../wafer/symmetries.ts";
import type { PairedWafers } from "./pairs.ts";
import type { Charges } from "../wafer_table.ts";

/**
 * Turns each wafer by its own number of thirds of a turn.
 *
 * @param charges Wafers in train order, row-major, length a multiple of 48, or anything else that
 * has a number for each cell, such as gradients; not changed.
 * @param turns For each wafer the number of its symmetry in `WAFER_SYMMETRIES`: 0, 1 or 2.
 * @returns The turned wafers, in the same class of array.
 * @throws {TypeError} If there is not one number of turns for each 48 charges.
 * @throws {RangeError} If a number of turns is not 0, 1 or 2.
 *
 * @example
 * ```ts
 * import { turnWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const wafers = new Float32Array(2 * 48);
 * wafers[0] = wafers[48] = 7; // in cell 0 of both
 * const turned = turnWafers(wafers, [0, 1]);
 * assertEquals([turned[0], turned[48 + 16]], [7, 7]);
 * ```
 */
export function turnWafers<C extends Charges>(charges: C, turns: ArrayLike<number>): C {
  if (charges.length !== turns.length * CELLS) {
    throw new TypeError(
      `Cannot turn wafers: there must be ${CELLS} charges for each of ${turns.length} turns, ` +
        `current number of charges is ${charges.length}`,
    );
  }
  const turned = charges.slice() as C;
  for (let wafer = 0; wafer < turns.length; wafer++) {
    const symmetry = WAFER_SYMMETRIES[turns[wafer]];
    if (symmetry === undefined) {
      throw new RangeError(
        `Cannot turn wafer ${wafer}: turns must be 0, 1 or 2, current value is ${turns[wafer]}`,
      );
    }
    const row = wafer * CELLS;
    for (let cell = 0; cell < CELLS; cell++) turned[row + symmetry[cell]] = charges[row + cell];
  }
  return turned;
}

/**
 * Turns each wafer by 0, 120 or 240 degrees at random.
 *
 * @param charges Wafers in train order, row-major, length a multiple of 48; not changed.
 * @param stream Where the random numbers come from.
 * @returns The turned wafers, in the same class of array.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 *
 * @example
 * ```ts
 * import { augmentWafers, toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const { charges } = toyWafers("shower", 10, 7);
 * const turned = augmentWafers(charges, new RandomStream(7, "turns"));
 * assertEquals(turned.toSorted(), charges.toSorted());
 * ```
 */
export function augmentWafers<C extends Charges>(charges: C, stream: RandomStream): C {
  return turnWafers(charges, _randomTurns(Math.ceil(charges.length / CELLS), stream));
}

/** Which symmetries {@linkcode augmentPairs} uses. */
export interface AugmentPairsOptions {
  /**
   * Whether x and y of half of the pairs change places.
   *
   * @default {true}
   */
  readonly swap?: boolean;
}

/** Pairs with the same EMDs as those they were made from. */
export interface AugmentedPairs extends PairedWafers {
  /** By how many thirds of a turn both wafers of each pair were turned: 0, 1 or 2. */
  readonly turns: Uint8Array;
  /** Whether x and y of each pair have changed places: 0 or 1. */
  readonly swapped: Uint8Array;
}

/**
 * Turns both wafers of each pair by the same 0, 120 or 240 degrees at random, and swaps half of the
 * pairs. EMDs do not change, since no distance between cells does. Gradients in y turn with the
 * wafers ({@linkcode turnWafers}); those of swapped pairs would be gradients in x.
 *
 * @param pairs The pairs; not changed.
 * @param stream Where the random numbers come from.
 * @param options Whether to swap.
 * @returns The pairs in the same order, and what was done to each.
 * @throws {TypeError} If there are not 48 charges for each wafer.
 *
 * @example
 * ```ts
 * import { augmentPairs, pairedWafers, randomPairs, toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { waferEmdBatch } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const wafers = toyWafers("shower", 10, 7);
 * const pairs = pairedWafers(wafers, randomPairs(10, 20, new RandomStream(7, "pairs")));
 * const augmented = augmentPairs(pairs, new RandomStream(7, "symmetries"));
 * const [before, after] = [pairs, augmented].map(({ x, y }) => waferEmdBatch(x, y).values);
 * before.forEach((emd, pair) => assertAlmostEquals(after[pair], emd, 1e-4));
 * ```
 */
export function augmentPairs(
  pairs: PairedWafers,
  stream: RandomStream,
  options: AugmentPairsOptions = {},
): AugmentedPairs {
  const { count } = pairs;
  const turns = _randomTurns(count, stream);
  const swapped = new Uint8Array(count);
  if (options.swap ?? true) swapped.forEach((_, pair) => swapped[pair] = stream.integer(2));

  const x = turnWafers(pairs.x, turns);
  const y = turnWafers(pairs.y, turns);
  for (let pair = 0; pair < count; pair++) {
    if (swapped[pair] === 0) continue;
    const row = pair * CELLS;
    const held = x.slice(row, row + CELLS);
    x.set(y.subarray(row, row + CELLS), row);
    y.set(held, row);
  }
  return { count, x, y, turns, swapped };
}

function _randomTurns(count: number, stream: RandomStream): Uint8Array {
  return new Uint8Array(count).map(() => stream.integer(WAFER_SYMMETRIES.length));
}
