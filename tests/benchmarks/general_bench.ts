/**
 * The general network simplex against POT, on dense random masses with uniform costs and with
 * Euclidean distances in the plane.
 *
 *     deno run --no-prompt --allow-read --allow-run tests/benchmarks/general_bench.ts [--peer PYTHON]
 *
 * Each round solves every problem here and in the peer, in turn; what is shown are medians over
 * rounds. Ratios are POT's time over ours: above 1 we are faster.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { RandomStream } from "../../src/numerics/mod.ts";
import { emd2 } from "../../src/transport/mod.ts";
import { DEFAULT_PEER, type PeerProblems, PotPeer } from "./_peer.ts";
import { median, table } from "./_report.ts";

const SIZES = [500, 1000], PROBLEMS = 3, ROUNDS = 9;

/** Costs by name. */
const COSTS: Record<string, (size: number, random: RandomStream) => Float64Array> = {
  uniform: (size, random) => new Float64Array(size * size).map(() => random.uniform()),
  Euclidean(size, random) {
    const coordinates = new Float64Array(4 * size).map(() => random.uniform());
    return new Float64Array(size * size).map((_, k) => {
      const i = 4 * Math.floor(k / size), j = 4 * (k % size) + 2;
      return Math.hypot(
        coordinates[i] - coordinates[j],
        coordinates[i + 1] - coordinates[j + 1],
      );
    });
  },
};

/** Runs the benchmark and prints a table. */
export async function generalBench(python = DEFAULT_PEER): Promise<void> {
  const peer = await PotPeer.start(python);
  if (typeof peer === "string") {
    console.log(`General network simplex: skipped, ${peer}`);
    return;
  }
  await using _ending = peer;
  const rows = [["costs, bins", "here", "ot.emd2", "ratio", "ot.lp.emd_c", "ratio", "difference"]];
  for (const size of SIZES) {
    for (const name of Object.keys(COSTS)) rows.push(await _compare(peer, name, size));
  }
  const { POT, Python } = peer.versions;
  console.log(
    `\nGeneral network simplex against POT ${POT} (Python ${Python}), ms per problem, ${ROUNDS} rounds`,
  );
  table(rows);
}

async function _compare(peer: PotPeer, name: string, size: number): Promise<string[]> {
  const what = `${name}, ${size} x ${size}`;
  const problems = _draw(name, size);
  await peer.load(what, problems);
  const seconds: Record<string, number[]> = { here: [], emd2: [], emd_c: [] };
  let difference = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const here = _solveAll(problems);
    const [pot, core] = [await peer.round(what, "emd2"), await peer.round(what, "emd_c")];
    for (const { values } of [pot, core]) {
      values.forEach((value, k) =>
        difference = Math.max(difference, Math.abs(value - here.values[k]) / value)
      );
    }
    if (round === 0) continue; // warms up
    seconds.here.push(here.seconds);
    seconds.emd2.push(pot.seconds);
    seconds.emd_c.push(core.seconds);
  }
  if (!(difference <= 1e-9)) throw new Error(`${what}: values differ from POT's by ${difference}`);
  const [here, pot, core] = [median(seconds.here), median(seconds.emd2), median(seconds.emd_c)];
  const milliseconds = (s: number) => (1000 * s / PROBLEMS).toFixed(1);
  return [
    what,
    milliseconds(here),
    milliseconds(pot),
    (pot / here).toFixed(2),
    milliseconds(core),
    (core / here).toFixed(2),
    difference.toExponential(1),
  ];
}

function _solveAll({ a, b, cost, n, m }: PeerProblems): { seconds: number; values: number[] } {
  const count = a.length / n;
  const problems = Array.from({ length: count }, (_, k) => ({
    a: a.subarray(k * n, (k + 1) * n),
    b: b.subarray(k * m, (k + 1) * m),
    cost: cost.subarray(k * n * m, (k + 1) * n * m),
  }));
  const begin = performance.now();
  const values = problems.map(({ a, b, cost }) => emd2(a, b, cost));
  return { seconds: (performance.now() - begin) / 1000, values };
}

/** Problems that follow from the seed alone. */
function _draw(name: string, size: number): PeerProblems {
  const random = new RandomStream(1, `${name}, ${size}`);
  const draw = () => {
    const masses = new Float64Array(size).map(() => random.uniform());
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    return masses.map((mass) => mass / total);
  };
  const join = (parts: Float64Array[]) => {
    const joined = new Float64Array(parts.length * parts[0].length);
    parts.forEach((part, k) => joined.set(part, k * part.length));
    return joined;
  };
  const several = (make: () => Float64Array) => join(Array.from({ length: PROBLEMS }, make));
  return {
    a: several(draw),
    b: several(draw),
    cost: several(() => COSTS[name](size, random)),
    n: size,
    m: size,
  };
}

if (import.meta.main) {
  const { peer } = parseArgs(Deno.args, { string: ["peer"], default: { peer: DEFAULT_PEER } });
  await generalBench(peer);
}
