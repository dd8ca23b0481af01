import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { assertMetric, isMetric, rememberedMetric } from "../../src/transport/metric.ts";
import { lineMetric, randomMetric } from "../_support/histograms.ts";

Deno.test("isMetric() accepts distances of points, coinciding points among them", () => {
  for (let size = 0; size <= 30; size++) {
    assert(isMetric(lineMetric(size), size));
    assert(isMetric(randomMetric(size, new RandomStream(51, "metric", size)), size));
    assert(isMetric(new Float64Array(size * size), size));
  }
});

Deno.test("assertMetric() names what is wrong, with the numbers", () => {
  const refuse = (M: number[], size: number, message: string) =>
    assertThrows(() => assertMetric(Float64Array.from(M), size), RangeError, message);
  refuse([0, 2, 2, 1e-3], 2, "Cannot take M for a metric: d(1, 1) = 0.001 is not zero");
  refuse([0, 2, 3, 0], 2, "Cannot take M for a metric: d(1, 0) = 3 differs from d(0, 1) = 2");
  refuse([0, -2, -2, 0], 2, "Cannot take M for a metric: d(0, 1) = -2 is not a distance");
  refuse([0, NaN, NaN, 0], 2, "Cannot take M for a metric: d(0, 1) = NaN is not a distance");
  refuse(
    [0, Infinity, 1, 0],
    2,
    "Cannot take M for a metric: d(0, 1) = Infinity is not a distance",
  );
  refuse(
    [0, 1, 4, 1, 0, 1, 4, 1, 0],
    3,
    "Cannot take M for a metric: d(0, 2) = 4 is more than d(0, 1) + d(1, 2) = 1 + 1",
  );
});

Deno.test("isMetric() forgives rounding and nothing more", () => {
  const nearly = (error: number) => Float64Array.of(0, 1, 2 + error, 1, 0, 1, 2 + error, 1, 0);
  assertEquals([1e-12, 1e-11].map((error) => isMetric(nearly(error), 3)), [true, false]);
});

Deno.test("isMetric() notices that a matrix was changed", () => {
  const M = lineMetric(4);
  assert(isMetric(M, 4));
  M[1] = 7;
  assert(!isMetric(M, 4));
  M[1] = 1;
  assert(isMetric(M, 4));
});

Deno.test("rememberedMetric() gives the same copy until the matrix changes", () => {
  const M = lineMetric(3), copy = rememberedMetric(M, 3);
  assertEquals(copy, M);
  assert(copy !== M && rememberedMetric(M, 3) === copy);
  M.forEach((d, k) => M[k] = 2 * d);
  assertEquals(rememberedMetric(M, 3), M);
  assertEquals(copy, lineMetric(3));
  assertEquals(rememberedMetric(Float64Array.of(1), 1), undefined);
});

Deno.test("isMetric() refuses a matrix of another size", () => {
  assertThrows(
    () => isMetric(lineMetric(3), 4),
    TypeError,
    "Cannot check a metric: M must have length 4 * 4 = 16, current length is 9",
  );
});
