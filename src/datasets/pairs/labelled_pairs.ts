/**
 * Pairs of wafers with their exact EMDs.
 *
 * @module
 */
import { CELLS } from "../../wafer/cells.ts";

/** Pairs of wafers and their EMDs, one array for each quantity. */
export interface LabelledPairs {
  /** Number of pairs. */
  readonly count: number;
  /** Charges of the first wafers in train order, row-major, length count * 48. */
  readonly x: Float32Array;
  /** Charges of the second wafers likewise. */
  readonly y: Float32Array;
  /** Exact EMD of each pair in half pitches. */
  readonly emd: Float64Array;
  /** d emd[k] / d y[k, .] for the charges as given, row-major, length count * 48. */
  readonly gradient?: Float32Array;
  /** Row of each first wafer in the file it came from. */
  readonly first: Uint32Array;
  /** Row of each second wafer, or of the wafer that it is a copy or a reconstruction of. */
  readonly second: Uint32Array;
  /** 0 for pairs to train on, 1 for pairs to validate with. */
  readonly split: Uint8Array;
}

/** One quantity of labelled pairs. */
export interface PairQuantity {
  /** Its name in {@linkcode LabelledPairs}. */
  readonly name: string;
  /** Its numbers, row-major, length count * width. */
  readonly data: Float32Array | Float64Array | Uint32Array | Uint8Array;
  /** Numbers for each pair: 48 or 1. */
  readonly width: number;
  /** Names of flat columns, one for each of the width: EMD, or X_0 to X_47. */
  readonly columns: readonly string[];
}

const QUANTITIES = ["x", "y", "emd", "gradient", "first", "second", "split"] as const;
const WITH_CELLS = ["x", "y", "gradient"];

/**
 * The quantities of labelled pairs, in the order in which files list them.
 *
 * @param pairs The pairs.
 * @returns Those that there are: the gradient may be missing.
 * @throws {TypeError} If an array has another length than the number of pairs asks for.
 */
export function pairQuantities(pairs: LabelledPairs): PairQuantity[] {
  return QUANTITIES.flatMap((name) => {
    const data = pairs[name];
    if (data === undefined) return [];
    const width = WITH_CELLS.includes(name) ? CELLS : 1;
    if (data.length !== pairs.count * width) {
      throw new TypeError(
        `Cannot use ${pairs.count} pairs: ${name} must have length ${pairs.count * width}, ` +
          `current length is ${data.length}`,
      );
    }
    const title = name.toUpperCase();
    const columns = width === 1
      ? [title]
      : Array.from({ length: width }, (_, cell) => `${title}_${cell}`);
    return [{ name, data, width, columns }];
  });
}
