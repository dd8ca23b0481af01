import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { rubnerEmd } from "../../src/transport/rubner.ts";
import { lineMetric } from "../_support/histograms.ts";
import { rubnerByLinearProgram } from "../_support/linear_program.ts";
import { drawProblem } from "../_support/transport_problems.ts";

Deno.test("rubnerEmd() moves the smaller mass, whichever side it is on", () => {
  assertEquals(rubnerEmd([2], [3, 4], [1, 5]), 1);
  assertEquals(rubnerEmd([4], [3, 4], [1, 5]), (3 * 1 + 1 * 5) / 4);
  assertEquals(rubnerEmd([3, 4], [2], [1, 5]), 1);
});

Deno.test("rubnerEmd() agrees with a linear program of the definition", () => {
  for (const [n, m] of [[1, 1], [1, 4], [4, 1], [3, 4], [4, 3], [4, 4]]) {
    for (let trial = 0; trial < 12; trial++) {
      const random = new RandomStream(91, `${n} x ${m}`, trial);
      const costs = trial % 2 === 0 ? "uniform" : "small integers";
      const { a, b, cost } = drawProblem(
        costs,
        trial % 3 === 0 ? "integers" : "dense",
        n,
        m,
        random,
      );
      const ratio = [0.3, 1, 2.5][trial % 3];
      const heavier = b.map((mass) => ratio * mass);
      assertAlmostEquals(
        rubnerEmd(a, heavier, cost),
        rubnerByLinearProgram(a, heavier, cost),
        1e-10,
        `${n} x ${m}, trial ${trial}`,
      );
    }
  }
});

Deno.test("rubnerEmd() with equal totals is emd2() divided by the total", () => {
  for (let trial = 0; trial < 20; trial++) {
    const { a, b, cost } = drawProblem("uniform", "sparse", 9, 7, new RandomStream(92, "r", trial));
    const total = a.reduce((sum, mass) => sum + mass, 0);
    assertAlmostEquals(rubnerEmd(a, b, cost), emd2(a, b, cost) / total, 1e-12);
  }
});

Deno.test("rubnerEmd() of a part of a histogram is zero, and scale does not matter", () => {
  const distances = lineMetric(4), whole = [4, 3, 2, 1], part = [1, 0, 2, 0];
  assertEquals(rubnerEmd(whole, part, distances), 0);
  const other = [0, 1, 0, 9], value = rubnerEmd(part, other, distances);
  assert(value > 0);
  assertAlmostEquals(
    rubnerEmd(part.map((x) => 10 * x), other.map((x) => 10 * x), distances),
    value,
  );
});

Deno.test("rubnerEmd() refuses empty histograms", () => {
  for (const [a, b] of [[[0, 0], [1]], [[1, 1], [0]]]) {
    assertThrows(
      () => rubnerEmd(a, b, [1, 1]),
      RangeError,
      `Cannot compute EMD: both histograms must hold mass, current totals are ${a[0] + a[1]} and ${
        b[0]
      }`,
    );
  }
  assertThrows(() => rubnerEmd([0], [0], [1]), RangeError, "both histograms are empty");
  assertThrows(() => rubnerEmd([-1], [1], [1]), RangeError, "a[0] must be finite and >= 0");
});

Deno.test("rubnerEmd() says when it was stopped early", () => {
  const { a, b, cost } = drawProblem("uniform", "dense", 9, 9, new RandomStream(93, "stop"));
  assertThrows(
    () => rubnerEmd(a, b.map((mass) => 2 * mass), cost, { maxPivots: 0 }),
    Error,
    "Cannot compute EMD: no optimum after 0 pivots, the least cost found is",
  );
});
