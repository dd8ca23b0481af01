import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { lloydLevels, nearestLevel } from "../../src/codecs/levels.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

Deno.test("levels for a normal distribution are those of Max's table", () => {
  // Max, Quantizing for minimum distortion, IRE Trans. Inf. Theory 6 (1960) 7, Table I.
  const random = new RandomStream(5, "lloyd");
  const values = Float64Array.from({ length: 200_000 }, () => random.normal());
  const table: [number, number[]][] = [
    [2, [0.798]],
    [3, [0, 1.224]],
    [4, [0.4528, 1.51]],
    [8, [0.2451, 0.756, 1.344, 2.152]],
  ];
  for (const [count, positive] of table) {
    const levels = lloydLevels(values, count);
    positive.forEach((level, l) => {
      const place = Math.floor(count / 2) + l;
      assertAlmostEquals(levels[place], level, 0.03, `level ${place} of ${count}`);
      assertAlmostEquals(levels[count - 1 - place], -level, 0.03);
    });
  }
});

Deno.test("each level is the mean of what is nearest to it", () => {
  const random = new RandomStream(6, "lloyd");
  const values = Float64Array.from({ length: 999 }, () => random.uniform() ** 3);
  const levels = lloydLevels(values, 6);
  const sums = new Float64Array(6), counts = new Float64Array(6);
  for (const value of values) {
    const distances = [...levels].map((level) => Math.abs(level - value));
    const nearest = distances.indexOf(Math.min(...distances));
    assertEquals(nearestLevel(levels, value), nearest);
    sums[nearest] += value;
    counts[nearest]++;
  }
  levels.forEach((level, l) => assertAlmostEquals(level, sums[l] / counts[l], 1e-12));
});

Deno.test("a last level that is given stays, and takes what is nearest to it", () => {
  // The greatest number goes to the last level, which does not follow it.
  assertEquals([...lloydLevels([0, 0.125, 0.625, 0.9375], 3, 1)], [0.0625, 0.625, 1]);
});

Deno.test("few values, equal values, one level", () => {
  assertEquals([...lloydLevels([2, 2, 2], 3)], [2, 2, 2]);
  assertEquals([...lloydLevels([1, 2, 6], 1)], [3]);
  const levels = lloydLevels([0, 10], 5);
  assert(levels[0] === 0 && levels[4] === 10);
  assert(levels.every((level, l) => l === 0 || level >= levels[l - 1]));
  assertEquals(nearestLevel([7], 100), 0);
});
