import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";

Deno.test("wasserstein1d() gives worked values", () => {
  const x = [0, 1, 3], a = [0.2, 0.5, 0.3], b = [0.4, 0.1, 0.5];
  assertAlmostEquals(wasserstein1d(x, x, a, b), 0.6, 1e-15);
  // 0.2 from 1 to 0, and 0.2 from 1 to 3.
  assertAlmostEquals(wasserstein1d(x, x, a, b, { p: 2 }), 0.2 * 1 + 0.2 * 4, 1e-15);
  assertEquals(wasserstein1d([0], [3]), 3);
  assertEquals(wasserstein1d([0], [3], undefined, undefined, { p: 2 }), 9);
  // Projections of three and of two points, one direction of a sliced distance.
  assertAlmostEquals(wasserstein1d([0, 1, 0], [1, 2], [0.5, 0.25, 0.25], [0.5, 0.5]), 1.25, 1e-15);
});

Deno.test("wasserstein1d() for p = 1 is the area between the cumulative distributions", () => {
  for (let trial = 0; trial < 30; trial++) {
    const { x, y, a, b } = _draw(trial, 1 + trial, 31 - trial);
    const ends = Float64Array.of(...x, ...y).sort();
    const below = (t: number, positions: Float64Array, masses: Float64Array) =>
      masses.reduce((sum, mass, k) => positions[k] <= t ? sum + mass : sum, 0);
    let area = 0;
    for (let k = 1; k < ends.length; k++) {
      const height = below(ends[k - 1], x, a) - below(ends[k - 1], y, b);
      area += Math.abs(height) * (ends[k] - ends[k - 1]);
    }
    assertAlmostEquals(wasserstein1d(x, y, a, b), area, 1e-13);
  }
});

Deno.test("wasserstein1d() agrees with the general solver for any p", () => {
  for (const p of [1, 1.5, 2, 3]) {
    for (let trial = 0; trial < 10; trial++) {
      const { x, y, a, b } = _draw(trial, 12, 9);
      const costs = Float64Array.from(
        { length: 12 * 9 },
        (_, k) => Math.abs(x[Math.floor(k / 9)] - y[k % 9]) ** p,
      );
      assertAlmostEquals(wasserstein1d(x, y, a, b, { p }), emd2(a, b, costs), 1e-12);
    }
  }
});

Deno.test("wasserstein1d() takes masses as given and changes no input", () => {
  const { x, y, a, b } = _draw(0, 5, 6), copies = structuredClone([x, y, a, b]);
  const value = wasserstein1d(x, y, a, b);
  assertEquals([x, y, a, b], copies);
  const ten = (masses: Float64Array) => masses.map((mass) => 10 * mass);
  assertAlmostEquals(wasserstein1d(x, y, ten(a), ten(b)), 10 * value, 1e-12);
});

Deno.test("wasserstein1d() without masses counts points", () => {
  // Sorted: 1, 2, 7 against 0, 4, 5.
  assertAlmostEquals(wasserstein1d([7, 1, 2], [4, 0, 5]), (1 + 2 + 2) / 3, 1e-15);
});

Deno.test("wasserstein1d() refuses bad input, naming the offender", () => {
  const start = "Cannot compute a Wasserstein distance:";
  const refuse = (run: () => number, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, `${start} ${text}`);
  refuse(
    () => wasserstein1d([1, 2], [1], [1, 1], [3]),
    RangeError,
    "the totals of a and b must be equal, current values are 2 and 3",
  );
  refuse(() => wasserstein1d([1], [1], [0], [0]), RangeError, "the total mass is 0");
  refuse(() => wasserstein1d([], []), RangeError, "the total mass is 0");
  refuse(
    () => wasserstein1d([1, NaN], [1]),
    RangeError,
    "x[1] must be finite, current value is NaN",
  );
  refuse(
    () => wasserstein1d([1], [2], [1], [-1]),
    RangeError,
    "b[0] must be finite and >= 0, current value is -1",
  );
  refuse(
    () => wasserstein1d([1], [2], [1, 2]),
    TypeError,
    "a must have the length of x, 1, current length is 2",
  );
  for (const p of [0.5, NaN, Infinity]) {
    refuse(
      () => wasserstein1d([1], [2], undefined, undefined, { p }),
      RangeError,
      `p must be finite and >= 1, current value is ${p}`,
    );
  }
});

function _draw(trial: number, n: number, m: number): Record<"x" | "y" | "a" | "b", Float64Array> {
  const random = new RandomStream(101, `${n} and ${m} points`, trial);
  const draw = (count: number, next: () => number) => Float64Array.from({ length: count }, next);
  // Some masses are zero, and some positions coincide.
  const mass = () => random.uniform() < 0.2 ? 0 : random.exponential();
  const position = () => random.integer(40) / 8;
  const a = draw(n, mass), b = draw(m, mass);
  a[0] = b[0] = 1;
  const totalA = a.reduce((s, v) => s + v, 0), totalB = b.reduce((s, v) => s + v, 0);
  return {
    x: draw(n, position),
    y: draw(m, position),
    a: a.map((v) => v / totalA),
    b: b.map((v) => v / totalB),
  };
}
