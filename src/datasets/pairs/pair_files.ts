/**
 * Pairs of wafers with their exact EMDs as the bytes of files.
 *
 * @module
 */
import { type LabelledPairs, pairQuantities, type PairQuantity } from "./labelled_pairs.ts";
import { npzBytes } from "../formats/npz.ts";
import { pairParquetPieces } from "./pair_parquet.ts";

/** Ways to keep labelled pairs, by the ending of the file's name. */
export type PairFileFormat = "npz" | "parquet" | "csv";

const FORMATS: readonly PairFileFormat[] = ["npz", "parquet", "csv"];

/**
 * The format that a file's name asks for.
 *
 * @param path The file's name.
 * @returns The format.
 * @throws {TypeError} If the name has another ending than .npz, .parquet or .csv.
 *
 * @example
 * ```ts
 * import { pairFileFormat } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pairFileFormat("results/pairs.npz"), "npz");
 * ```
 */
export function pairFileFormat(path: string): PairFileFormat {
  const format = FORMATS.find((format) => path.toLowerCase().endsWith(`.${format}`));
  if (format !== undefined) return format;
  const endings = FORMATS.map((format) => `.${format}`).join(", ");
  throw new TypeError(`Cannot write pairs to ${path}: the name must end in one of ${endings}`);
}

/**
 * Labelled pairs as the bytes of a file. Equal pairs give equal bytes.
 *
 * `npz`: arrays named as in {@linkcode LabelledPairs}, `x`, `y` and `gradient` of shape [count, 48].
 * `parquet` and `csv`: a column for each number, X_0 to X_47, Y_0 to Y_47, EMD, GRADIENT_0 to
 * GRADIENT_47, FIRST, SECOND, SPLIT.
 *
 * @param pairs The pairs.
 * @param format How to keep them.
 * @returns The bytes in pieces.
 * @throws {TypeError} If an array has another length than the number of pairs asks for.
 *
 * @example
 * ```ts
 * import { type LabelledPairs, pairFilePieces } from "@hexmover/hexmover/datasets";
 * import { assert } from "@std/assert";
 *
 * const wafer = new Float32Array(48).fill(1);
 * const pairs: LabelledPairs = {
 *   count: 1,
 *   x: wafer,
 *   y: wafer,
 *   emd: Float64Array.of(0),
 *   first: Uint32Array.of(3),
 *   second: Uint32Array.of(3),
 *   split: Uint8Array.of(1),
 * };
 * const [header, line] = [...pairFilePieces(pairs, "csv")].map((piece) =>
 *   new TextDecoder().decode(piece)
 * );
 * assert(header.endsWith(",Y_47,EMD,FIRST,SECOND,SPLIT\n"));
 * assert(line.endsWith(",1,0,3,3,1\n"));
 * ```
 */
export function* pairFilePieces(
  pairs: LabelledPairs,
  format: PairFileFormat,
): Generator<Uint8Array, void, undefined> {
  const quantities = pairQuantities(pairs);
  switch (format) {
    case "npz":
      yield _npz(quantities, pairs.count);
      break;
    case "parquet":
      yield* pairParquetPieces(pairs);
      break;
    case "csv":
      yield* _csvPieces(quantities, pairs.count);
  }
}

function _npz(quantities: readonly PairQuantity[], count: number): Uint8Array {
  const arrays = quantities.map(({ name, data, width }) =>
    [name, { data, shape: width === 1 ? [count] : [count, width] }] as const
  );
  return npzBytes(Object.fromEntries(arrays));
}

/** Pairs in a piece of text: a piece takes about a megabyte. */
const PIECE_ROWS = 1024;

function* _csvPieces(quantities: readonly PairQuantity[], count: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${quantities.flatMap(({ columns }) => columns)}\n`);
  for (let start = 0; start < count; start += PIECE_ROWS) {
    let text = "";
    for (let pair = start; pair < Math.min(start + PIECE_ROWS, count); pair++) {
      const fields = quantities.map(({ data, width }) =>
        data.subarray(pair * width, (pair + 1) * width).join()
      );
      text += `${fields.join()}\n`;
    }
    yield encoder.encode(text);
  }
}
