import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream, summarise, summariseByBin } from "../../src/numerics/mod.ts";

Deno.test("summarise() of normal numbers finds one sigma on either side", () => {
  const random = new RandomStream(7, "summary");
  const values = Float64Array.from({ length: 200_001 }, () => 3 + 2 * random.normal());
  const { count, low, median, high, mean } = summarise(values);
  assertEquals(count, 200_001);
  // 16 % of a normal distribution lie more than 0.99446 sigma below its middle.
  assertAlmostEquals(low, 3 - 2 * 0.99446, 0.03);
  assertAlmostEquals(median, 3, 0.03);
  assertAlmostEquals(high, 3 + 2 * 0.99446, 0.03);
  assertAlmostEquals(mean, 3, 0.03);
});

Deno.test("summarise() of nothing is not a number, and counts it", () => {
  assertEquals(summarise([]), { count: 0, low: NaN, median: NaN, high: NaN, mean: NaN });
});

Deno.test("summariseByBin() puts each number where its key lies, and no number twice", () => {
  const random = new RandomStream(8, "bins");
  const keys = Float64Array.from({ length: 500 }, () => 10 * random.uniform());
  const values = keys.map((key) => key * key);
  const edges = [1, 2.5, 4, 9];
  const bins = summariseByBin(values, keys, edges);
  for (const { from, to, ...rest } of bins) {
    assertEquals(rest, summarise(values.filter((value) => value >= from ** 2 && value < to ** 2)));
  }
  assertEquals(bins.map(({ from }) => from), [1, 2.5, 4]);
  // An edge belongs to the bin above it, and what is outside belongs nowhere.
  assertEquals(summariseByBin([1, 2, 3, 4], [0, 1, 2, NaN], [1, 2]).map((b) => b.count), [1]);
  assertEquals(summariseByBin([], [], [0, 1])[0].median, NaN);
});

Deno.test("summariseByBin() names wrong edges and missing keys", () => {
  for (const edges of [[3], [3, 3], [NaN, 1], [1, NaN], [2, 1]]) {
    assertThrows(() => summariseByBin([1], [1], edges), RangeError, "edges must be two or more");
  }
  assertThrows(() => summariseByBin([1, 2], [1], [0, 1]), TypeError, "number of keys is 1");
});
