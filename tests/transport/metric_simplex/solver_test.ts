import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { MetricSimplex } from "../../../src/transport/metric_simplex/solver.ts";
import { waferDistances } from "../../../src/wafer/distances.ts";
import { drawPair, lineMetric, PAIR_KINDS, randomMetric } from "../../_support/histograms.ts";

Deno.test("MetricSimplex proves 100,000 difficult pairs optimal", () => {
  const distances = waferDistances(), solver = new MetricSimplex(distances);
  const kinds = Object.keys(PAIR_KINDS);
  for (let pair = 0; pair < 100_000; pair++) {
    const kind = kinds[pair % kinds.length];
    _assertOptimal(solver, distances, kind, pair);
  }
});

Deno.test("MetricSimplex is optimal at every number of cells it takes", () => {
  for (let size = 1; size <= 62; size++) {
    for (
      const distances of [lineMetric(size), randomMetric(size, new RandomStream(5, "m", size))]
    ) {
      const solver = new MetricSimplex(distances);
      for (const kind of Object.keys(PAIR_KINDS)) {
        if (size > 1) _assertOptimal(solver, distances, kind, size);
      }
    }
  }
});

Deno.test("MetricSimplex on a line is the area between the cumulative distributions", () => {
  const size = 48, solver = new MetricSimplex(lineMetric(size));
  for (let pair = 0; pair < 500; pair++) {
    const { x, y } = drawPair("sparse", size, new RandomStream(11, "line", pair));
    let area = 0, excess = 0;
    for (let k = 0; k < size; k++) area += Math.abs(excess += x[k] - y[k]);
    assertAlmostEquals(solver.solve(x, 0, y, 0), area, 1e-13);
  }
});

Deno.test("MetricSimplex does not depend on what it solved before", () => {
  const distances = waferDistances(), used = new MetricSimplex(distances);
  const kinds = Object.keys(PAIR_KINDS);
  for (let pair = 0; pair < 300; pair++) {
    const { x, y } = drawPair(kinds[pair % kinds.length], 48, new RandomStream(2, "state", pair));
    assertEquals(used.solve(x, 0, y, 0), new MetricSimplex(distances).solve(x, 0, y, 0));
  }
});

Deno.test("MetricSimplex reads rows at offsets and changes no input", () => {
  const { x, y } = drawPair("dense", 48, new RandomStream(3, "offset"));
  const solver = new MetricSimplex(waferDistances());
  const alone = solver.solve(x, 0, y, 0);
  const wide = new Float64Array(144).fill(NaN);
  wide.set(x, 7);
  wide.set(y, 90);
  const before = wide.slice();
  assertEquals(solver.solve(wide, 7, wide, 90), alone);
  assertEquals(wide, before);
});

Deno.test("MetricSimplex hands over to the general solver when the cap on pivots is reached", () => {
  const distances = waferDistances();
  const capped = new MetricSimplex(distances, { maxPivots: 3 });
  const reference = new MetricSimplex(distances);
  for (const kind of ["dense", "sparse", "small integers with ties", "equal masses to assign"]) {
    for (let pair = 0; pair < 25; pair++) {
      const { x, y } = drawPair(kind, 48, new RandomStream(4, kind, pair));
      const value = reference.solve(x, 0, y, 0);
      assertAlmostEquals(capped.solve(x, 0, y, 0), value, 1e-12);
      if (reference.pivots > 3) assert(capped.pivots > 3, `${capped.pivots} pivots`);
      _assertOptimal(capped, distances, kind, pair);
    }
  }
});

Deno.test("MetricSimplex refuses matrices that it cannot hold", () => {
  assertThrows(
    () => new MetricSimplex(new Float64Array(6)),
    TypeError,
    "Cannot set up an EMD solver: distances must be a square matrix, current length is 6",
  );
  assertThrows(
    () => new MetricSimplex(new Float64Array(63 * 63)),
    RangeError,
    "the number of cells must be in [1, 62], current value is 63",
  );
  assertThrows(() => new MetricSimplex(new Float64Array(0)), RangeError, "current value is 0");
  assertThrows(
    () => new MetricSimplex(lineMetric(5).map((d) => d * d)),
    RangeError,
    "Cannot take M for a metric: d(0, 2) = 4 is more than d(0, 1) + d(1, 2) = 1 + 1",
  );
});

/** Flows, potential and value prove one another; nothing of the solver's own checks is used. */
function _assertOptimal(
  solver: MetricSimplex,
  d: Float64Array,
  kind: string,
  seed: number,
): void {
  const size = solver.size;
  const { x, y } = drawPair(kind, size, new RandomStream(1, kind, seed));
  const name = `${kind}, pair ${seed}`;
  const value = solver.solve(x, 0, y, 0);
  assert(solver.status === "optimal", name);

  const count = solver.flows(_from, _to, _mass);
  const left = Float64Array.from(x);
  let primal = 0;
  for (let f = 0; f < count; f++) {
    assert(_mass[f] > 0, name);
    primal += _mass[f] * d[_from[f] * size + _to[f]];
    left[_from[f]] -= _mass[f];
    left[_to[f]] += _mass[f];
  }
  for (let k = 0; k < size; k++) assert(Math.abs(left[k] - y[k]) <= 1e-14, name);
  assert(Math.abs(primal - value) <= 1e-12, `${name}: primal ${primal}, value ${value}`);

  solver.potential(_phi);
  let dual = 0;
  for (let i = 0; i < size; i++) {
    dual += _phi[i] * (x[i] - y[i]);
    for (let j = 0; j < i; j++) {
      if (Math.abs(_phi[i] - _phi[j]) > d[i * size + j] + 1e-12) {
        assert(false, `${name}: the potential is not 1-Lipschitz between ${i} and ${j}`);
      }
    }
  }
  assert(Math.abs(dual - value) <= 1e-12, `${name}: dual ${dual}, value ${value}`);
}

const _from = new Uint8Array(64), _to = new Uint8Array(64);
const _mass = new Float64Array(64), _phi = new Float64Array(64);
