import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  fromEncodingA,
  fromEncodingB,
  toEncodingA,
  toEncodingB,
} from "../../src/wafer/encodings.ts";
import { asPaper, toPaperOrder } from "../../src/wafer/orders.ts";
import { applySymmetry, WAFER_SYMMETRIES } from "../../src/wafer/symmetries.ts";

/** Train cell at each pixel of encoding A in the published code; x where it is masked. */
const x = -1;
// deno-fmt-ignore
const PUBLISHED_IMAGE_A = [
  28, 29, 30, 31,  0,  4,  8, 12,
  24, 25, 26, 27,  1,  5,  9, 13,
  20, 21, 22, 23,  2,  6, 10, 14,
  16, 17, 18, 19,  3,  7, 11, 15,
  47, 43, 39, 35,  x,  x,  x,  x,
  46, 42, 38, 34,  x,  x,  x,  x,
  45, 41, 37, 33,  x,  x,  x,  x,
  44, 40, 36, 32,  x,  x,  x,  x,
];

/** Two wafers of train order, every charge different and none zero. */
const CHARGES = Float64Array.from({ length: 96 }, (_, k) => k + 1);

Deno.test("toEncodingA() fills the published image", () => {
  const expected = [0, 48].flatMap((offset) =>
    PUBLISHED_IMAGE_A.map((cell) => cell === x ? 0 : CHARGES[offset + cell])
  );
  assertEquals(Array.from(toEncodingA(CHARGES)), expected);
});

Deno.test("toEncodingB() fills the published image", () => {
  // Pixel p of channel c holds train cell 16 c + p.
  const expected = [0, 48].flatMap((offset) =>
    Array.from({ length: 48 }, (_, k) => CHARGES[offset + 16 * (k % 3) + Math.floor(k / 3)])
  );
  assertEquals(Array.from(toEncodingB(CHARGES)), expected);
});

for (
  const [name, to, from] of [
    ["A", toEncodingA, fromEncodingA],
    ["B", toEncodingB, fromEncodingB],
  ] as const
) {
  Deno.test(`fromEncoding${name}() undoes toEncoding${name}() in both orders`, () => {
    const paper = toPaperOrder(CHARGES);
    assertEquals<Float64Array>(from(to(CHARGES)), CHARGES);
    assertEquals<Float64Array>(from(to(paper, { order: "paper" }), { order: "paper" }), paper);
  });

  Deno.test(`toEncoding${name}() gives the same image from both orders`, () => {
    assertEquals(to(toPaperOrder(CHARGES), { order: "paper" }), to(CHARGES));
  });

  Deno.test(`toEncoding${name}() and its inverse keep the class of the array`, () => {
    assert(to(Float32Array.from(CHARGES)) instanceof Float32Array);
    assert(from(to(Float32Array.from(CHARGES))) instanceof Float32Array);
    assert(to(Array.from(CHARGES)) instanceof Float64Array);
  });

  Deno.test(`toEncoding${name}() and its inverse refuse unknown orders and parts of wafers`, () => {
    const order = { order: "q" as never };
    assertThrows(() => to(CHARGES, order), RangeError, "order must be train or paper");
    assertThrows(() => from(to(CHARGES), order), RangeError, "order must be train or paper");
    assertThrows(() => to(new Float64Array(49)), TypeError, "must be a multiple of 48");
    assertThrows(
      () => from(new Float64Array(49)),
      TypeError,
      `must be a multiple of ${name === "A" ? 64 : 48}`,
    );
  });
}

Deno.test("fromEncodingA() ignores what stands in the empty pixels", () => {
  const image = toEncodingA(CHARGES);
  image.forEach((_, pixel) => {
    if (PUBLISHED_IMAGE_A[pixel % 64] === x) image[pixel] = NaN;
  });
  assertEquals<Float64Array>(fromEncodingA(image), CHARGES);
});

Deno.test("toEncodingA() in paper order is the numbering q read row by row", () => {
  const q = asPaper(Float64Array.from({ length: 48 }, (_, cell) => cell));
  const image = toEncodingA(q, { order: "paper" });
  assertEquals(Array.from(image.subarray(0, 32)), Array.from({ length: 32 }, (_, cell) => cell));
  assertEquals(Array.from(image.subarray(56)), [44, 45, 46, 47, 0, 0, 0, 0]);
});

Deno.test("toEncodingB() of a turned wafer is its image with the channels moved on", () => {
  const image = toEncodingB(CHARGES);
  const turned = toEncodingB(applySymmetry(CHARGES, WAFER_SYMMETRIES[1]));
  for (let k = 0; k < image.length; k++) {
    assertEquals(turned[k - k % 3 + (k + 1) % 3], image[k]);
  }
});
