import { assertAlmostEquals, assertEquals } from "@std/assert";
import { gradientCosine } from "../../../src/models/surrogates/evaluation_cosine.ts";
import { CELLS } from "../../../src/wafer/mod.ts";

/** Rows of 48 with these numbers in front. */
function _rows(...rows: number[][]): Float64Array {
  const out = new Float64Array(rows.length * CELLS);
  rows.forEach((row, k) => out.set(row, k * CELLS));
  return out;
}

Deno.test("gradientCosine() looks at cells that differ, and centres on them", () => {
  const x = _rows([0.5, 0.5, 0, 0]), y = _rows([0.5, 0.2, 0.2, 0.1]);
  const exact = _rows([99, 1, 2, 6]); // centred on cells 1, 2, 3: -2, -1, 3
  const gradient = _rows([-50, 7, 9, 8], []); // -1, 1, 0
  const expected = (2 - 1) / Math.sqrt(14 * 2);
  assertAlmostEquals(
    gradientCosine(gradient, { x, y, gradient: exact, count: 1 }),
    expected,
    1e-12,
  );
});

Deno.test("gradientCosine() is a mean over pairs that have a gradient", () => {
  const x = _rows([1, 0], [1, 0], [1, 0]), y = _rows([0, 1], [0, 1], [1, 0]);
  const exact = _rows([-1, 1], [-1, 1], [-1, 1]);
  const gradient = _rows([-3, 4], [5, 5], [1, 2]);
  // The second estimate has no slope, the third pair no cell that differs.
  assertEquals(gradientCosine(gradient, { x, y, gradient: exact, count: 3 }), 1);
  const none = gradientCosine(gradient.subarray(96), {
    x: x.subarray(96),
    y: y.subarray(96),
    gradient: exact.subarray(96),
    count: 1,
  });
  assertEquals(none, NaN);
});
