import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { matrixMinimum } from "../../../src/transport/network_simplex/matrix_minimum.ts";
import { type Basis, pivot } from "../../../src/transport/network_simplex/pivot.ts";
import { SpanningTree } from "../../../src/transport/network_simplex/spanning_tree.ts";
import { drawProblem } from "../../_support/transport_problems.ts";

Deno.test("pivot() moves mass around the cycle until an arc runs empty", () => {
  // Rows 0 and 1, columns 2 and 3. The tree is 0 - 2 - 1 and 0 - 3; the arc (1, 3) enters.
  const basis: Basis = {
    tree: new SpanningTree(Int32Array.of(2, 2, -1, 0), [2, 0, 1, 3]),
    flow: Float64Array.of(1, 2, 0, 3),
    potential: Float64Array.of(7, 1, 0, 4),
  };
  // Costs 7, 3, 1, and -2 less than tight on (1, 3): mass leaves (1, 2) and (0, 3) for (0, 2).
  pivot(basis, 2, 1, 3, -2);
  assertEquals([...basis.tree.parent], [2, 3, -1, 0]);
  assertEquals([...basis.flow], [3, 2, 0, 1]);
  // Row 1 is now tight on (1, 3); all else is as it was.
  assertEquals([...basis.potential], [7, -1, 0, 4]);
});

Deno.test("pivot() keeps marginals, strong feasibility and tight arcs, ties or not", () => {
  for (const [costs, masses] of [["uniform", "dense"], ["small integers", "equal masses"]]) {
    for (let trial = 0; trial < 20; trial++) {
      const random = new RandomStream(43, `${costs}, ${masses}`, trial);
      // Equal masses on as many rows as columns tie in almost every pivot.
      const n = 2 + random.integer(8), m = masses === "equal masses" ? n : 2 + random.integer(8);
      const { a, b, cost } = drawProblem(costs, masses, n, m, random);
      const { parent, flow, topDown } = matrixMinimum(a, b, cost);
      const potential = new Float64Array(n + m);
      const basis = { tree: new SpanningTree(parent, topDown), flow, potential };
      for (const node of topDown) {
        const up = parent[node];
        if (up < 0) continue;
        potential[node] = node < n
          ? potential[up] + cost[node * m + up - n]
          : potential[up] - cost[up * m + node - n];
      }
      for (let step = 0; step < 50; step++) {
        const row = random.integer(n), column = n + random.integer(m);
        const reducedCost = cost[row * m + column - n] + potential[column] - potential[row];
        if (reducedCost < -1e-9) pivot(basis, n, row, column, reducedCost);
        _assertBasis(basis, a, b, cost);
      }
    }
  }
});

function _assertBasis(basis: Basis, a: Float64Array, b: Float64Array, cost: Float64Array): void {
  const { tree: { parent }, flow, potential } = basis;
  const n = a.length, m = b.length, missing = Float64Array.of(...a, ...b);
  for (let node = 0; node < n + m; node++) {
    const up = parent[node];
    if (up < 0) continue;
    missing[node] -= flow[node];
    missing[up] -= flow[node];
    const row = node < n ? node : up, column = node < n ? up : node;
    assert(flow[node] > 0 || (flow[node] === 0 && node < n), "arcs without flow point to the root");
    assertAlmostEquals(cost[row * m + column - n] + potential[column] - potential[row], 0, 1e-12);
  }
  for (const mass of missing) assertAlmostEquals(mass, 0, 1e-11);
}
