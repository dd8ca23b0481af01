import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  asPaper,
  asTrain,
  type InOrder,
  PAPER_TO_TRAIN,
  type TakenAs,
  toPaperOrder,
  toTrainOrder,
  TRAIN_TO_PAPER,
} from "../../src/wafer/orders.ts";
import { toEncodingA } from "../../src/wafer/encodings.ts";
import { normalise } from "../../src/wafer/normalise.ts";
import { applySymmetry, WAFER_SYMMETRIES } from "../../src/wafer/symmetries.ts";

/** The remapping table of the published code. */
// deno-fmt-ignore
const PUBLISHED_TRAIN_TO_PAPER = [
  4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31,
  24, 25, 26, 27, 16, 17, 18, 19, 8, 9, 10, 11, 0, 1, 2, 3,
  47, 43, 39, 35, 46, 42, 38, 34, 45, 41, 37, 33, 44, 40, 36, 32,
];

/** The indices with which the published code fills its 8 x 8 image. */
// deno-fmt-ignore
const PUBLISHED_PAPER_TO_TRAIN = [
  28, 29, 30, 31, 0, 4, 8, 12, 24, 25, 26, 27, 1, 5, 9, 13,
  20, 21, 22, 23, 2, 6, 10, 14, 16, 17, 18, 19, 3, 7, 11, 15,
  47, 43, 39, 35, 46, 42, 38, 34, 45, 41, 37, 33, 44, 40, 36, 32,
];

Deno.test("TRAIN_TO_PAPER and PAPER_TO_TRAIN are the published tables", () => {
  assertEquals(TRAIN_TO_PAPER, PUBLISHED_TRAIN_TO_PAPER);
  assertEquals(PAPER_TO_TRAIN, PUBLISHED_PAPER_TO_TRAIN);
});

Deno.test("toPaperOrder() and toTrainOrder() move each cell of a batch, and undo one another", () => {
  const charges = Float32Array.from({ length: 3 * 48 }, (_, k) => k);
  const paper = toPaperOrder(charges);
  for (let wafer = 0; wafer < 3; wafer++) {
    for (let i = 0; i < 48; i++) {
      assertEquals(paper[wafer * 48 + PUBLISHED_TRAIN_TO_PAPER[i]], charges[wafer * 48 + i]);
    }
  }
  assertEquals<Float32Array>(toTrainOrder(paper), charges);
});

Deno.test("toPaperOrder() and toTrainOrder() refuse parts of wafers", () => {
  assertThrows(
    () => toPaperOrder(new Float64Array(47)),
    TypeError,
    "Cannot put wafers into paper order: number of charges must be a multiple of 48, " +
      "current value is 47",
  );
  assertThrows(
    () => toTrainOrder(new Float64Array(49)),
    TypeError,
    "Cannot put wafers into train order: number of charges must be a multiple of 48, " +
      "current value is 49",
  );
});

Deno.test("asTrain() and asPaper() return the very array", () => {
  const charges = new Float64Array(48);
  assert(asTrain(charges) === charges);
  assert(asPaper(charges) === charges);
});

// The test is that this compiles: an error that is expected and does not come is an error.
Deno.test("mixing orders fails to compile", () => {
  const plain = new Float64Array(48).fill(1);
  const train = asTrain(new Float64Array(48).fill(1));
  const paper = asPaper(new Float64Array(48).fill(1));
  const takesTrain = (_charges: TakenAs<"train">) => {};
  const needsPaper = (_charges: InOrder<"paper">) => {};

  takesTrain(plain);
  takesTrain([1, 2]);
  takesTrain(train);
  // @ts-expect-error: paper order where train order is taken
  takesTrain(paper);

  needsPaper(paper);
  // @ts-expect-error: train order where paper order is needed
  needsPaper(train);
  // @ts-expect-error: unmarked arrays are taken as train order
  needsPaper(plain);

  toPaperOrder(plain);
  toPaperOrder(train);
  // @ts-expect-error: in paper order already
  toPaperOrder(paper);
  // @ts-expect-error: in train order already
  toTrainOrder(train);
  // @ts-expect-error: cannot be in both orders
  asTrain(paper);
  // @ts-expect-error: cannot be in both orders
  asPaper(train);

  toEncodingA(train);
  toEncodingA(paper, { order: "paper" });
  // @ts-expect-error: the option is missing
  toEncodingA(paper);
  // @ts-expect-error: the option contradicts the mark
  toEncodingA(train, { order: "paper" });
  // @ts-expect-error: symmetries are of train order
  applySymmetry(paper, WAFER_SYMMETRIES[0]);

  // Marks survive a change of order and a normalisation.
  needsPaper(toPaperOrder(plain));
  needsPaper(normalise(paper, "fraction"));
  takesTrain(normalise(plain, "fraction"));
  // @ts-expect-error: still in paper order
  takesTrain(normalise(paper, "fraction"));
});
