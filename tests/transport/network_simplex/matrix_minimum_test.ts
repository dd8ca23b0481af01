import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { matrixMinimum } from "../../../src/transport/network_simplex/matrix_minimum.ts";
import { leaveOutEmptyBins } from "../../../src/transport/network_simplex/support.ts";
import { allKinds, drawProblem } from "../../_support/transport_problems.ts";

Deno.test("matrixMinimum() moves mass along the cheapest arcs first", () => {
  // Cheapest is (1, 0): all 2 of row 1. Then (0, 1): all 3 of column 1. Then (0, 0): what is left.
  const { parent, flow, topDown } = matrixMinimum(
    Float64Array.of(4, 2),
    Float64Array.of(3, 3),
    Float64Array.of(7, 3, 1, 9),
  );
  assertEquals([...parent], [2, 2, -1, 0]);
  assertEquals([...flow], [1, 2, 0, 3]);
  assertEquals(topDown[0], 2);
});

Deno.test("matrixMinimum() gives a strongly feasible tree with the right marginals", () => {
  for (const [costs, masses] of allKinds()) {
    for (const [n, m] of [[1, 1], [1, 5], [5, 1], [7, 7], [30, 12], [12, 30]]) {
      const what = `${costs}, ${masses}, ${n} x ${m}`;
      const { a, b, cost } = leaveOutEmptyBins(
        drawProblem(costs, masses, n, m, new RandomStream(42, what)),
      );
      const { parent, flow, topDown } = matrixMinimum(a, b, cost);
      const total = a.reduce((sum, mass) => sum + mass, 0);
      const missing = Float64Array.of(...a, ...b), placed = new Set<number>();
      for (const node of topDown) {
        const up = parent[node];
        placed.add(node);
        if (up < 0) continue;
        assert(placed.has(up), `${what}: a parent stands before its children`);
        assert(node < a.length !== up < a.length, `${what}: arcs join a row and a column`);
        assert(
          flow[node] > 0 || (flow[node] === 0 && node < a.length),
          `${what}: strongly feasible`,
        );
        missing[node] -= flow[node];
        missing[up] -= flow[node];
      }
      assertEquals(placed.size, a.length + b.length);
      for (const mass of missing) assertAlmostEquals(mass, 0, 1e-14 * total);
    }
  }
});
