/**
 * Choosing which wafers to compare.
 *
 * @module
 */
import type { RandomStream } from "../numerics/random.ts";

/** Pairs of wafers by their numbers: pair k is `first[k]` and `second[k]`. */
export interface WaferPairs {
  /** Number of the first wafer of each pair. */
  readonly first: Uint32Array;
  /** Number of the second wafer of each pair. */
  readonly second: Uint32Array;
}

/**
 * Draws pairs of two different wafers, with all such pairs (in either order) equally likely. The
 * same pair may be drawn again.
 *
 * @param count Number of wafers to draw from, an integer in [2, 2^32].
 * @param numberOfPairs Number of pairs, an integer >= 0.
 * @param stream Where the random numbers come from.
 * @returns The pairs.
 * @throws {RangeError} If count or numberOfPairs lies outside its range.
 *
 * @example
 * ```ts
 * import { randomPairs } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const { first, second } = randomPairs(2, 100, new RandomStream(7, "pairs"));
 * assertEquals(first.length, 100);
 * assert(first.every((wafer, pair) => wafer + second[pair] === 1));
 * ```
 */
export function randomPairs(
  count: number,
  numberOfPairs: number,
  stream: RandomStream,
): WaferPairs {
  if (!Number.isInteger(count) || count < 2 || count > 4294967296) {
    throw new RangeError(
      `Cannot draw pairs: number of wafers must be an integer in [2, 2^32], ` +
        `current value is ${count}`,
    );
  }
  if (!Number.isSafeInteger(numberOfPairs) || numberOfPairs < 0) {
    throw new RangeError(
      `Cannot draw pairs: number of pairs must be an integer >= 0, ` +
        `current value is ${numberOfPairs}`,
    );
  }
  const first = new Uint32Array(numberOfPairs);
  const second = new Uint32Array(numberOfPairs);
  for (let pair = 0; pair < numberOfPairs; pair++) {
    first[pair] = stream.integer(count);
    // One of the others: those from the first on move up by one.
    const other = stream.integer(count - 1);
    second[pair] = other < first[pair] ? other : other + 1;
  }
  return { first, second };
}
