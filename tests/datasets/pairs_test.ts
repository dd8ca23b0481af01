import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomPairs } from "../../src/datasets/pairs.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("randomPairs() never pairs a wafer with itself and keeps to the range", () => {
  for (const count of [2, 3, 5, 1000]) {
    const { first, second } = randomPairs(count, 2000, new RandomStream(1, "test"));
    assert(first.every((wafer, pair) => wafer !== second[pair]));
    assert(first.every((wafer) => wafer < count) && second.every((wafer) => wafer < count));
  }
});

Deno.test("randomPairs() draws all pairs equally often", () => {
  const draws = 60_000;
  const { first, second } = randomPairs(4, draws, new RandomStream(2, "test"));
  const seen = new Map<string, number>();
  first.forEach((wafer, pair) => {
    const key = `${wafer} ${second[pair]}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  });
  assertEquals(seen.size, 12);
  const expected = draws / 12;
  const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // 31.3 is exceeded by chance once in a thousand times with 11 degrees of freedom.
  assert(chiSquare < 31.3, `chi square is ${chiSquare}`);
});

Deno.test("randomPairs() depends on the stream alone", () => {
  const draw = (seed: number) => randomPairs(100, 50, new RandomStream(seed, "pairs"));
  assertEquals(draw(7), draw(7));
  assert(draw(7).first.join() !== draw(8).first.join());
  // A longer list begins with the shorter one.
  const more = randomPairs(100, 60, new RandomStream(7, "pairs"));
  assertEquals(more.first.slice(0, 50), draw(7).first);
});

Deno.test("randomPairs() refuses impossible numbers", () => {
  const stream = new RandomStream(1, "test");
  for (const count of [1, 0, -1, 2.5, NaN, 2 ** 33]) {
    assertThrows(() => randomPairs(count, 1, stream), RangeError, `current value is ${count}`);
  }
  for (const pairs of [-1, 0.5, NaN, Infinity]) {
    assertThrows(() => randomPairs(5, pairs, stream), RangeError, `current value is ${pairs}`);
  }
  assertEquals(randomPairs(5, 0, stream).first.length, 0);
});
