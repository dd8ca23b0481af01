import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { formatQuantity, quantity } from "../../src/experiments/quantity.ts";

Deno.test("quantity() gives the mean and the sample standard deviation", () => {
  // A textbook sample: mean 5, sum of squared deviations 32.
  const { mean, spread } = quantity("x", "", [2, 4, 4, 4, 5, 5, 7, 9]);
  assertEquals(mean, 5);
  assertAlmostEquals(spread!, Math.sqrt(32 / 7));
});

Deno.test("quantity() keeps digits where the values are large and close", () => {
  const { mean, spread } = quantity("x", "", [1e9 + 1, 1e9 + 2, 1e9 + 3]);
  assertEquals([mean, spread], [1e9 + 2, 1]);
});

Deno.test("quantity() has no spread for one value", () => {
  const one = quantity("x", "cm", [3]);
  assertEquals(one, { name: "x", unit: "cm", values: [3], mean: 3, spread: null });
});

Deno.test("quantity() copies its values and keeps the published one", () => {
  const values = Float32Array.of(1, 2);
  const kept = quantity("x", "", values, { paper: 0 });
  values[0] = 9;
  assertEquals([kept.values, kept.paper], [[1, 2], 0]);
});

Deno.test("quantity() refuses no values and values that are not finite", () => {
  assertThrows(() => quantity("EMD", "", []), RangeError, '"EMD": it must have at least one value');
  assertThrows(
    () => quantity("EMD", "", [1, Infinity]),
    RangeError,
    'Cannot sum up quantity "EMD": values[1] must be finite, current value is Infinity',
  );
  assertThrows(() => quantity("EMD", "", [1], { paper: NaN }), RangeError, "paper must be finite");
});

Deno.test("formatQuantity() gives the spread two digits and says how many values there are", () => {
  const cases: [string, readonly number[], string][] = [
    ["half pitch", [0.871, 0.903, 0.846], "x: 0.873 ± 0.029 half pitch (mean of 3 values)"],
    ["", [1200, 1300], "x: 1250 ± 71 (mean of 2 values)"],
    ["", [5, 5], "x: 5 ± 0 (mean of 2 values)"],
    ["s", [1e-7 / 3], "x: 3.333e-8 s (1 value)"],
  ];
  for (const [unit, values, text] of cases) {
    assertEquals(formatQuantity(quantity("x", unit, values)), text);
  }
});

Deno.test("formatQuantity() does not round counts", () => {
  assertEquals(formatQuantity(quantity("wafers", "", [15365])), "wafers: 15365 (1 value)");
});
