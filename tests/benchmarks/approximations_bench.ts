/**
 * Sinkhorn, sliced and one-dimensional distances against POT's, on the same pairs.
 *
 *     deno run --no-prompt --allow-read --allow-run tests/benchmarks/approximations_bench.ts [--peer PYTHON]
 *
 * Each round does every pair here and in the peer, in turn; what is shown are medians over rounds.
 * Ratios are POT's time over ours: above 1 we are faster. Sinkhorn's iteration ends at marginals right
 * to 1e-9 in both, here in the sum of absolute differences, in POT in their norm, which is smaller.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { RandomStream } from "../../src/numerics/mod.ts";
import {
  chainEmd,
  fixedDirections,
  sinkhorn,
  SlicedSupport,
  slicedWasserstein,
  wasserstein1d,
} from "../../src/transport/mod.ts";
import { cellPositions, CELLS, waferDistances } from "../../src/wafer/mod.ts";
import { DEFAULT_PEER } from "./_peer.ts";
import { JsonPeer } from "./_json_peer.ts";
import { median, table } from "./_report.ts";

const ROUNDS = 7, SLICES = 50;

type Histogram = Float64Array<ArrayBuffer>;

/** Something that is timed: what to run here, and the peer's mode that does the same. */
interface Contest {
  readonly name: string;
  readonly pairs: readonly (readonly [Histogram, Histogram])[];
  readonly run: (a: Histogram, b: Histogram) => number;
  readonly mode: string;
  /** Largest relative difference of the values. */
  readonly tolerance: number;
  /** What the peer has to know besides the pairs. */
  readonly problem: Readonly<Record<string, unknown>>;
}

/** Runs the benchmark and prints a table. */
export async function approximationsBench(python = DEFAULT_PEER): Promise<void> {
  const peer = await JsonPeer.start(python, "approximations_peer.py");
  if (typeof peer === "string") {
    console.log(`Sinkhorn and sliced distances: skipped, ${peer}`);
    return;
  }
  await using _ending = peer;
  const rows = [["", "here", "POT", "ratio", "difference"]];
  for (const contest of [..._sinkhorn(), ..._sliced(), ..._line()]) {
    rows.push(await _compare(peer, contest));
  }
  const { POT, Python } = peer.versions;
  console.log(
    `\nApproximations and closed forms against POT ${POT} (Python ${Python}), ms per pair, ${ROUNDS} rounds`,
  );
  table(rows);
}

function* _sinkhorn(): Generator<Contest> {
  // Charge in every cell: POT divides by the masses, and empty cells give it wrong values.
  const wafers = { M: waferDistances(), pairs: _pairs("full wafers", CELLS, 20, 1) };
  for (const epsilon of [1, 0.5, 0.2]) {
    for (const mode of ["sinkhorn", "sinkhorn_log"]) {
      if (mode === "sinkhorn_log" && epsilon < 0.5) continue; // takes minutes
      yield _sinkhornContest(`${mode}, wafers, epsilon ${epsilon}`, wafers, epsilon, mode);
    }
  }
  for (const size of [100, 500]) {
    const points = _points("sinkhorn", size);
    const M = new Float64Array(size * size).map((_, k) => {
      const i = 2 * Math.floor(k / size), j = 2 * (k % size);
      return Math.hypot(points[i] - points[j], points[i + 1] - points[j + 1]);
    });
    const problem = { M, pairs: _pairs("sinkhorn", size, 3, 1) };
    for (const epsilon of [0.1, 0.02]) {
      const name = `sinkhorn, ${size} points in a square, epsilon ${epsilon}`;
      yield _sinkhornContest(name, problem, epsilon, "sinkhorn");
    }
  }
}

function _sinkhornContest(
  name: string,
  { M, pairs }: { M: Float64Array; pairs: Contest["pairs"] },
  epsilon: number,
  mode: string,
): Contest {
  const size = pairs[0][0].length;
  const rows = Array.from({ length: size }, (_, i) => [...M.subarray(i * size, (i + 1) * size)]);
  return {
    name,
    pairs,
    run: (a, b) => sinkhorn(a, b, M, { epsilon }).transportCost,
    mode,
    tolerance: 1e-5,
    problem: { M: rows, epsilon },
  };
}

