import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { digitPacking } from "../../src/codecs/digits.ts";
import { fitSqrtLevels, sqrtLevels } from "../../src/codecs/sqrt_levels.ts";
import { BitReader } from "../../src/codecs/bits.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { EDGE_WAFERS } from "../_support/edge_wafers.ts";

/** 0 to 48 charges, some of them zero. */
const wafers = Float64Array.from(
  { length: 60 * CELLS },
  (() => {
    const random = new RandomStream(1, "sqrt levels");
    return () => Math.floor(1000 * random.uniform() ** 8);
  })(),
).map((charge, i) => i % CELLS === 7 ? charge + 1 : charge);

Deno.test("each cell gets the nearest level, in the promised bits", () => {
  const levels = [0, 0.1, 0.3, 0.8, 1], codec = sqrtLevels({ count: 5, levels });
  assertEquals(codec.bits, 112);
  const codes = codec.encode(wafers), digits = new Uint16Array(CELLS);
  for (let wafer = 0; wafer < 60; wafer++) {
    const charges = wafers.subarray(wafer * CELLS, (wafer + 1) * CELLS);
    const largest = Math.max(...charges);
    digitPacking(CELLS, 5).read(new BitReader(codes.subarray(14 * wafer)), digits);
    charges.forEach((charge, cell) => {
      const errors = levels.map((level) => Math.abs(level - Math.sqrt(charge / largest)));
      assertAlmostEquals(errors[digits[cell]], Math.min(...errors), 1e-12);
    });
  }
});

Deno.test("what was decoded is encoded to the same bits", () => {
  for (const count of [2, 3, 5, 8, 16]) {
    for (const levels of ["lloyd", "uniform"] as const) {
      const codec = sqrtLevels({ count, levels });
      for (const charges of [wafers, ...Object.values(EDGE_WAFERS)]) {
        const codes = codec.encode(charges);
        assertEquals(codec.encode(codec.decode(codes)).join(), codes.join());
      }
    }
  }
});

Deno.test("wafers of one level come through unchanged", () => {
  const codec = sqrtLevels({ count: 3, levels: "uniform" });
  for (const name of ["one cell", "all equal", "two equal cells far apart"]) {
    const charges = EDGE_WAFERS[name], sum = charges.reduce((a, b) => a + b);
    codec.reconstruct(charges).forEach((x, cell) => assertAlmostEquals(x, charges[cell] / sum));
  }
});

Deno.test("fitted levels leave the largest cell alone", () => {
  // Without the cells of charge 100, 0.2 and 0.6 are all there is.
  const charges = Float64Array.from(
    { length: 3 * CELLS },
    (_, i) => i % CELLS === 9 ? 100 : i % 2 ? 4 : 36,
  );
  const levels = fitSqrtLevels(charges, 3);
  [0.2, 0.6, 1].forEach((level, l) => assertAlmostEquals(levels[l], level, 1e-12));
  assertThrows(() => fitSqrtLevels([], 3), RangeError, "no wafers");
});

Deno.test("moving a fitted level makes the error in the root larger", () => {
  const error = (levels: Float64Array) => {
    const decoded = sqrtLevels({ count: levels.length, levels }).reconstruct(wafers);
    let sum = 0;
    for (let first = 0; first < wafers.length; first += CELLS) {
      const [x, y] = [wafers, decoded].map((all) => {
        const wafer = all.subarray(first, first + CELLS), largest = Math.max(...wafer);
        return wafer.map((charge) => Math.sqrt(charge / largest));
      });
      sum += x.reduce((error, root, cell) => error + (root - y[cell]) ** 2, 0);
    }
    return sum;
  };
  for (const count of [3, 5, 8]) {
    const fitted = fitSqrtLevels(wafers, count), least = error(fitted);
    for (let l = 0; l < count - 1; l++) {
      for (const by of [-0.01, 0.01]) {
        const moved = fitted.with(l, Math.max(fitted[l] + by, 0));
        assert(error(moved) > least, `level ${l} of ${count}`);
      }
    }
  }
});

Deno.test("levels that cannot be are refused", () => {
  for (const count of [1, 257, 2.5]) {
    assertThrows(() => sqrtLevels({ count, levels: "uniform" }), RangeError, `value is ${count}`);
  }
  assertThrows(() => sqrtLevels({ count: 17 }), RangeError, "2 to 16 are shipped");
  assertThrows(() => sqrtLevels({ count: 3, levels: [0, 1] }), TypeError, "3 numbers");
  for (const levels of [[0, 0.5, 0.9], [0.5, 0.2, 1], [-0.1, 0.5, 1], [0, NaN, 1]]) {
    assertThrows(() => sqrtLevels({ count: 3, levels }), RangeError, "must ascend");
  }
});
