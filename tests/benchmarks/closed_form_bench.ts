/**
 * The closed form on one core beside the exact solver: values, and values with gradients.
 *
 *     deno run --no-prompt --allow-read tests/benchmarks/closed_form_bench.ts [--wafers FILE.csv]
 *
 * Each round does all four in turn, so that what else the machine does meets all alike; what is shown
 * are medians over rounds. Both get charge fractions; checks of the input are part of the time.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import {
  concatenateWafers,
  type PairedWafers,
  pairedWafers,
  randomPairs,
  readWafers,
  reconstructWafers,
  sameWafers,
  selectWafers,
} from "../../src/datasets/mod.ts";
import { exactEmd } from "../../src/losses/mod.ts";
import { closedForm } from "../../src/models/surrogates/closed_form.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { normalise, waferEmdBatch } from "../../src/wafer/mod.ts";
import { median, table } from "./_report.ts";

const PAIRS = 5000, ROUNDS = 15;

/** Runs the benchmark and prints a table. */
export async function closedFormBench(options: { wafers?: string } = {}): Promise<void> {
  const { wafers = "data/sample.csv" } = options;
  const all = concatenateWafers(await Array.fromAsync(readWafers(wafers)));
  const same = sameWafers(all);
  const distinct = selectWafers(all, [...same.keys()].filter((wafer) => same[wafer] === wafer));
  const random = pairedWafers(
    distinct,
    randomPairs(distinct.count, PAIRS, new RandomStream(1, "pairs")),
  );
  const reconstructed = reconstructWafers(random.x, new RandomStream(1, "reconstructions"));
  const rows = [[
    "pairs",
    "closed form",
    "exact",
    "ratio",
    "with gradient",
    "exact with gradient",
    "ratio",
  ]];
  rows.push(["random", ...await _measure(random)]);
  rows.push(["reconstructions", ...await _measure({ ...random, y: reconstructed })]);
  console.log(
    `\nClosed form of the EMD, one core, µs per pair, ${PAIRS} pairs of ${wafers}, ${ROUNDS} rounds`,
  );
  table(rows);
}

async function _measure(pairs: PairedWafers): Promise<string[]> {
  const [x, y] = [pairs.x, pairs.y].map((charges) => normalise(charges, "fraction"));
  const closed = closedForm(), exact = exactEmd(), values = new Float64Array(PAIRS);
  const runs = [
    () => closed.value(x, y),
    () => waferEmdBatch(x, y, { values }),
    () => closed.valueAndGradient(x, y),
    () => exact.valueAndGradient(x, y),
  ];
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [number, run] of runs.entries()) {
      const begin = performance.now();
      await run();
      // The first round warms up.
      if (round > 0) times[number].push(1000 * (performance.now() - begin) / PAIRS);
    }
  }
  const [value, exactValue, gradient, exactGradient] = times.map(median);
  return [
    value.toFixed(2),
    exactValue.toFixed(2),
    (exactValue / value).toFixed(1),
    gradient.toFixed(2),
    exactGradient.toFixed(2),
    (exactGradient / gradient).toFixed(1),
  ];
}

if (import.meta.main) {
  const { wafers } = parseArgs(Deno.args, { string: ["wafers"] });
  await closedFormBench(wafers ? { wafers } : {});
}