function* _sliced(): Generator<Contest> {
  const directions = fixedDirections(SLICES);
  const peers = { directions: _rows(directions) };
  for (const p of [1, 2]) {
    const cells = cellPositions(), support = new SlicedSupport(cells, { directions, p });
    yield {
      name: `sliced, wafers, p = ${p}, ${SLICES} directions`,
      pairs: _pairs("wafers", CELLS, 50, 0.35),
      run: (a, b) => support.solve(a, 0, b, 0, new Float64Array(CELLS)),
      mode: "sliced",
      tolerance: 1e-9,
      problem: { ...peers, X: _rows(cells), Y: _rows(cells), p },
    };
    for (const size of [100, 1000]) {
      const X = _points("X", size), Y = _points("Y", size);
      yield {
        name: `sliced, ${size} points, p = ${p}, ${SLICES} directions`,
        pairs: _pairs("sliced", size, 3, 1),
        run: (a, b) => slicedWasserstein(X, Y, { a, b, directions, p }).value,
        mode: "sliced",
        tolerance: 1e-9,
        problem: { ...peers, X: _rows(X), Y: _rows(Y), p },
      };
    }
  }
}

function* _line(): Generator<Contest> {
  for (const size of [48, 1000, 10_000]) {
    const x = _points("line", size).subarray(0, size).toSorted();
    const lengths = Float64Array.from({ length: size - 1 }, (_, k) => x[k + 1] - x[k]);
    const common = {
      pairs: _pairs("line", size, 10, 1),
      mode: "line",
      tolerance: 1e-9,
      problem: { x: [...x], y: [...x] },
    };
    yield {
      ...common,
      name: `one dimension, ${size} points`,
      run: (a, b) => wasserstein1d(x, x, a, b),
    };
    yield {
      ...common,
      name: `chain with gradient, ${size} bins`,
      run: (a, b) => chainEmd(a, b, { lengths }).value,
    };
  }
}

async function _compare(peer: JsonPeer, contest: Contest): Promise<string[]> {
  const { name, pairs, run, mode, tolerance, problem } = contest;
  await peer.ask({
    load: name,
    problem: { ...problem, pairs: pairs.map(([a, b]) => [[...a], [...b]]) },
  });
  const here: number[] = [], theirs: number[] = [];
  let difference = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const begin = performance.now();
    const values = pairs.map(([a, b]) => run(a, b));
    const seconds = (performance.now() - begin) / 1000;
    const answer = await peer.ask({ round: name, mode });
    answer.values.forEach((value: number, k: number) => {
      difference = Math.max(difference, Math.abs(value - values[k]) / value);
    });
    if (round === 0) continue; // warms up
    here.push(seconds);
    theirs.push(answer.seconds);
  }
  if (!(difference <= tolerance)) {
    throw new Error(`${name}: values differ from POT's by ${difference}`);
  }
  const milliseconds = (times: number[]) => (1000 * median(times) / pairs.length).toFixed(3);
  return [
    name,
    milliseconds(here),
    milliseconds(theirs),
    (median(theirs) / median(here)).toFixed(2),
    difference.toExponential(1),
  ];
}

/** Pairs of histograms that follow from the seed alone; bins hold mass with a probability. */
function _pairs(name: string, size: number, count: number, filled: number): Contest["pairs"] {
  const random = new RandomStream(1, `${name}, ${size}`);
  const draw = (): Histogram => {
    const masses = new Float64Array(size).map(() =>
      random.uniform() < filled ? random.exponential() : 0
    );
    masses[random.integer(size)] += 0.1;
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    return masses.map((mass) => mass / total);
  };
  return Array.from({ length: count }, () => [draw(), draw()] as const);
}

/** Points in the unit square. */
function _points(name: string, size: number): Float64Array<ArrayBuffer> {
  const random = new RandomStream(2, `${name}, ${size}`);
  return new Float64Array(2 * size).map(() => random.uniform());
}

function _rows(points: Float64Array): number[][] {
  return Array.from({ length: points.length / 2 }, (_, k) => [points[2 * k], points[2 * k + 1]]);
}

if (import.meta.main) {
  const { peer } = parseArgs(Deno.args, { string: ["peer"], default: { peer: DEFAULT_PEER } });
  await approximationsBench(peer);
}
