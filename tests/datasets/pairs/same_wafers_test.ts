import { assert, assertEquals, assertThrows } from "@std/assert";
import { sameWafers } from "../../../src/datasets/pairs/same_wafers.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { concatenateWafers, selectWafers, waferTable } from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("sameWafers() finds each wafer in a scaled copy of it, whatever the order", () => {
  const wafers = selectWafers(toyWafers("shower", 400, 1), distinctToys(400));
  const n = wafers.count;
  const stream = new RandomStream(1, "scales");
  const scales = Float64Array.from({ length: n }, () => Math.exp(3 * stream.normal()));
  const scaled = waferTable(wafers.charges.map((charge, i) => charge * scales[Math.floor(i / 48)]));
  const order = stream.shuffle(Uint32Array.from({ length: 2 * n }, (_, k) => k));
  const same = sameWafers(selectWafers(concatenateWafers([wafers, scaled]), order));

  const placeOf = new Map(Array.from(order, (wafer, place) => [wafer, place]));
  for (let wafer = 0; wafer < n; wafer++) {
    const places = [placeOf.get(wafer)!, placeOf.get(wafer + n)!];
    const first = Math.min(...places);
    assertEquals(places.map((place) => same[place]), [first, first]);
  }
});

Deno.test("sameWafers() sees through the rounding to single precision", () => {
  const toys = toyWafers("dense", 300, 2);
  const wafers = Float32Array.from(toys.charges);
  const thirds = wafers.map((charge) => charge / 3);
  const both = new Float32Array(wafers.length * 2);
  both.set(wafers);
  both.set(thirds, wafers.length);
  const numbers = Uint32Array.from({ length: 300 }, (_, wafer) => wafer);
  assertEquals(sameWafers(waferTable(both)), Uint32Array.from([...numbers, ...numbers]));
});

Deno.test("sameWafers() keeps wafers apart that differ by one count in ten thousand", () => {
  const charges = new Float64Array(3 * 48);
  charges.set([5000, 5000], 0);
  charges.set([5000, 5001], 48);
  charges.set([5000, 5000, 1], 96);
  assertEquals(sameWafers(waferTable(charges)), Uint32Array.of(0, 1, 2));
});

Deno.test("sameWafers() agrees with comparing all wafers with all, on sparse ones", () => {
  const stream = new RandomStream(3, "sparse");
  const charges = new Float64Array(500 * 48);
  for (let wafer = 0; wafer < 500; wafer++) {
    for (let hits = stream.integer(3); hits > 0; hits--) {
      charges[wafer * 48 + stream.integer(6)] += 1 + stream.integer(2);
    }
  }
  // Small integers: proportional wafers have bitwise equal fractions.
  const firsts = new Map<string, number>();
  const expected = Array.from({ length: 500 }, (_, wafer) => {
    const row = charges.subarray(wafer * 48, (wafer + 1) * 48);
    const sum = row.reduce((sum, charge) => sum + charge, 0) || 1;
    const key = row.map((charge) => charge / sum).join();
    if (!firsts.has(key)) firsts.set(key, wafer);
    return firsts.get(key)!;
  });
  assert(firsts.size > 40 && firsts.size < 400);
  assertEquals([...sameWafers(waferTable(charges))], expected);
});

Deno.test("sameWafers() of equal wafers takes no time that grows with their square", () => {
  const same = sameWafers(waferTable(new Float32Array(60_000 * 48)));
  assert(same.every((wafer) => wafer === 0)); // 1.8e9 comparisons of 48 numbers would not end here
});

Deno.test("sameWafers() takes no wafers, and refuses charges that are none", () => {
  assertEquals(sameWafers(waferTable(new Float64Array(0))).length, 0);
  const table = waferTable(new Float64Array(48));
  table.charges[3] = NaN;
  assertThrows(() => sameWafers(table), RangeError, "wafer 0: charge of cell 3");
});

/** Numbers of toy showers that are not proportional to an earlier one. */
function distinctToys(count: number): number[] {
  const { charges } = toyWafers("shower", count, 1);
  const seen = new Set<string>();
  return Array.from({ length: count }, (_, wafer) => wafer).filter((wafer) => {
    const row = charges.subarray(wafer * 48, (wafer + 1) * 48);
    const sum = row.reduce((sum, charge) => sum + charge, 0);
    const key = row.map((charge) => charge / sum).join();
    return !seen.has(key) && seen.add(key);
  });
}
