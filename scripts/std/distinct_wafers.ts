/**
 * The wafers of a file to learn EMDs from and to judge by, none of them twice.
 *
 * @module
 */
import { readWafers } from "../../src/datasets/files_deno.ts";
import { sameWafers } from "../../src/datasets/pairs/same_wafers.ts";
import { splitWafers, type WaferSplit } from "../../src/datasets/pairs/splits.ts";
import {
  chargesOf,
  concatenateWafers,
  filterWafers,
  selectWafers,
  type WaferTable,
} from "../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import type { CellOrder } from "../../src/wafer/cells.ts";

/** The wafers of a seed, no two of them the same. */
export interface WaferSides {
  /** To learn from: 70 %. */
  readonly train: WaferTable;
  /** To choose the best weights by: 15 %. */
  readonly choose: WaferTable;
  /** To judge by: 15 %. */
  readonly judge: WaferTable;
}

/**
 * Reads the wafers of a file that have charge. Of those whose charge fractions are the same, the first
 * is kept: an EMD cannot tell them apart.
 *
 * @param path The file.
 * @param order How its columns are numbered.
 * @returns The wafers, with the columns of the file.
 * @throws {RangeError} If there are fewer than 20.
 */
export async function readDistinctWafers(path: string, order: CellOrder): Promise<WaferTable> {
  const tables = await Array.fromAsync(readWafers(path, { order }));
  const all = concatenateWafers(tables);
  const charged = filterWafers(all, (wafer) => chargesOf(all, wafer).some((charge) => charge > 0));
  const same = sameWafers(charged);
  const distinct = filterWafers(charged, (wafer) => same[wafer] === wafer);
  if (distinct.count >= 20) return distinct;
  throw new RangeError(
    `Cannot learn from wafers of ${path}: it must hold at least 20 different ones with charge, ` +
      `current number is ${distinct.count}`,
  );
}

/**
 * Splits wafers at random, 70 % to train on as in the paper, and the others in halves: weights are
 * chosen by wafers that do not judge them.
 *
 * @param wafers Wafers from {@linkcode readDistinctWafers}.
 * @param seed Seed of the split.
 * @returns The wafers of each side.
 */
export function splitInThree(wafers: WaferTable, seed: number): WaferSides {
  const { train, choose, judge } = splitNumbersInThree(wafers, seed);
  return {
    train: selectWafers(wafers, train),
    choose: selectWafers(wafers, choose),
    judge: selectWafers(wafers, judge),
  };
}

/**
 * The split of {@linkcode splitInThree} as numbers of wafers.
 *
 * @param wafers Wafers from {@linkcode readDistinctWafers}.
 * @param seed Seed of the split.
 * @returns The numbers of the wafers of each side.
 */
export function splitNumbersInThree(
  wafers: WaferTable,
  seed: number,
): Readonly<Record<keyof WaferSides, ArrayLike<number> & Iterable<number>>> {
  const split = splitWafers(wafers, { stream: new RandomStream(seed, "split of wafers") });
  const others = new RandomStream(seed, "halves of wafers").shuffle([...split.validation]);
  const half = Math.floor(others.length / 2);
  return { train: split.train, choose: others.slice(0, half), judge: others.slice(half) };
}

/** Part of the wafers of a file that an autoencoder is trained on. */
const SHARE_TO_TRAIN = 0.9;

/**
 * Splits wafers at random as training does that keeps none to judge by: 90 % to train on, the others to
 * choose the best of several starts by.
 *
 * @param wafers Wafers from {@linkcode readDistinctWafers}.
 * @param seed Seed of the split.
 * @returns The numbers of the wafers of both sides.
 */
export function splitToTrain(wafers: WaferTable, seed: number): WaferSplit {
  const stream = new RandomStream(seed, "split of wafers");
  return splitWafers(wafers, { share: SHARE_TO_TRAIN, stream });
}
