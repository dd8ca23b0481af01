import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { effectiveRms } from "../../src/numerics/effective_rms.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("effectiveRms() gives the worked numbers", () => {
  const values = [50, 3, 0, 8, 1, 7, 2, 6, 5, 4];
  assertEquals(effectiveRms(values), 3.5);
  assertEquals(effectiveRms(values, { method: "shortest_interval" }), 3);
  assertEquals(values[0], 50, "the sample keeps its order");
});

Deno.test("effectiveRms() is that of a normal and of a uniform distribution", () => {
  const random = new RandomStream(1, "effective RMS");
  const n = 200_000;
  // The central 68 % of a normal distribution end at 0.99446 standard deviations.
  const normal = Float64Array.from({ length: n }, () => 5 + 2 * random.normal());
  const uniform = Float64Array.from({ length: n }, () => random.uniform());
  for (const method of ["published", "shortest_interval"] as const) {
    assertAlmostEquals(effectiveRms(normal, { method }), 2 * 0.99446, 0.02);
    assertAlmostEquals(effectiveRms(uniform, { method }), 0.34, 0.004);
  }
  assertAlmostEquals(effectiveRms(normal, { fraction: 0.95 }), 2 * 1.95996, 0.03);
});

Deno.test("effectiveRms() agrees with all intervals tried one by one", () => {
  const random = new RandomStream(2, "effective RMS");
  for (let trial = 0; trial < 200; trial++) {
    const n = 4 + random.integer(60);
    const values = Array.from({ length: n }, () => random.integer(40));
    const inside = Math.ceil(68 * n / 100);
    let shortest = Infinity;
    for (const from of values) {
      for (const to of values) {
        if (to < from) continue;
        const held = values.filter((value) => value >= from && value <= to).length;
        if (held >= inside) shortest = Math.min(shortest, (to - from) / 2);
      }
    }
    const found = effectiveRms(values, { method: "shortest_interval" });
    assertEquals(found, shortest);
    assert(effectiveRms(values) >= found, "the published one spans two more values");
  }
});

Deno.test("effectiveRms() moves and stretches with the sample", () => {
  const random = new RandomStream(3, "effective RMS");
  const values = Float64Array.from({ length: 37 }, () => random.normal());
  const moved = values.map((value) => 8 - 4 * value);
  assertAlmostEquals(effectiveRms(moved), 4 * effectiveRms(values), 1e-12);
});

Deno.test("effectiveRms() refuses too few values, and such as are none", () => {
  assertThrows(
    () => effectiveRms([1, 2, 3]),
    RangeError,
    "Cannot take an effective RMS: there must be more than 3 values, current number is 3",
  );
  assertEquals(effectiveRms([1, 2, 3, 4]), 1.5);
  assertEquals(effectiveRms([7], { method: "shortest_interval" }), 0);
  assertThrows(() => effectiveRms([], { method: "shortest_interval" }), RangeError, "0");
  assertThrows(() => effectiveRms([1, NaN, 2, 3]), RangeError, "NaN");
  assertThrows(() => effectiveRms([1, -Infinity, 2, 3]), RangeError, "-Infinity");
  assertThrows(() => effectiveRms([1, 2, 3, 4], { fraction: 1 }), RangeError, "(0, 1)");
  assertThrows(() => effectiveRms([1, 2], { method: "other" as "published" }), RangeError, "other");
});
