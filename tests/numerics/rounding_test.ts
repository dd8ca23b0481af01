import { assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { roundHalfEven } from "../../src/numerics/rounding.ts";

Deno.test("roundHalfEven() sends ties to the even neighbour", () => {
  const table = [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [3.5, 4],
    [-1.5, -2],
    [-2.5, -2],
    [-3.5, -4],
    [4503599627370494.5, 4503599627370494], // the largest doubles that have halves
    [4503599627370495.5, 4503599627370496],
    [-4503599627370495.5, -4503599627370496],
  ];
  for (const [x, expected] of table) assertEquals(roundHalfEven(x), expected, `${x}`);
});

Deno.test("roundHalfEven() sends everything else to the nearest integer", () => {
  const table = [
    [0, 0],
    [0.49999999999999994, 0], // adding a half and cutting off would give 1
    [0.5000000000000001, 1],
    [1.4999999999999998, 1],
    [2.5000000000000004, 3],
    [-1.5000000000000002, -2],
    [-1.4999999999999998, -1],
    [7, 7],
    [-7, -7],
    [2 ** 53, 2 ** 53],
    [2 ** 53 + 2, 2 ** 53 + 2],
    [-1e300, -1e300],
    [Number.MAX_VALUE, Number.MAX_VALUE],
  ];
  for (const [x, expected] of table) assertEquals(roundHalfEven(x), expected, `${x}`);
});

Deno.test("roundHalfEven() sends small negative numbers to zero", () => {
  for (const x of [-0, -Number.MIN_VALUE, -0.3, -0.49999999999999994, -0.5]) {
    assertEquals(roundHalfEven(x) === 0, true, `${x}`); // of either sign
  }
});

Deno.test("roundHalfEven() passes NaN and infinities through", () => {
  assertEquals([NaN, Infinity, -Infinity].map(roundHalfEven), [NaN, Infinity, -Infinity]);
});

Deno.test("roundHalfEven() agrees with the rounding of the processor's addition", () => {
  // Next to 1.5 * 2^52 doubles are integers, so that the sum is rounded, ties to even.
  const shift = 1.5 * 2 ** 52;
  const random = new RandomStream(1, "rounding");
  for (let round = 0; round < 20_000; round++) {
    const halves = (random.integer(2 ** 20) - 2 ** 19) / 2;
    const x = round % 2 === 0 ? halves : 1000 * random.normal();
    assertEquals(roundHalfEven(x) + 0, x + shift - shift + 0, `${x}`); // + 0: no sign of zero
  }
});
