import { assert, assertEquals, assertThrows } from "@std/assert";
import { allPairs, pairedWafers, randomPairs } from "../../../src/datasets/pairs/pairs.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { selectWafers } from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

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

/** Pairs as "first second". */
function listed({ first, second }: { first: Uint32Array; second: Uint32Array }): string[] {
  return Array.from(first, (wafer, pair) => `${wafer} ${second[pair]}`);
}

Deno.test("allPairs() lists what was asked for, in order", () => {
  assertEquals(listed(allPairs(3)), ["0 1", "0 2", "1 2"]);
  assertEquals(listed(allPairs(3, { self: true })), ["0 0", "0 1", "0 2", "1 1", "1 2", "2 2"]);
  assertEquals(
    listed(allPairs(3, { bothOrders: true })),
    ["0 1", "0 2", "1 0", "1 2", "2 0", "2 1"],
  );
  // itertools.product(range(3), repeat=2)
  assertEquals(
    listed(allPairs(3, { self: true, bothOrders: true })),
    ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2", "2 0", "2 1", "2 2"],
  );
  assertEquals([allPairs(0).first.length, allPairs(1).first.length], [0, 0]);
});

Deno.test("allPairs() of 600 and 400 wafers are as many as the published code trains on", () => {
  const count = (wafers: number) => allPairs(wafers, { self: true, bothOrders: true }).first.length;
  assertEquals([count(600), count(400)], [360_000, 160_000]);
});

Deno.test("allPairs() refuses impossible numbers", () => {
  for (const count of [-1, 2.5, NaN, 65537]) {
    assertThrows(() => allPairs(count), RangeError, `current value is ${count}`);
  }
});

Deno.test("pairedWafers() puts the charges of both wafers side by side", () => {
  const table = toyWafers("shower", 4, 1);
  const decoded = toyWafers("dense", 2, 1);
  const pairs = { first: [3, 0, 3], second: [1, 1, 0] };
  const within = pairedWafers(table, pairs);
  assertEquals(within.count, 3);
  assertEquals(within.x, selectWafers(table, pairs.first).charges);
  assertEquals(within.y, selectWafers(table, pairs.second).charges);
  assertEquals(pairedWafers(table, pairs, decoded).y, selectWafers(decoded, [1, 1, 0]).charges);
  within.x.fill(0); // a copy
  assertEquals(table.charges, toyWafers("shower", 4, 1).charges);
});

Deno.test("pairedWafers() refuses wafers that are not there and lists of unlike length", () => {
  const table = toyWafers("shower", 4, 1);
  assertThrows(() => pairedWafers(table, { first: [4], second: [0] }), RangeError, "value is 4");
  assertThrows(
    () => pairedWafers(table, { first: [3], second: [3] }, toyWafers("dense", 2, 1)),
    RangeError,
    "current value is 3",
  );
  assertThrows(() => pairedWafers(table, { first: [1, 2], second: [0] }), TypeError, "2 and 1");
});
