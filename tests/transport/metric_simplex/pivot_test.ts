import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { cancelCommonMass } from "../../../src/transport/metric_simplex/cancel.ts";
import { pivotToOptimum } from "../../../src/transport/metric_simplex/pivot.ts";
import {
  guessPotentials,
  shipAlongCheapArcs,
  solveTreePotentials,
} from "../../../src/transport/metric_simplex/start.ts";
import { Workspace } from "../../../src/transport/metric_simplex/workspace.ts";
import { drawPair, PAIR_KINDS, randomMetric } from "../../_support/histograms.ts";

Deno.test("pivotToOptimum() keeps the tree strongly feasible pivot by pivot, and ends", () => {
  let pivotsSeen = 0;
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let pair = 0; pair < 10; pair++) {
      const random = new RandomStream(21, kind, pair), size = 48;
      const work = new Workspace(randomMetric(size, random), size);
      const { x, y } = drawPair(kind, size, random);
      if (!cancelCommonMass(work, x, 0, y, 0)) continue;
      guessPotentials(work);
      shipAlongCheapArcs(work);
      solveTreePotentials(work);
      while (pivotToOptimum(work, 1) !== 0) {
        pivotsSeen++;
        _assertStronglyFeasible(work);
      }
      _assertNoArcPays(work);
    }
  }
  assert(pivotsSeen > 500, `the test needs pivots, it saw ${pivotsSeen}`);
});

function _assertStronglyFeasible({ n, m, parent, flow, below0, below1 }: Workspace): void {
  let roots = 0;
  for (let k = 0; k < n + m; k++) {
    if (parent[k] < 0) roots++;
    else assert(flow[k] > 0 || (flow[k] === 0 && k < n), "arcs without flow lead up");
    let steps = 0;
    for (let up = k; up >= 0; up = parent[up]) {
      const mask = k < 31 ? below0[up] : below1[up];
      assert((mask & (1 << (k % 31))) !== 0, "a node is in the set of each ancestor");
      assert(++steps <= n + m, "no cycle");
    }
  }
  assertEquals(roots, 1);
}

function _assertNoArcPays({ n, m, stride, cost, potential, maxDistance }: Workspace): void {
  for (let i = 0; i < n; i++) {
    for (let j = n; j < n + m; j++) {
      const reduced = cost[i * stride + j - n] + potential[j] - potential[i];
      assert(reduced >= -1e-12 * maxDistance, `reduced cost ${reduced}`);
    }
  }
}
