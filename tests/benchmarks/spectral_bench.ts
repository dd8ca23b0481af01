/**
 * Spectral EMDs and squared 2-Wasserstein distances of point clouds and wafers, against POT.
 *
 *     deno run --no-prompt --allow-read --allow-run tests/benchmarks/spectral_bench.ts [--peer PYTHON]
 *
 * Each round does every pair here and in the peer, in turn; what is shown are medians over rounds.
 * POT has no spectral EMD of its own: the list of pairs is made with numpy and given to `ot.emd2_1d`;
 * the time of that call alone is shown, too. Ratios are POT's time over ours: above 1 we are faster.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { exactEmd, spectral, w2 } from "../../src/losses/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { spectralEmd, wassersteinP } from "../../src/transport/mod.ts";
import { cellPositions, CELLS } from "../../src/wafer/mod.ts";
import { JsonPeer } from "./_json_peer.ts";
import { DEFAULT_PEER } from "./_peer.ts";
import { median, table } from "./_report.ts";

const ROUNDS = 11;

/** A pair of clouds: energies and places of either. */
type Pair = [number[], number[][], number[], number[][]];

/** Something that is timed: what to run here, and the peer's modes that do the same. */
interface Contest {
  readonly name: string;
  readonly pairs: Pair[];
  readonly run: (pairs: readonly Pair[]) => ArrayLike<number> | Promise<ArrayLike<number>>;
  readonly modes: readonly string[];
}

/** Runs the benchmark and prints a table. */
export async function spectralBench(python = DEFAULT_PEER): Promise<void> {
  const peer = await JsonPeer.start(python, "./spectral_peer.py");
  if (typeof peer === "string") {
    console.log(`Spectral EMD: skipped, ${peer}`);
    return;
  }
  await using _ending = peer;
  const rows = [["", "here", "POT, all", "ratio", "emd2_1d alone", "ratio", "difference"]];
  for (const contest of _contests()) rows.push(await _compare(peer, contest));
  const { POT, Python } = peer.versions;
  console.log(
    `\nSpectral EMD and W2 against POT ${POT} (Python ${Python}), µs per pair, ${ROUNDS} rounds`,
  );
  table(rows);
}

function _contests(): Contest[] {
  const clouds = (n: number, count: number) =>
    Array.from({ length: count }, (_, k) => _drawPair(n, new RandomStream(1, `clouds ${n}`, k)));
  const wafers = Array.from(
    { length: 200 },
    (_, k) => _drawWafers(new RandomStream(1, "wafers", k)),
  );
  const rows = (pairs: readonly Pair[], side: 0 | 2) =>
    Float64Array.from(pairs.flatMap((pair) => pair[side]));
  const spectralLoss = spectral({ position: 0 }), w2Loss = w2(), exactLoss = exactEmd();
  return [
    ...[20, 50, 100, 200, 400].map((n) => ({
      name: `spectral, ${n} points`,
      pairs: clouds(n, Math.ceil(4000 / n)),
      run: (pairs: readonly Pair[]) =>
        pairs.map(([e, x, f, y]) =>
          spectralEmd({ energies: e, positions: x }, { energies: f, positions: y }).value
        ),
      modes: ["spectral", "emd2_1d"],
    })),
    {
      name: "spectral, wafers, with gradient",
      pairs: wafers,
      run: async (pairs) =>
        (await spectralLoss.valueAndGradient(rows(pairs, 0), rows(pairs, 2))).value,
      modes: ["spectral", "emd2_1d"],
    },
    ...[20, 100, 200].map((n) => ({
      name: `W2, ${n} points`,
      pairs: clouds(n, Math.ceil(1000 / n)),
      run: (pairs: readonly Pair[]) =>
        pairs.map(([e, x, f, y]) =>
          wassersteinP({ energies: e, positions: x }, { energies: f, positions: y }).value
        ),
      modes: ["w2"],
    })),
    {
      name: "W2, wafers, with gradient",
      pairs: wafers,
      run: async (pairs) => (await w2Loss.valueAndGradient(rows(pairs, 0), rows(pairs, 2))).value,
      modes: ["w2"],
    },
    {
      name: "exact EMD, wafers, with gradient",
      pairs: wafers,
      run: async (pairs) =>
        (await exactLoss.valueAndGradient(rows(pairs, 0), rows(pairs, 2))).value,
      modes: ["emd"],
    },
  ];
}

async function _compare(peer: JsonPeer, { name, pairs, run, modes }: Contest): Promise<string[]> {
  await peer.ask({ load: name, pairs });
  const here: number[] = [], theirs: number[][] = modes.map(() => []);
  let difference = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const begin = performance.now();
    const values = await run(pairs);
    if (round > 0) here.push((performance.now() - begin) / 1000); // the first round warms up
    for (const [k, mode] of modes.entries()) {
      const answer = await peer.ask({ round: name, mode });
      if (round > 0) theirs[k].push(answer.seconds);
      answer.values.forEach((value: number, pair: number) => {
        difference = Math.max(difference, Math.abs(value - values[pair]) / value);
      });
    }
  }
  if (!(difference <= 1e-8)) throw new Error(`${name}: values differ from POT's by ${difference}`);
  const microseconds = (times: number[]) => (1e6 * median(times) / pairs.length).toFixed(1);
  const ratio = (times: number[]) => (median(times) / median(here)).toFixed(2);
  const [all, alone] = theirs;
  return [
    name,
    microseconds(here),
    microseconds(all),
    ratio(all),
    alone ? microseconds(alone) : "",
    alone ? ratio(alone) : "",
    difference.toExponential(1),
  ];
}

function _drawPair(n: number, random: RandomStream): Pair {
  const cloud = (): [number[], number[][]] => {
    const energies = Array.from({ length: n }, () => random.exponential());
    const total = energies.reduce((sum, energy) => sum + energy, 0);
    return [
      energies.map((energy) => energy / total),
      energies.map(() => [random.normal(), random.normal()]),
    ];
  };
  return [...cloud(), ...cloud()];
}

/** Two wafers with a third of their cells hit. */
function _drawWafers(random: RandomStream): Pair {
  const positions = cellPositions();
  const places = Array.from({ length: CELLS }, (_, k) => [positions[2 * k], positions[2 * k + 1]]);
  const charges = () => {
    const row = places.map(() => random.uniform() < 0.35 ? random.exponential() : 0);
    row[random.integer(CELLS)] += 0.1;
    const total = row.reduce((sum, charge) => sum + charge, 0);
    return row.map((charge) => charge / total);
  };
  return [charges(), places, charges(), places];
}

if (import.meta.main) {
  const { peer } = parseArgs(Deno.args, { string: ["peer"], default: { peer: DEFAULT_PEER } });
  await spectralBench(peer);
}
