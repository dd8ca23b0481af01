import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { rankCorrelation } from "../../src/numerics/rank_correlation.ts";

Deno.test("rankCorrelation() without ties is 1 - 6 sum d^2 / (n (n^2 - 1))", () => {
  const random = new RandomStream(1, "rank correlation");
  for (const n of [2, 3, 10, 101]) {
    const rank = random.shuffle(Array.from({ length: n }, (_, k) => k + 1));
    const squares = rank.reduce((sum, r, k) => sum + (r - (k + 1)) ** 2, 0);
    const expected = 1 - 6 * squares / (n * (n ** 2 - 1));
    // Any increasing function leaves ranks as they are.
    const found = rankCorrelation(rank.map((_, k) => Math.exp(k / n)), rank.map((r) => r ** 3));
    assertAlmostEquals(found, expected, 1e-12);
  }
});

Deno.test("rankCorrelation() gives equal numbers the mean of their ranks", () => {
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  assertAlmostEquals(rankCorrelation([0, 7, 7, 9], [1, 2, 3, 4]), Math.sqrt(0.9), 1e-15);
  assertAlmostEquals(rankCorrelation([0, 7, 7, 9], [4, 3, 2, 1]), -Math.sqrt(0.9), 1e-15);
  // Ranks 1.5, 1.5, 3.5, 3.5 and 1.5, 3.5, 1.5, 3.5.
  assertEquals(rankCorrelation([1, 1, 2, 2], [1, 2, 1, 2]), 0);
});

Deno.test("rankCorrelation() is symmetric, and takes infinities for what they are", () => {
  const a = [3, -Infinity, 5, 2, Infinity], b = [1, 0, 2, 5, 4];
  assertEquals(rankCorrelation(a, b), rankCorrelation(b, a));
  assertEquals(rankCorrelation(a, a), 1);
});

Deno.test("rankCorrelation() is NaN where there is no order", () => {
  for (const [a, b] of [[[], []], [[1], [2]], [[1, 1, 1], [1, 2, 3]]]) {
    assert(Number.isNaN(rankCorrelation(a, b)));
  }
});

Deno.test("rankCorrelation() refuses NaN wherever it stands, and lists of different lengths", () => {
  for (const a of [[NaN, 1, 2], [1, NaN, 2], [1, 2, NaN]]) {
    assertThrows(() => rankCorrelation(a, [1, 2, 3]), RangeError, "a number is NaN");
    assertThrows(() => rankCorrelation([1, 2, 3], a), RangeError, "a number is NaN");
  }
  assertThrows(
    () => rankCorrelation([1, 2], [1, 2, 3]),
    TypeError,
    "current lengths are 2 and 3",
  );
});
