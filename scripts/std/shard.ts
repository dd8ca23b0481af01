/**
 * Lists of jobs that are shared out among machines or processes.
 *
 * @module
 */

import { tell, tellEvent, type Telling } from "./experiment_events.ts";

/** The option by which a script is told its share. */
export const SHARD_OPTION = {
  shard: {
    kind: "text",
    value: "I/N",
    describe: "Train only every N-th network, from the I-th on, for several machines or processes",
    default: "1/1",
  },
} as const;

/** A share of a list. */
export interface Shard {
  /** Its number, from 1 on. */
  readonly number: number;
  /** How many there are. */
  readonly of: number;
}

/**
 * Reads a share from the command line.
 *
 * @param text `I/N`.
 * @returns The share.
 * @throws {RangeError} If it is something else, or I is not among 1 to N.
 */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (number >= 1 && number <= of) return { number, of };
  throw new RangeError(
    `Cannot run a shard: --shard must be I/N with 1 <= I <= N, current value is ${text}`,
  );
}

/**
 * What falls to a share: every N-th, from the I-th on. The shares of a list have nothing in common, and
 * together are the list.
 *
 * @param list The list.
 * @param shard The share.
 * @returns Its part, in order.
 *
 * @example
 * ```ts
 * import { parseShard, shareOf } from "./shard.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shareOf(["a", "b", "c", "d", "e"], parseShard("2/3")), ["b", "e"]);
 * ```
 */
export function shareOf<T>(list: readonly T[], { number, of }: Shard): T[] {
  return list.filter((_, k) => k % of === number - 1);
}

/**
 * Says that a share is done.
 *
 * @param shard The share.
 * @param networks How many networks it had.
 * @param telling How much is said.
 */
export function tellShare({ number, of }: Shard, networks: number, telling: Telling): void {
  tell(`${networks} networks, share ${number} of ${of}; without --shard all are judged`, telling);
  if (telling.json) tellEvent({ event: "shard", number, of, networks });
}
