/**
 * Splitting wafers into those to train on and those to validate with.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { sameWafers } from "./same_wafers.ts";
import type { Charges, Column, WaferTable } from "../wafer_table.ts";

/** What {@linkcode splitWafers} must know. */
export interface SplitWafersOptions {
  /**
   * Part of the wafers to train on, between 0 and 1. The paper has 0.7; the published code has 0.6
   * for pairs of wafers.
   *
   * @default {0.7}
   */
  readonly share?: number;
  /**
   * What stays together: the wafers that are the same, or all those of an event (column `event`).
   * Wafers of one event have their pile-up and their particle in common.
   *
   * @default {"wafer"}
   */
  readonly by?: "wafer" | "event";
  /** Where the random numbers come from. */
  readonly stream: RandomStream;
}

/** Numbers of wafers, each list increasing. */
export interface WaferSplit {
  /** Wafers to train on. */
  readonly train: Uint32Array;
  /** Wafers to validate with. */
  readonly validation: Uint32Array;
  /** Wafers on neither side: those of validation events that are also among the wafers to train on. */
  readonly leftOut: Uint32Array;
}

/**
 * Splits wafers at random, so that no wafer stands on both sides.
 *
 * Wafers with the same charge fractions ({@linkcode sameWafers}) are one wafer to an EMD, and stay
 * together however they are scaled. Events or groups of such wafers are shuffled and put to the
 * training side in turn, as long as it does not grow beyond its share of the wafers; for single wafers
 * the share is exact. By event, wafers of the validation side that also occur on the other are left
 * out, since keeping such events together would join nearly all of them. All empty wafers are the same:
 * leave them out first.
 *
 * @param table The wafers; with `by: "event"` it needs a column `event`.
 * @param options Share, what stays together, and the source of random numbers.
 * @returns Numbers of the wafers on each side.
 * @throws {RangeError} If the share is not between 0 and 1, `by` is not a known word, an event has no
 * number, a charge is negative, NaN or infinite, or a side would be empty.
 * @throws {TypeError} If there is no column `event` where one is needed, or shapes do not fit.
 *
 * @example
 * ```ts
 * import { selectWafers, splitWafers, toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const table = toyWafers("shower", 100, 7);
 * const { train, validation } = splitWafers(table, { stream: new RandomStream(7, "split") });
 * assertEquals([train.length, validation.length], [70, 30]);
 * assertEquals(selectWafers(table, validation).count, 30);
 * ```
 */
export function splitWafers(table: WaferTable<Charges>, options: SplitWafersOptions): WaferSplit {
  const { share = 0.7, by = "wafer", stream } = options;
  if (!(share > 0 && share < 1)) {
    throw new RangeError(
      `Cannot split wafers: share must be between 0 and 1, current value is ${share}`,
    );
  }
  if (by !== "wafer" && by !== "event") {
    throw new RangeError(
      `Cannot split wafers: by must be wafer or event, current value is ${by}`,
    );
  }
  const same = sameWafers(table);
  const groups = _groups(by === "wafer" ? same : _eventsOf(table));
  const inTraining = _chooseGroups(groups, table.count, share, stream);

  const known = new Set<number>();
  inTraining.forEach((chosen, wafer) => chosen && known.add(same[wafer]));
  const numbers = inTraining.keys().toArray();
  const others = numbers.filter((wafer) => !inTraining[wafer]);
  const split = {
    train: Uint32Array.from(numbers.filter((wafer) => inTraining[wafer])),
    validation: Uint32Array.from(others.filter((wafer) => !known.has(same[wafer]))),
    leftOut: Uint32Array.from(others.filter((wafer) => known.has(same[wafer]))),
  };
  if (split.train.length === 0 || split.validation.length === 0) {
    throw new RangeError(
      `Cannot split wafers: both sides must get a wafer, current numbers are ` +
        `${split.train.length} and ${split.validation.length} of ${table.count} wafers`,
    );
  }
  return split;
}

/** Lists of wafers with a common label, in the order of their first wafers. */
function _groups(labels: ArrayLike<number | string>): number[][] {
  const groups = new Map<number | string, number[]>();
  for (let wafer = 0; wafer < labels.length; wafer++) {
    const group = groups.get(labels[wafer]);
    if (group === undefined) groups.set(labels[wafer], [wafer]);
    else group.push(wafer);
  }
  return [...groups.values()];
}

/** For each wafer whether it is one to train on. */
function _chooseGroups(
  groups: readonly number[][],
  count: number,
  share: number,
  stream: RandomStream,
): boolean[] {
  const inTraining = new Array<boolean>(count).fill(false);
  let room = Math.round(share * count);
  for (const group of stream.shuffle([...groups])) {
    if (group.length > room) continue;
    for (const wafer of group) inTraining[wafer] = true;
    room -= group.length;
  }
  return inTraining;
}

function _eventsOf(table: WaferTable<Charges>): Column {
  const events = table.columns.event;
  if (events === undefined) {
    throw new TypeError("Cannot split wafers by event: there is no column event");
  }
  for (let wafer = 0; wafer < events.length; wafer++) {
    if (Number.isNaN(events[wafer])) {
      throw new RangeError(
        `Cannot split wafers by event: wafer ${wafer} has no number of an event`,
      );
    }
  }
  return events;
}
