import { assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { MetricCertifier } from "../../../src/transport/metric_simplex/certificate.ts";
import { MetricSimplex } from "../../../src/transport/metric_simplex/solver.ts";
import { drawPair, PAIR_KINDS, randomMetric } from "../../_support/histograms.ts";

const SIZE = 30;
const DISTANCES = randomMetric(SIZE, new RandomStream(1, "metric"));

Deno.test("MetricCertifier certifies right answers", () => {
  const solver = new MetricSimplex(DISTANCES), certifier = new MetricCertifier(DISTANCES);
  const phi = new Float64Array(SIZE);
  for (const kind of Object.keys(PAIR_KINDS)) {
    const { x, y } = drawPair(kind, SIZE, new RandomStream(2, kind));
    const value = solver.solve(x, 0, y, 0);
    solver.potential(phi);
    assertEquals(certifier.certifies(solver, x, 0, y, 0, value, phi, 0), true, kind);
  }
});

Deno.test("MetricCertifier rejects every kind of wrong answer", () => {
  const solver = new MetricSimplex(DISTANCES), certifier = new MetricCertifier(DISTANCES);
  const { x, y } = drawPair("dense", SIZE, new RandomStream(3, "pair"));
  const value = solver.solve(x, 0, y, 0);
  const phi = new Float64Array(SIZE);
  solver.potential(phi);
  const certifies = (value: number, phi: Float64Array, x_ = x, y_ = y) =>
    certifier.certifies(solver, x_, 0, y_, 0, value, phi, 0);
  assertEquals(certifies(value, phi), true);
  assertEquals(certifies(value * (1 + 1e-9), phi), false, "a wrong value");
  assertEquals(certifies(NaN, phi), false, "no value");
  assertEquals(certifies(value, phi.map((p) => 0.999 * p)), false, "a potential that proves less");
  assertEquals(certifies(value, phi.map((p) => 1.001 * p)), false, "a potential that is too steep");
  const other = drawPair("dense", SIZE, new RandomStream(4, "other"));
  assertEquals(certifies(value, phi, other.x, other.y), false, "flows of another pair");
});
