import { assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { MetricSimplex } from "../../src/transport/metric_simplex/solver.ts";
import {
  countPairs,
  type Pairing,
  type PairJob,
  solvePairs,
} from "../../src/transport/pair_job.ts";
import { normaliseRows } from "../../src/transport/rows.ts";
import { drawPair, PAIR_KINDS, randomMetric } from "../_support/histograms.ts";

const SIZE = 12;
const DISTANCES = randomMetric(SIZE, new RandomStream(1, "metric"));

Deno.test("solvePairs() pairs rows as told", () => {
  const x = _rows(5, "x"), y = _rows(4, "y");
  const solver = new MetricSimplex(DISTANCES);
  const lists = { first: Uint32Array.of(4, 0, 4), second: Uint32Array.of(3, 0, 1) };
  const expected: [Pairing, number[][]][] = [
    ["aligned", [[0, 0], [1, 1], [2, 2], [3, 3]]],
    ["product", [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 3].map((j) => [i, j]))],
    [lists, [[4, 3], [0, 0], [4, 1]]],
  ];
  for (const [pairing, pairs] of expected) {
    const rows = pairing === "aligned" ? { ..._rows(4, "x") } : x;
    const job = _job(rows, y, pairing);
    assertEquals(countPairs(rows, y, pairing), pairs.length);
    solvePairs(job, 0, pairs.length);
    pairs.forEach(([i, j], p) =>
      assertEquals(job.values[p], solver.solve(rows.fractions, i * SIZE, y.fractions, j * SIZE))
    );
  }
});

Deno.test("solvePairs() finds row and column of a triangle's pair, also far along it", () => {
  // Few distinct rows, so that the answers tell which rows met.
  const count = 3000, masses = new Float64Array(count * 2);
  for (let row = 0; row < count; row++) {
    masses[2 * row] = row / count;
    masses[2 * row + 1] = 1 - row / count;
  }
  const x = normaliseRows(masses, 2), pairs = countPairs(x, x, "triangle");
  assertEquals(pairs, count * (count - 1) / 2);
  const job = { ..._job(x, x, "triangle"), distances: Float64Array.of(0, 1, 1, 0) };
  for (const begin of [0, 1_000_000, pairs - 10_000]) {
    solvePairs(job, begin, begin + 10_000);
    for (let p = begin, i = 1; p < begin + 10_000; p++) {
      while (i * (i + 1) / 2 <= p) i++;
      const j = p - i * (i - 1) / 2;
      assertAlmostEquals(job.values[p], (i - j) / count, 1e-12);
    }
  }
});

Deno.test("solvePairs() certifies, counts, and gives rows without mass the agreed value", () => {
  const kinds = Object.keys(PAIR_KINDS);
  const drawn = kinds.map((kind) => drawPair(kind, SIZE, new RandomStream(6, kind)));
  const x = normaliseRows([...drawn.flatMap(({ x }) => [...x]), ...new Float64Array(SIZE)], SIZE, {
    allowEmpty: true,
  });
  const y = normaliseRows([...drawn.flatMap(({ y }) => [...y]), ...drawn[0].y], SIZE);
  const job = {
    ..._job(x, y, "aligned"),
    certify: true,
    emptyValue: -1,
    potentials: new Float64Array(x.count * SIZE).fill(NaN),
  };
  assertEquals(solvePairs(job, 0, x.count), { certified: x.count, notOptimal: 0 });
  assertEquals(job.values[x.count - 1], -1);
  for (let row = 0; row < x.count - 1; row++) {
    let dual = 0;
    for (let k = row * SIZE; k < (row + 1) * SIZE; k++) {
      dual += job.potentials[k] * (x.fractions[k] - y.fractions[k]);
    }
    assertAlmostEquals(dual, job.values[row], 1e-13);
  }
});

function _rows(count: number, purpose: string) {
  const masses = Array.from(
    { length: count },
    (_, row) => [...drawPair("dense", SIZE, new RandomStream(9, purpose, row)).x],
  );
  return normaliseRows(masses.flat(), SIZE);
}

function _job(x: PairJob["x"], y: PairJob["y"], pairing: Pairing): PairJob {
  const values = new Float64Array(countPairs(x, y, pairing));
  return { distances: DISTANCES, x, y, pairing, values, emptyValue: NaN, certify: false };
}
