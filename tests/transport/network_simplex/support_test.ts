import { assert, assertEquals } from "@std/assert";
import { leaveOutEmptyBins } from "../../../src/transport/network_simplex/support.ts";

Deno.test("leaveOutEmptyBins() keeps rows and columns with mass", () => {
  const { a, b, cost, rows, columns } = leaveOutEmptyBins({
    a: Float64Array.of(0, 2, 3),
    b: Float64Array.of(4, 0, 1),
    cost: Float64Array.of(0, 1, 2, 10, 11, 12, 20, 21, 22),
  });
  assertEquals([[...a], [...b]], [[2, 3], [4, 1]]);
  assertEquals([...cost], [10, 12, 20, 22]);
  assertEquals([[...rows], [...columns]], [[1, 2], [0, 2]]);
});

Deno.test("leaveOutEmptyBins() copies no costs where every bin holds mass", () => {
  const problem = { a: Float64Array.of(2), b: Float64Array.of(1, 1), cost: Float64Array.of(5, 6) };
  assert(leaveOutEmptyBins(problem).cost === problem.cost);
});
