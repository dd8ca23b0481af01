/**
 * The two orders of the trigger cells, and types that keep them apart.
 *
 * Both orders list 48 numbers, so that a mix-up gives wrong results and no error. {@linkcode asTrain}
 * and {@linkcode asPaper} mark an array for the compiler, at no cost: what takes train order refuses
 * an array marked as paper order, and the reverse. Unmarked arrays are taken as train order.
 *
 * @module
 */
import { type CellOrder, CELLS, TRIGGER_CELLS } from "./cells.ts";
import { gatherRows, type SameClass } from "./gather.ts";

/** Key of the mark. It exists for the compiler only. */
declare const ORDER: unique symbol;
export type { ORDER };

/** An array marked as being in order `O`. */
export type InOrder<O extends CellOrder, T = ArrayLike<number>> = T & { readonly [ORDER]: O };

/** An array that may be taken as being in order `O`: marked so, or not marked. */
export type TakenAs<O extends CellOrder, T = ArrayLike<number>> = T & { readonly [ORDER]?: O };

/** `R`, marked as `T` is marked. */
export type SameOrder<T, R> = T extends { readonly [ORDER]: infer O extends CellOrder }
  ? InOrder<O, R>
  : R;

/**
 * Paper index q of each cell in train order: `TRAIN_TO_PAPER[i]` is q of train cell i.
 *
 * @example
 * ```ts
 * import { TRAIN_TO_PAPER } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(TRAIN_TO_PAPER.slice(0, 5), [4, 12, 20, 28, 5]);
 * ```
 */
export const TRAIN_TO_PAPER: readonly number[] = TRIGGER_CELLS.map((cell) => cell.paper);

/**
 * Train index of each cell in paper order: `PAPER_TO_TRAIN[q]` is the train index of cell q.
 *
 * @example
 * ```ts
 * import { PAPER_TO_TRAIN } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(PAPER_TO_TRAIN.slice(0, 5), [28, 29, 30, 31, 0]);
 * ```
 */
export const PAPER_TO_TRAIN: readonly number[] = TRIGGER_CELLS
  .toSorted((one, other) => one.paper - other.paper)
  .map((cell) => cell.train);

/**
 * Marks an array as being in train order. Nothing happens when the program runs: the same array
 * comes back. What its methods return (`slice`, `map`, `subarray`) is no longer marked.
 *
 * @param charges One wafer or a batch, in train order.
 * @returns The same array.
 *
 * @example
 * ```ts
 * import { asTrain, toPaperOrder } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = asTrain(Float32Array.from({ length: 48 }, (_, i) => i));
 * assertEquals(toPaperOrder(charges)[0], 28);
 * ```
 */
export function asTrain<T extends TakenAs<"train">>(charges: T): InOrder<"train", T> {
  return charges as InOrder<"train", T>;
}

/**
 * Marks an array as being in paper order. Nothing happens when the program runs: the same array
 * comes back. What its methods return (`slice`, `map`, `subarray`) is no longer marked.
 *
 * @param charges One wafer or a batch, in paper order.
 * @returns The same array.
 *
 * @example
 * ```ts
 * import { asPaper, toPaperOrder, toTrainOrder } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = asPaper(Float32Array.from({ length: 48 }, (_, q) => q));
 * assertEquals(toTrainOrder(charges)[0], 4);
 * // @ts-expect-error: the array is in paper order already
 * toPaperOrder(charges);
 * ```
 */
export function asPaper<T extends TakenAs<"paper">>(charges: T): InOrder<"paper", T> {
  return charges as InOrder<"paper", T>;
}

/**
 * Puts wafers given in paper order into train order.
 *
 * @param charges One wafer or a batch, row-major, length a multiple of 48.
 * @returns The charges in train order, marked so: a fresh array of the same class (`Float64Array` for
 * plain arrays).
 * @throws {TypeError} If the length is not a multiple of 48.
 *
 * @example
 * ```ts
 * import { toPaperOrder, toTrainOrder } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = Float64Array.from({ length: 96 }, (_, i) => i);
 * assertEquals<Float64Array>(toTrainOrder(toPaperOrder(charges)), charges);
 * ```
 */
export function toTrainOrder<T extends TakenAs<"paper">>(
  charges: T,
): InOrder<"train", SameClass<T>> {
  const out = gatherRows(charges, CELLS, TRAIN_TO_PAPER, "put wafers into train order");
  return out as InOrder<"train", SameClass<T>>;
}

/**
 * Puts wafers given in train order into paper order.
 *
 * @param charges One wafer or a batch, row-major, length a multiple of 48.
 * @returns The charges in paper order, marked so: a fresh array of the same class (`Float64Array` for
 * plain arrays).
 * @throws {TypeError} If the length is not a multiple of 48.
 *
 * @example
 * ```ts
 * import { PAPER_TO_TRAIN, toPaperOrder } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const cells = toPaperOrder(Int32Array.from({ length: 48 }, (_, i) => i));
 * assertEquals(Array.from(cells), PAPER_TO_TRAIN);
 * ```
 */
export function toPaperOrder<T extends TakenAs<"train">>(
  charges: T,
): InOrder<"paper", SameClass<T>> {
  const out = gatherRows(charges, CELLS, PAPER_TO_TRAIN, "put wafers into paper order");
  return out as InOrder<"paper", SameClass<T>>;
}
