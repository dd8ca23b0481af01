import { assertAlmostEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { solveOnSupport } from "../../src/transport/transport_layer_support.ts";

Deno.test("solveOnSupport() meets its equations on graphs of one part and of several", () => {
  for (let trial = 0; trial < 30; trial++) {
    const random = new RandomStream(171, "support", trial), n = 6, m = 5;
    const density = trial % 2 === 0 ? 0.25 : 0.7;
    const support = Uint8Array.from({ length: n * m }, () => Number(random.uniform() < density));
    // Sums of a matrix on the support: a right side that allows a solution.
    const r = new Float64Array(n), c = new Float64Array(m);
    support.forEach((edge, k) => {
      const slope = edge * random.normal();
      r[Math.floor(k / m)] += slope;
      c[k % m] += slope;
    });
    const { l, k: other } = solveOnSupport(support, r, c);
    const [sumsR, sumsC] = [new Float64Array(n), new Float64Array(m)];
    support.forEach((edge, k) => {
      const sum = edge * (l[Math.floor(k / m)] + other[k % m]);
      sumsR[Math.floor(k / m)] += sum;
      sumsC[k % m] += sum;
    });
    sumsR.forEach((sum, i) => assertAlmostEquals(sum, r[i], 1e-11));
    sumsC.forEach((sum, j) => assertAlmostEquals(sum, c[j], 1e-11));
  }
});

Deno.test("solveOnSupport() finds potentials of a tree", () => {
  // A path 0 - 0 - 1 - 1 with l_i + k_j given on its three edges.
  const given = [[3, 5], [NaN, 4]]; // (0, 0), (0, 1) and (1, 1)
  const support = Uint8Array.of(1, 1, 0, 1);
  const { l, k } = solveOnSupport(support, Float64Array.of(8, 4), Float64Array.of(3, 9));
  for (const [i, j] of [[0, 0], [0, 1], [1, 1]]) {
    assertAlmostEquals(l[i] + k[j], given[i][j], 1e-12);
  }
});
