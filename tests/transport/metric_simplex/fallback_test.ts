import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { cancelCommonMass } from "../../../src/transport/metric_simplex/cancel.ts";
import { solveByNetworkSimplex } from "../../../src/transport/metric_simplex/fallback.ts";
import {
  guessPotentials,
  shipAlongCheapArcs,
} from "../../../src/transport/metric_simplex/start.ts";
import { Workspace } from "../../../src/transport/metric_simplex/workspace.ts";
import { drawPair, PAIR_KINDS, randomMetric } from "../../_support/histograms.ts";

Deno.test("solveByNetworkSimplex() leaves flows and potentials that prove one another", () => {
  let solved = 0;
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let pair = 0; pair < 20; pair++) {
      const random = new RandomStream(13, kind, pair), size = 40;
      const work = new Workspace(randomMetric(size, random), size);
      const { x, y } = drawPair(kind, size, random);
      if (!cancelCommonMass(work, x, 0, y, 0)) continue;
      guessPotentials(work);
      shipAlongCheapArcs(work); // uses the masses up, as before pivots that do not end
      assertEquals(solveByNetworkSimplex(work, x, 0, y, 0).status, "optimal");
      solved++;
      const { n, m, stride, cost, potential, parent, flow, cell } = work;
      const net = new Float64Array(size);
      for (let k = 0; k < n + m; k++) {
        if (parent[k] < 0) continue;
        const [i, j] = k < n ? [k, parent[k]] : [parent[k], k];
        assert(flow[k] > 0);
        assertAlmostEquals(cost[i * stride + j - n], potential[i] - potential[j], 1e-13);
        net[cell[i]] += flow[k];
        net[cell[j]] -= flow[k];
      }
      net.forEach((mass, k) => assertAlmostEquals(mass, x[k] - y[k], 1e-14));
      for (let i = 0; i < n; i++) {
        for (let j = n; j < n + m; j++) {
          assert(cost[i * stride + j - n] + potential[j] - potential[i] >= -1e-13);
        }
      }
    }
  }
  assert(solved > 150);
});
