import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { quantiles } from "../../src/numerics/quantile.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("quantiles() interpolates as numpy.quantile does", () => {
  // Sorted: 1, 1, 2, 3, 4, 5, 6, 9. Position p * 7.
  const sample = [3, 1, 4, 1, 5, 9, 2, 6];
  const expected = [
    [0, 1],
    [0.16, 1.12], // position 1.12, between 1 and 2
    [0.25, 1.75], // 1.75, between 1 and 2
    [0.5, 3.5], // 3.5, between 3 and 4
    [0.68, 4.76], // 4.76, between 4 and 5
    [0.84, 5.88], // 5.88, between 5 and 6
    [0.95, 7.95], // 6.65, between 6 and 9
    [1, 9],
  ];
  const found = quantiles(sample, expected.map(([probability]) => probability));
  found.forEach((quantile, k) => assertAlmostEquals(quantile, expected[k][1], 1e-14));
});

Deno.test("quantiles() of one number is that number", () => {
  assertEquals(quantiles([7], [0, 0.3, 1]), [7, 7, 7]);
});

Deno.test("quantiles() sorts by value, not as text, and leaves the sample as it was", () => {
  const sample = Float32Array.of(10, 9, -1, 100);
  assertEquals(quantiles(sample, [0, 1 / 3, 2 / 3, 1]), [-1, 9, 10, 100]);
  assertEquals(sample, Float32Array.of(10, 9, -1, 100));
});

Deno.test("quantiles() does not depend on the order of the sample and follows its scale", () => {
  const random = new RandomStream(1, "quantiles");
  const sample = Float64Array.from({ length: 501 }, () => random.normal());
  const probabilities = [0.16, 0.5, 0.84];
  const found = quantiles(sample, probabilities);
  assertEquals(quantiles(random.shuffle(sample.slice()), probabilities), found);
  const scaled = quantiles(sample.map((x) => -2 * x), probabilities.map((p) => 1 - p));
  scaled.forEach((quantile, k) => assertAlmostEquals(quantile, -2 * found[k], 1e-12));
});

Deno.test("quantiles() returns nothing where nothing is asked", () => {
  assertEquals(quantiles([1, 2], []), []);
});

Deno.test("quantiles() refuses an empty sample and NaN", () => {
  assertThrows(
    () => quantiles([], [0.5]),
    RangeError,
    "Cannot take quantiles: the sample is empty",
  );
  assertThrows(
    () => quantiles([1, NaN, 2], [0.5]),
    RangeError,
    "Cannot take quantiles: the sample holds NaN",
  );
});

Deno.test("quantiles() refuses probabilities outside [0, 1]", () => {
  for (const probability of [-0.1, 1.1, NaN, 16]) {
    assertThrows(
      () => quantiles([1, 2], [0.5, probability]),
      RangeError,
      `Cannot take a quantile: probability must be in [0, 1], current value is ${probability}`,
    );
  }
});

Deno.test("quantiles() takes infinities for what they are", () => {
  assertEquals(quantiles([1, Infinity, -Infinity], [0, 0.5, 1]), [-Infinity, 1, Infinity]);
  assertEquals(quantiles([1, Infinity], [0, 0.5]), [1, Infinity]);
});
