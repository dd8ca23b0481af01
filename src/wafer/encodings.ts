/**
 * Wafers as images, as the networks of the paper take them (Fig. 3).
 *
 * Encoding A is one 8 x 8 image whose lower right quarter is empty; encoding B is a 4 x 4 image with
 * one channel for each rhombus. Turning a wafer by a third of a turn moves the channels of encoding B
 * on by one and does nothing else.
 *
 * @module
 */
import { type CellOrder, CELLS, RHOMBI, TRIGGER_CELLS } from "./cells.ts";
import { EMPTY, gatherRows, type SameClass } from "./gather.ts";
import type { InOrder, TakenAs } from "./orders.ts";

/** Options of the encodings. */
export interface EncodingOptions<O extends CellOrder = CellOrder> {
  /**
   * Order of the cells on the wafer's side.
   *
   * @default {"train"}
   */
  order?: O;
}

/**
 * Encoding A: wafers as 8 x 8 x 1 images, the lower right 4 x 4 pixels being zero.
 *
 * Pixel (row, column) holds cell q = 8 row + column of the paper's numbering in the upper half, and
 * q = 32 + 4 (row - 4) + column in the left part of the lower half.
 *
 * @param charges One wafer or a batch, row-major, length a multiple of 48.
 * @param options The order of `charges`, train unless told otherwise. An array that is marked needs
 * the option that agrees with its mark, else the call does not compile.
 * @returns 64 pixels a wafer, row-major: a fresh array of the same class (`Float64Array` for plain
 * arrays).
 * @throws {TypeError} If the length is not a multiple of 48.
 * @throws {RangeError} If the order is neither `train` nor `paper`.
 *
 * @example
 * ```ts
 * import { asPaper, toEncodingA } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = asPaper(Float64Array.from({ length: 48 }, (_, q) => q));
 * const image = toEncodingA(charges, { order: "paper" });
 * assertEquals(Array.from(image.subarray(32, 40)), [32, 33, 34, 35, 0, 0, 0, 0]);
 * ```
 */
export function toEncodingA<T extends TakenAs<O>, O extends CellOrder = "train">(
  charges: T,
  options: EncodingOptions<O> = {},
): SameClass<T> {
  const doing = "encode wafers as 8 x 8 images";
  return gatherRows(charges, CELLS, _cellOfPixel(_PIXEL_A, 64, options, doing), doing);
}

/**
 * Wafers from encoding A. The 16 empty pixels are ignored, whatever they hold: a network may write
 * there.
 *
 * @param images 64 pixels a wafer, row-major, one wafer or a batch.
 * @param options The order in which the charges are wanted, train unless told otherwise.
 * @returns The charges, 48 a wafer, marked with their order: a fresh array of the same class
 * (`Float64Array` for plain arrays).
 * @throws {TypeError} If the length is not a multiple of 64.
 * @throws {RangeError} If the order is neither `train` nor `paper`.
 *
 * @example
 * ```ts
 * import { fromEncodingA, toEncodingA } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = Float64Array.from({ length: 48 }, (_, i) => i);
 * assertEquals<Float64Array>(fromEncodingA(toEncodingA(charges)), charges);
 * ```
 */
export function fromEncodingA<T extends ArrayLike<number>, O extends CellOrder = "train">(
  images: T,
  options: EncodingOptions<O> = {},
): InOrder<O, SameClass<T>> {
  const doing = "decode wafers from 8 x 8 images";
  const out = gatherRows(images, 64, _pixelOfCell(_PIXEL_A, options, doing), doing);
  return out as InOrder<O, SameClass<T>>;
}

/**
 * Encoding B: wafers as 4 x 4 x 3 images, channels last: pixel (row, column) of channel k is train
 * cell 16 k + 4 row + column. The channels are the right, left and bottom rhombus.
 *
 * @param charges One wafer or a batch, row-major, length a multiple of 48.
 * @param options The order of `charges`, train unless told otherwise. An array that is marked needs
 * the option that agrees with its mark, else the call does not compile.
 * @returns 48 numbers a wafer, indexed [row, column, channel]: a fresh array of the same class
 * (`Float64Array` for plain arrays).
 * @throws {TypeError} If the length is not a multiple of 48.
 * @throws {RangeError} If the order is neither `train` nor `paper`.
 *
 * @example
 * ```ts
 * import { toEncodingB } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const image = toEncodingB(Float64Array.from({ length: 48 }, (_, i) => i));
 * assertEquals(Array.from(image.subarray(0, 6)), [0, 16, 32, 1, 17, 33]);
 * ```
 */
export function toEncodingB<T extends TakenAs<O>, O extends CellOrder = "train">(
  charges: T,
  options: EncodingOptions<O> = {},
): SameClass<T> {
  const doing = "encode wafers as 4 x 4 x 3 images";
  return gatherRows(charges, CELLS, _cellOfPixel(_PIXEL_B, 48, options, doing), doing);
}

/**
 * Wafers from encoding B.
 *
 * @param images 48 numbers a wafer, indexed [row, column, channel], one wafer or a batch.
 * @param options The order in which the charges are wanted, train unless told otherwise.
 * @returns The charges, 48 a wafer, marked with their order: a fresh array of the same class
 * (`Float64Array` for plain arrays).
 * @throws {TypeError} If the length is not a multiple of 48.
 * @throws {RangeError} If the order is neither `train` nor `paper`.
 *
 * @example
 * ```ts
 * import { fromEncodingB, toEncodingB } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = Float64Array.from({ length: 48 }, (_, i) => i);
 * assertEquals<Float64Array>(fromEncodingB(toEncodingB(charges)), charges);
 * ```
 */
export function fromEncodingB<T extends ArrayLike<number>, O extends CellOrder = "train">(
  images: T,
  options: EncodingOptions<O> = {},
): InOrder<O, SameClass<T>> {
  const doing = "decode wafers from 4 x 4 x 3 images";
  const out = gatherRows(images, CELLS, _pixelOfCell(_PIXEL_B, options, doing), doing);
  return out as InOrder<O, SameClass<T>>;
}

/** Flat pixel of each cell in train order. */
const _PIXEL_A: readonly number[] = TRIGGER_CELLS.map(({ paper: q }) =>
  q < 32 ? q : 32 + 8 * Math.floor((q - 32) / 4) + q % 4
);

/** Flat pixel of each cell in train order. */
const _PIXEL_B: readonly number[] = TRIGGER_CELLS.map(({ rhombus, row, column }) =>
  3 * (4 * row + column) + RHOMBI.indexOf(rhombus)
);

function _pixelOfCell(
  pixels: readonly number[],
  { order = "train" }: EncodingOptions,
  doing: string,
): number[] {
  if (order !== "train" && order !== "paper") {
    throw new RangeError(
      `Cannot ${doing}: order must be train or paper, current value is ${order}`,
    );
  }
  const pixelOfCell = new Array<number>(CELLS);
  for (const cell of TRIGGER_CELLS) pixelOfCell[cell[order]] = pixels[cell.train];
  return pixelOfCell;
}

function _cellOfPixel(
  pixels: readonly number[],
  count: number,
  options: EncodingOptions,
  doing: string,
): number[] {
  const cellOfPixel = new Array<number>(count).fill(EMPTY);
  _pixelOfCell(pixels, options, doing).forEach((pixel, cell) => cellOfPixel[pixel] = cell);
  return cellOfPixel;
}
