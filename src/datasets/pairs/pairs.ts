/**
 * Choosing which wafers to compare.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { type Charges, chargesOf, type WaferTable } from "../wafer_table.ts";

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

/** Which pairs {@linkcode allPairs} gives. */
export interface AllPairsOptions {
  /**
   * Whether a wafer is also paired with itself.
   *
   * @default {false}
   */
  readonly self?: boolean;
  /**
   * Whether two wafers are paired in both orders, or just the lower number first.
   *
   * @default {false}
   */
  readonly bothOrders?: boolean;
}

/**
 * All pairs among wafers, ordered by their first and then by their second number.
 *
 * The EMD of a wafer to itself is 0 and that of two wafers does not depend on their order, so neither
 * is listed unless asked for. With both, n wafers give n^2 pairs: those of the published code, which
 * takes the product of the list of wafers with itself.
 *
 * @param count Number of wafers n, an integer in [0, 65536].
 * @param options Whether to list wafers with themselves, and both orders.
 * @returns The pairs: n (n - 1) / 2 of them, n more with `self`, and twice the n (n - 1) / 2 with
 * `bothOrders`.
 * @throws {RangeError} If count lies outside its range.
 *
 * @example
 * ```ts
 * import { allPairs } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const { first, second } = allPairs(3);
 * assertEquals([first, second], [Uint32Array.of(0, 0, 1), Uint32Array.of(1, 2, 2)]);
 * assertEquals(allPairs(1000, { self: true, bothOrders: true }).first.length, 1_000_000);
 * ```
 */
export function allPairs(count: number, options: AllPairsOptions = {}): WaferPairs {
  if (!Number.isInteger(count) || count < 0 || count > 65536) {
    throw new RangeError(
      `Cannot list all pairs: number of wafers must be an integer in [0, 65536], ` +
        `current value is ${count}`,
    );
  }
  const { self = false, bothOrders = false } = options;
  const unordered = count * (count - 1) / 2;
  const numberOfPairs = (bothOrders ? 2 : 1) * unordered + (self ? count : 0);
  const first = new Uint32Array(numberOfPairs);
  const second = new Uint32Array(numberOfPairs);
  let pair = 0;
  for (let one = 0; one < count; one++) {
    for (let other = bothOrders ? 0 : one; other < count; other++) {
      if (one === other && !self) continue;
      first[pair] = one;
      second[pair++] = other;
    }
  }
  return { first, second };
}

/**
 * Pairs of wafers by their charges: pair k is row k of `x` and row k of `y`.
 *
 * Numbers of wafers cannot name a pair whose second wafer is in no table, such as a distorted copy.
 * Rows side by side can, and they are what `waferEmdParallel` takes to give EMDs with gradients and
 * what a network is trained on: pairs of every kind end as these.
 */
export interface PairedWafers {
  /** Number of pairs. */
  readonly count: number;
  /** Charges of the first wafers in train order, row-major, length count * 48. */
  readonly x: Float64Array;
  /** Charges of the second wafers likewise. */
  readonly y: Float64Array;
}

/**
 * The charges of pairs of wafers, side by side.
 *
 * @param table Where the first wafers are.
 * @param pairs Numbers of the wafers.
 * @param seconds Where the second wafers are, for example reconstructions. Default the same table.
 * @returns Copies of the charges.
 * @throws {TypeError} If the two lists of numbers differ in length.
 * @throws {RangeError} If there is no wafer of a number.
 *
 * @example Wafers and their reconstructions
 * ```ts
 * import { pairedWafers, reconstructWafers, toyWafers, waferTable } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { waferEmdBatch } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const wafers = toyWafers("shower", 3, 7);
 * const decoded = waferTable(reconstructWafers(wafers.charges, new RandomStream(7, "decoder")));
 * const { x, y } = pairedWafers(wafers, { first: [0, 1, 2], second: [0, 1, 2] }, decoded);
 * assertEquals(waferEmdBatch(x, y).values.length, 3);
 * ```
 */
export function pairedWafers(
  table: WaferTable<Charges>,
  pairs: { readonly first: ArrayLike<number>; readonly second: ArrayLike<number> },
  seconds: WaferTable<Charges> = table,
): PairedWafers {
  const { first, second } = pairs;
  const count = first.length;
  if (second.length !== count) {
    throw new TypeError(
      `Cannot pair wafers: both lists of numbers must have the same length, ` +
        `current lengths are ${count} and ${second.length}`,
    );
  }
  const x = new Float64Array(count * CELLS);
  const y = new Float64Array(count * CELLS);
  for (let pair = 0; pair < count; pair++) {
    x.set(chargesOf(table, first[pair]), pair * CELLS);
    y.set(chargesOf(seconds, second[pair]), pair * CELLS);
  }
  return { count, x, y };
}
