import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";

Deno.test("bias and sigma of estimates with a known error", () => {
  const random = new RandomStream(1, "estimates");
  const exact = Float64Array.from({ length: 20_000 }, () => 1 + 5 * random.uniform());
  // Relative errors uniform in [-0.1, 0.3]: mean 0.1, standard deviation 0.4 / sqrt(12).
  const estimate = exact.map((value) => value * (0.9 + 0.4 * random.uniform()));
  const { bias, sigma, differences } = relativeDifference(estimate, exact);
  assertEquals(differences.length, 20_000);
  assertAlmostEquals(bias, 0.1, 3e-3);
  assertAlmostEquals(sigma, 0.4 / Math.sqrt(12), 2e-3);
});

Deno.test("pairs of equal wafers are left out, and others stay in their order", () => {
  const { differences } = relativeDifference([3, 0.2, 1], [2, 0, 4]);
  assertEquals([...differences], [0.5, -0.75]);
});

Deno.test("lists that cannot be compared are refused", () => {
  assertThrows(
    () => relativeDifference([1], [1, 2]),
    TypeError,
    "there must be as many as exact values, current numbers are 1 and 2",
  );
  assertThrows(() => relativeDifference([1], [0]), RangeError, "no exact value is above zero");
});
