/**
 * Exact EMDs of wafers on one core against POT, on easy and on difficult pairs.
 *
 *     deno run --no-prompt --allow-read --allow-run tests/benchmarks/wafer_bench.ts [--wafers FILE.csv] [--peer PYTHON]
 *
 * Each round solves every pair here and in the peer, in turn; what is shown are medians over rounds.
 * Ratios are POT's time over ours. Both get charge fractions, normalised beforehand.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import {
  blurWafers,
  chargesOf,
  concatenateWafers,
  filterWafers,
  readWafers,
  reconstructWafers,
  toyWafers,
  type WaferTable,
} from "../../src/datasets/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS, normalise, waferDistances, waferEmdBatch } from "../../src/wafer/mod.ts";
import { DEFAULT_PEER, PotPeer } from "./_peer.ts";
import { median, table } from "./_report.ts";

const PAIRS = 2000, ROUNDS = 9;

/** Pairs of wafers, row by row. */
interface Pairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Runs the benchmark and prints a table. */
export async function waferBench(
  options: { peer?: string; wafers?: string } = {},
): Promise<void> {
  const peer = await PotPeer.start(options.peer ?? DEFAULT_PEER);
  const rows = [["pairs", "here", "ot.emd2", "ratio", "ot.lp.emd_c", "ratio", "difference"]];
  const isAlone = typeof peer === "string";
  if (isAlone) console.log(`Comparison with POT: skipped, ${peer}`);
  for (const [name, pairs] of Object.entries(await _pairs(options.wafers ?? "data/sample.csv"))) {
    rows.push(await _compare(isAlone ? undefined : peer, name, pairs));
  }
  const against = isAlone ? "" : ` against POT ${peer.versions.POT}`;
  console.log(`\nEMD of wafers${against}, one core, µs per pair, ${PAIRS} pairs, ${ROUNDS} rounds`);
  table(rows);
  if (!isAlone) await peer[Symbol.asyncDispose]();
}

async function _compare(peer: PotPeer | undefined, name: string, pairs: Pairs): Promise<string[]> {
  const { x, y } = pairs;
  await peer?.load(name, { a: x, b: y, cost: waferDistances(), n: CELLS, m: CELLS });
  const values = new Float64Array(PAIRS);
  const seconds: Record<string, number[]> = { here: [], emd2: [], emd_c: [] };
  let difference = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const begin = performance.now();
    waferEmdBatch(x, y, { values });
    const here = (performance.now() - begin) / 1000;
    // The first round warms up.
    if (round > 0) seconds.here.push(here);
    for (const mode of peer === undefined ? [] : ["emd2", "emd_c"] as const) {
      const answer = await peer!.round(name, mode);
      if (round > 0) seconds[mode].push(answer.seconds);
      answer.values.forEach((value, pair) =>
        difference = Math.max(difference, Math.abs(value - values[pair]))
      );
    }
  }
  if (!(difference <= 1e-9)) throw new Error(`${name}: EMDs differ from POT's by ${difference}`);
  const here = median(seconds.here);
  const microseconds = (s: number) => (1e6 * s / PAIRS).toFixed(2);
  if (peer === undefined) return [name, microseconds(here), "", "", "", "", ""];
  const [pot, core] = [median(seconds.emd2), median(seconds.emd_c)];
  return [
    name,
    microseconds(here),
    microseconds(pot),
    (pot / here).toFixed(1),
    microseconds(core),
    (core / here).toFixed(1),
    difference.toExponential(1),
  ];
}

/** The classes of pairs, all normalised to charge fractions. */
async function _pairs(path: string): Promise<Record<string, Pairs>> {
  const tables: WaferTable[] = [];
  for await (const part of readWafers(path)) tables.push(part);
  const all = concatenateWafers(tables);
  const wafers = filterWafers(all, (wafer) => chargesOf(all, wafer).some((charge) => charge > 0));
  const random = new RandomStream(1, "benchmark");
  const draw = () => {
    const drawn = new Float64Array(PAIRS * CELLS);
    for (let pair = 0; pair < PAIRS; pair++) {
      drawn.set(chargesOf(wafers, random.integer(wafers.count)), pair * CELLS);
    }
    return drawn;
  };
  const showers = draw(), dense = toyWafers("dense", 2 * PAIRS, 1).charges;
  const degenerate = toyWafers("degenerate", 2 * PAIRS, 1).charges;
  const everyOther = (charges: Float64Array, from: number) => {
    const rows = new Float64Array(PAIRS * CELLS);
    for (let pair = 0; pair < PAIRS; pair++) {
      const begin = (2 * pair + from) * CELLS;
      rows.set(charges.subarray(begin, begin + CELLS), pair * CELLS);
    }
    return rows;
  };
  const pairs: Record<string, Pairs> = {
    "dense, 48 against 48": { x: everyOther(dense, 0), y: everyOther(dense, 1) },
    "shower against blur": { x: showers, y: blurWafers(showers, random) },
    "shower against all-positive": { x: showers, y: reconstructWafers(showers, random) },
    "unrelated showers": { x: draw(), y: draw() },
    "degenerate": { x: everyOther(degenerate, 0), y: everyOther(degenerate, 1) },
  };
  return Object.fromEntries(
    Object.entries(pairs).map(([name, { x, y }]) => [
      name,
      { x: normalise(x, "fraction"), y: normalise(y, "fraction") },
    ]),
  );
}

if (import.meta.main) {
  const { peer, wafers } = parseArgs(Deno.args, { string: ["peer", "wafers"] });
  await waferBench({ ...(peer ? { peer } : {}), ...(wafers ? { wafers } : {}) });
}
