import { assert, assertAlmostEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { cancelCommonMass } from "../../../src/transport/metric_simplex/cancel.ts";
import {
  guessPotentials,
  shipAlongCheapArcs,
  solveTreePotentials,
} from "../../../src/transport/metric_simplex/start.ts";
import { Workspace } from "../../../src/transport/metric_simplex/workspace.ts";
import { drawPair, PAIR_KINDS, randomMetric } from "../../_support/histograms.ts";

/** A workspace with a start for each kind of pair that has mass to move. */
function* _starts(): Generator<{ work: Workspace; x: Float64Array; y: Float64Array }> {
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let pair = 0; pair < 40; pair++) {
      const random = new RandomStream(8, kind, pair), size = 2 + random.integer(61);
      const work = new Workspace(randomMetric(size, random), size);
      const { x, y } = drawPair(kind, size, random);
      if (!cancelCommonMass(work, x, 0, y, 0)) continue;
      guessPotentials(work);
      shipAlongCheapArcs(work);
      solveTreePotentials(work);
      yield { work, x, y };
    }
  }
}

Deno.test("shipAlongCheapArcs() builds a spanning tree whose flows move all mass", () => {
  for (const { work, x, y } of _starts()) {
    const { n, m, parent, flow, cell, topDown, root } = work;
    const net = new Float64Array(work.size), seen = new Set([root]);
    assert(topDown[0] === root && parent[root] === -1);
    for (let a = 1; a < n + m; a++) {
      const k = topDown[a], up = parent[k];
      assert(seen.has(up) && !seen.has(k) && (k < n) !== (up < n), "a tree between two sides");
      seen.add(k);
      assert(flow[k] >= 0);
      net[cell[k]] += k < n ? flow[k] : -flow[k];
      net[cell[up]] += k < n ? -flow[k] : flow[k];
    }
    for (let k = 0; k < work.size; k++) assertAlmostEquals(net[k], x[k] - y[k], 1e-14);
  }
});

Deno.test("shipAlongCheapArcs() builds a strongly feasible tree: arcs without flow lead up", () => {
  let withoutFlow = 0;
  for (const { work } of _starts()) {
    for (let k = 0; k < work.n + work.m; k++) {
      if (k === work.root || work.flow[k] > 0) continue;
      withoutFlow++;
      assert(k < work.n, "a sink without flow hangs below a source");
    }
  }
  assert(withoutFlow > 100, `the test needs degenerate starts, it saw ${withoutFlow}`);
});

Deno.test("shipAlongCheapArcs() notes for each node the set of nodes below it", () => {
  for (const { work: { n, m, parent, below0, below1 } } of _starts()) {
    const sets = Array.from({ length: n + m }, () => [0, 0]);
    for (let k = 0; k < n + m; k++) {
      for (let up = k; up >= 0; up = parent[up]) sets[up][k < 31 ? 0 : 1] |= 1 << (k % 31);
    }
    sets.forEach((set, k) => assert(set[0] === below0[k] && set[1] === below1[k]));
  }
});

Deno.test("solveTreePotentials() makes every arc of the tree tight", () => {
  for (const { work: { n, m, parent, cost, stride, potential } } of _starts()) {
    for (let k = 0; k < n + m; k++) {
      const up = parent[k];
      if (up < 0) continue;
      const [i, j] = k < n ? [k, up] : [up, k];
      assertAlmostEquals(potential[i] - potential[j], cost[i * stride + j - n], 1e-13);
    }
  }
});

Deno.test("guessPotentials() guesses 1.1 times the mean distance to the other side", () => {
  // Surplus 0.5 in cells 0 and 1, deficit 0.25 in cell 2 and 0.75 in cell 3 of a line.
  const work = new Workspace(
    Float64Array.of(0, 1, 2, 3, 1, 0, 1, 2, 2, 1, 0, 1, 3, 2, 1, 0),
    4,
  );
  cancelCommonMass(work, Float64Array.of(0.5, 0.5, 0, 0), 0, Float64Array.of(0, 0, 0.25, 0.75), 0);
  guessPotentials(work);
  const means = [2.75, 1.75, -1.5, -2.5];
  means.forEach((mean, k) => assertAlmostEquals(work.potential[k], 1.1 * mean, 1e-14));
});
