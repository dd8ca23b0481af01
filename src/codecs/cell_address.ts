import { CELLS } from "../wafer/mod.ts";
import type { BitReader, BitWriter } from "./bits.ts";
import { binomial, rankSubset, subsetBits, unrankSubset } from "./subsets.ts";

/** How some cells out of 48 are told. */
export type CellAddressKind = "bitmap" | "combinatorial";

/** An address of k cells out of 48. */
export interface CellAddress {
  /** Bits of an address. */
  readonly bits: number;
  /**
   * Writes an address.
   *
   * @param cells The k cells, ascending.
   * @param writer Where to write.
   */
  write(cells: Uint8Array, writer: BitWriter): void;
  /**
   * Reads an address.
   *
   * @param reader Where to read.
   * @param cells Receives the k cells, ascending.
   * @throws {RangeError} If it is not an address of k cells.
   */
  read(reader: BitReader, cells: Uint8Array): void;
}

/**
 * An address of k cells: a bit for each cell (`bitmap`), or the number of the set of cells among all
 * sets of k cells (`combinatorial`), which no address of the same length for all sets can beat.
 *
 * @param kind Which of the two.
 * @param count k, an integer in [1, 48].
 * @returns The address.
 * @throws {RangeError} If there is no such kind.
 *
 * @example
 * ```ts
 * import { cellAddress } from "./cell_address.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cellAddress("bitmap", 17).bits, 48);
 * assertEquals(cellAddress("combinatorial", 17).bits, 42); // log2 C(48, 17) = 41.95
 * ```
 */
export function cellAddress(kind: CellAddressKind, count: number): CellAddress {
  switch (kind) {
    case "bitmap":
      return { bits: CELLS, write: _writeBitmap, read: _readBitmap };
    case "combinatorial":
      return _combinatorial(count);
    default:
      throw new RangeError(
        `Cannot address cells: address must be bitmap or combinatorial, current value is ${kind}`,
      );
  }
}

function _combinatorial(count: number): CellAddress {
  const bits = subsetBits(CELLS, count), sets = binomial(CELLS, count);
  return {
    bits,
    write: (cells, writer) => writer.write(rankSubset(cells), bits),
    read(reader, cells) {
      const rank = reader.read(bits);
      if (rank < sets) return unrankSubset(rank, CELLS, cells);
      throw new RangeError(
        `Cannot decode wafers: the number of a set of ${count} cells must be below ${sets}, ` +
          `current value is ${rank}`,
      );
    },
  };
}

function _writeBitmap(cells: Uint8Array, writer: BitWriter): void {
  for (let cell = 0, k = 0; cell < CELLS; cell++) {
    const isKept = cells[k] === cell;
    writer.write(isKept ? 1 : 0, 1);
    if (isKept) k++;
  }
}

function _readBitmap(reader: BitReader, cells: Uint8Array): void {
  let count = 0;
  for (let cell = 0; cell < CELLS; cell++) if (reader.read(1) === 1) cells[count++] = cell;
  if (count === cells.length) return;
  throw new RangeError(
    `Cannot decode wafers: a bitmap must have ${cells.length} cells, current number is ${count}`,
  );
}
