import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd, emd2 } from "../../src/transport/emd.ts";
import { uniqueness } from "../../src/transport/uniqueness.ts";
import { lineMetric } from "../_support/histograms.ts";
import { drawProblem } from "../_support/transport_problems.ts";

Deno.test("uniqueness() of problems that can be seen through", () => {
  const unique = (a: number[], b: number[], M: number[]) => emd(a, b, M).unique;
  assert(unique([1], [1], [0]), "there is just one plan");
  assert(unique([1, 2], [3], [4, 5]), "there is just one plan");
  assert(unique([1, 2], [2, 1], [0, 3, 1, 0]), "three arcs, a tree");
  assert(!unique([1, 1], [1, 1], [0, 3, 1, 0]), "two arcs do not join four bins");
  assert(!unique([1, 2], [2, 1], [1, 1, 1, 1]), "all plans cost the same");
  assert(
    !unique([2, 2], [1, 3], [0, 1, 1, 2]),
    "both plans cost the same, though the arcs are a tree",
  );
  assert(unique([1, 0, 2], [3, 0], [4, 9, 9, 9, 5, 9]), "empty bins do not count");
  assert(!emd([1, 2, 3], [1, 2, 3], lineMetric(3)).unique, "equal histograms are at a kink");
});

Deno.test("uniqueness() is false for a plan that holds a cycle", () => {
  const problem = {
    a: Float64Array.of(2, 2),
    b: Float64Array.of(2, 2),
    cost: Float64Array.of(1, 1, 1, 1),
  };
  const potentials = { a: Float64Array.of(1, 1), b: new Float64Array(2) };
  const only = uniqueness(problem, Float64Array.of(1, 1, 1, 1), potentials);
  assertEquals(only, { plan: false, potentials: true });
});

Deno.test("uniqueness() is false for flows that are rounding", () => {
  const problem = {
    a: Float64Array.of(1, 1 + 1e-16),
    b: Float64Array.of(1, 1),
    cost: Float64Array.of(0, 3, 1, 0),
  };
  const potentials = { a: Float64Array.of(0, 1), b: Float64Array.of(0, -1) };
  const only = uniqueness(problem, Float64Array.of(1, 0, 1e-16, 1), potentials);
  assertEquals(only, { plan: true, potentials: false });
});

Deno.test("uniqueness() tells whether the value is smooth in the masses", () => {
  // Where the potentials are the only ones, moving mass one way and the other has the same slope.
  const count = { unique: 0, notUnique: 0 };
  for (let trial = 0; trial < 60; trial++) {
    const random = new RandomStream(71, "smooth", trial);
    const masses = trial % 2 === 0 ? "integers" : "dense";
    const { a, b, cost } = drawProblem("small integers", masses, 4, 4, random);
    const result = emd(a, b, cost);
    let largestKink = 0;
    for (let i = 0; i < 4; i++) {
      for (let k = 0; k < 4; k++) {
        if (a[i] > 0 && a[k] > 0) largestKink = Math.max(largestKink, _kink(a, b, cost, i, k));
        if (b[i] > 0 && b[k] > 0) {
          largestKink = Math.max(largestKink, _kink(b, a, _swap(cost), i, k));
        }
      }
    }
    if (result.uniquePotentials) assertAlmostEquals(largestKink, 0, 1e-6);
    count[result.uniquePotentials ? "unique" : "notUnique"]++;
  }
  assert(count.unique >= 5 && count.notUnique >= 5, JSON.stringify(count));
});

/** Slope of the value when mass moves from bin k to bin i, plus the slope the other way. */
function _kink(a: Float64Array, b: Float64Array, cost: Float64Array, i: number, k: number): number {
  const step = 1e-5, value = emd2(a, b, cost);
  const moved = (by: number) =>
    a.with(i, a[i] + by).map((mass, bin) => bin === k ? mass - by : mass);
  if (i === k) return 0;
  return (emd2(moved(step), b, cost) + emd2(moved(-step), b, cost) - 2 * value) / step;
}

function _swap(cost: Float64Array): Float64Array {
  return cost.map((_, k) => cost[(k % 4) * 4 + Math.floor(k / 4)]);
}
