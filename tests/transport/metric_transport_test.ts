import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { certify } from "../../src/transport/certify.ts";
import { solveMetricTransport } from "../../src/transport/metric_transport.ts";
import { networkSimplex } from "../../src/transport/network_simplex/solver.ts";
import { drawPair, lineMetric, PAIR_KINDS, randomMetric } from "../_support/histograms.ts";

Deno.test("solveMetricTransport() agrees with the general network simplex at any scale", () => {
  const size = 20;
  for (const cost of [lineMetric(size), randomMetric(size, new RandomStream(61, "metric"))]) {
    for (const kind of Object.keys(PAIR_KINDS)) {
      for (const scale of [1, 1e-300, 1e300]) {
        const { x, y } = drawPair(kind, size, new RandomStream(61, kind));
        const a = x.map((mass) => scale * mass), b = y.map((mass) => scale * mass);
        const solution = solveMetricTransport(a, b, cost);
        const problem = { a, b, cost }, { value } = solution;
        const result = { problem, value, plan: solution.plan(), potentials: solution.potentials() };
        assert(certify(result).optimal, `${kind}, masses times ${scale}`);
        assertAlmostEquals(value / scale, networkSimplex(problem).value / scale, 1e-12);
      }
    }
  }
});

Deno.test("solveMetricTransport() leaves common mass in place", () => {
  const solution = solveMetricTransport(
    Float64Array.of(3, 1, 0),
    Float64Array.of(1, 1, 2),
    lineMetric(3),
  );
  assertEquals([...solution.plan()], [1, 0, 2, 0, 1, 0, 0, 0, 0]);
});
