/**
 * The wafers of a training in the browser: some to learn from, others to judge by.
 *
 * @module
 */
import { parseWaferCsv } from "../src/datasets/formats/csv.ts";
import { sameWafers } from "../src/datasets/pairs/same_wafers.ts";
import { splitWafers } from "../src/datasets/pairs/splits.ts";
import {
  chargesOf,
  concatenateWafers,
  filterWafers,
  selectWafers,
  type WaferTable,
} from "../src/datasets/wafer_table.ts";
import { RandomStream } from "../src/numerics/random.ts";
import type { CellOrder } from "../src/wafer/cells.ts";

/** Wafers on both sides, none of them on both. */
export interface TrainingWafers {
  /** To learn from: 90 %. */
  readonly train: WaferTable;
  /** To judge by. */
  readonly heldOut: WaferTable;
}

/** Fewer wafers teach nothing, and their median says nothing. */
export const FEWEST_WAFERS = 100;
/** So many wafers judge well enough, in a few milliseconds. */
const MOST_HELD_OUT = 500;

/**
 * Reads wafers from a CSV, leaves out those without charge and all but the first of those that have the
 * same charge fractions, and splits the others at random.
 *
 * @param csv The text of the file, in UTF-8.
 * @param source The file's name, for errors.
 * @param order How its columns are numbered.
 * @param seed Seed of the split.
 * @returns The wafers.
 * @throws {TypeError | RangeError} If it is no such file, with the line, or has too few wafers.
 */
export async function trainingWafers(
  csv: Blob,
  source: string,
  order: CellOrder,
  seed: number,
): Promise<TrainingWafers> {
  const tables = await Array.fromAsync(parseWaferCsv(_chunks(csv), { order, source }));
  const all = concatenateWafers(tables);
  const charged = filterWafers(all, (wafer) => chargesOf(all, wafer).some((charge) => charge > 0));
  const same = sameWafers(charged);
  const distinct = filterWafers(charged, (wafer) => same[wafer] === wafer);
  if (distinct.count < FEWEST_WAFERS) {
    throw new RangeError(
      `Cannot learn from wafers of ${source}: it must hold at least ${FEWEST_WAFERS} different ones ` +
        `with charge, current number is ${distinct.count}`,
    );
  }
  const stream = new RandomStream(seed, "split of wafers");
  const { train, validation } = splitWafers(distinct, { share: 0.9, stream });
  return {
    train: selectWafers(distinct, train),
    heldOut: selectWafers(distinct, validation.subarray(0, MOST_HELD_OUT)),
  };
}

/** The bytes of a file piece by piece: not every browser can iterate over a stream. */
async function* _chunks(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    yield piece.value;
  }
}
