/**
 * Exact EMDs between the wafers of a CSV file, with their histogram and optimal flows drawn.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/emd_of_wafers.ts --input FILE.csv
 *
 * @module
 */
import {
  chargesOf,
  concatenateWafers,
  filterWafers,
  randomPairs,
  readWafers,
  type WaferTable,
} from "../src/datasets/mod.ts";
import {
  defineExperiment,
  type Drawing,
  drawWafers,
  type Experiment,
  type ExperimentContext,
  type Figure,
} from "../src/experiments/mod.ts";
import { quantiles, RandomStream } from "../src/numerics/mod.ts";
import { EmdPool } from "../src/transport/mod.ts";
import { type CellOrder, CELLS, waferEmd, waferEmdPairs } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS, WORKERS_OPTION } from "./std/common_options.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  pairs: { kind: "integer", describe: "Random pairs for each seed", least: 1, default: 20000 },
  seed: { kind: "integer", describe: "First seed", default: 1 },
  repeats: { kind: "integer", describe: "Number of seeds", least: 1, default: 3 },
  workers: WORKERS_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/emd_of_wafers.ts",
  summary:
    "Draws random pairs of wafers from a CSV file, computes their exact EMDs on all cores, " +
    "proves each optimal, and draws the histogram and three optimal flows.",
  permissions: {
    "--allow-read": "the input file, this project's code, and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --pairs 100000",
};

/** What the result depends on, besides seeds and data. */
type Config = { pairs: number; order: CellOrder };

/** The wafers of a file that have charge. */
interface Wafers {
  readonly charges: Float64Array;
  /** Row of each wafer in the file, from 0. */
  readonly rows: readonly number[];
  /** How many were left out for having no charge. */
  readonly empty: number;
}

/** The pairs of one seed and their EMDs. */
interface SeedResult {
  readonly seed: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly values: Float64Array;
}

if (import.meta.main) await runCommand(COMMAND, emdOfWafers);

/**
 * Runs the experiment on a file.
 *
 * @param options The options of the command line.
 */
export async function emdOfWafers(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, pairs, seed, repeats, workers } = options;
  const wafers = await _readAll(input, order);
  await runAndReport(emdOfWafersExperiment(wafers, workers), {
    script: import.meta.url,
    config: { pairs, order },
    seeds: Array.from({ length: repeats }, (_, k) => seed + k),
    dataChecksum: await fileChecksum(input),
  }, options);
}

/**
 * The experiment on wafers in memory.
 *
 * @param wafers The wafers, none empty.
 * @param workers Worker threads; 0 for all cores. The result does not depend on it.
 * @returns The experiment.
 */
export function emdOfWafersExperiment(wafers: Wafers, workers: number): Experiment<Config> {
  return defineExperiment<Config>({
    name: "emd_of_wafers",
    title: `EMD of random pairs among ${wafers.rows.length} wafers`,
    run: (context) => _run(context, wafers, workers),
  });
}

async function _run(context: ExperimentContext<Config>, wafers: Wafers, workers: number) {
  const { config, seeds } = context;
  using pool = await EmdPool.start(workers === 0 ? {} : { workers });
  const results: SeedResult[] = [];
  let certified = 0;
  for (const seed of seeds) {
    const { first, second } = randomPairs(
      wafers.rows.length,
      config.pairs,
      new RandomStream(seed, "pairs of wafers"),
    );
    const done = results.length * config.pairs;
    const { values, certified: proved = 0 } = await waferEmdPairs(
      wafers.charges,
      { first, second },
      {
        pool,
        certify: true,
        onProgress: (pairs) => context.progress(done + pairs, seeds.length * config.pairs, "EMDs"),
      },
    );
    certified += proved;
    results.push({ seed, first, second, values });
  }

  const summaries = results.map(({ values }) => quantiles(values, [0.16, 0.5, 0.84]));
  context.addQuantity("median EMD", "half pitch", summaries.map(([, median]) => median));
  context.addQuantity("16 % quantile of the EMD", "half pitch", summaries.map(([low]) => low));
  context.addQuantity(
    "84 % quantile of the EMD",
    "half pitch",
    summaries.map(([, , high]) => high),
  );
  context.addQuantity("wafers", "", [wafers.rows.length]);
  context.addQuantity("wafers without charge, left out", "", [wafers.empty]);
  context.addQuantity("share of pairs proved optimal", "", [
    certified / (seeds.length * config.pairs),
  ]);
  context.addFigure("histogram", _histogram(results, wafers));
  for (const [name, share] of [["near", 0.16], ["typical", 0.5], ["far", 0.84]] as const) {
    context.addFigure(`flow_${name}`, _flowDrawing(results[0], wafers, name, share));
  }
  context.addFile("emds.csv", _csv(results, wafers));
}

async function _readAll(path: string, order: CellOrder): Promise<Wafers> {
  const tables: WaferTable[] = [];
  const rows: number[] = [];
  let row = 0;
  for await (const table of readWafers(path, { order })) {
    const charged = filterWafers(table, (wafer) => {
      const isCharged = chargesOf(table, wafer).some((charge) => charge > 0);
      if (isCharged) rows.push(row + wafer);
      return isCharged;
    });
    tables.push(charged);
    row += table.count;
  }
  if (rows.length < 2) {
    throw new RangeError(
      `Cannot draw pairs from ${path}: it must hold at least 2 wafers with charge, current number is ${rows.length}`,
    );
  }
  return { charges: concatenateWafers(tables).charges, rows, empty: row - rows.length };
}

/** All EMDs in 50 bins, with the median. */
function _histogram(results: readonly SeedResult[], wafers: Wafers): Figure {
  const bins = 50, values = results.flatMap((result) => [...result.values]);
  const largest = values.reduce((most, value) => Math.max(most, value), 0) || 1;
  const width = largest / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(Math.floor(value / width), bins - 1)]++;
  const [median] = quantiles(values, [0.5]);
  return {
    title: "Exact EMD of random pairs of wafers",
    subtitle: `${values.length.toLocaleString("en")} pairs of ${
      wafers.rows.length.toLocaleString("en")
    } wafers`,
    caption: `Histogram of exact EMDs; the median is ${median.toFixed(3)} half pitches.`,
    x: { label: "EMD", unit: "half pitch" },
    y: { label: "pairs", unit: "" },
    series: [{ kind: "histogram", edges: [...counts, 0].map((_, k) => k * width), counts }],
    references: [{ axis: "x", at: median, label: `median ${median.toFixed(2)}` }],
    legend: "none",
  };
}

/** The pair at a quantile of the first seed's EMDs: both wafers, and what moves between them. */
function _flowDrawing(result: SeedResult, wafers: Wafers, name: string, share: number): Drawing {
  const byEmd = Uint32Array.from(result.values.keys()).sort((a, b) =>
    result.values[a] - result.values[b] || a - b
  );
  const pair = byEmd[Math.round(share * (byEmd.length - 1))];
  const [first, second] = [result.first[pair], result.second[pair]];
  const [x, y] = [first, second].map((wafer) => {
    const charges = wafers.charges.subarray(wafer * CELLS, (wafer + 1) * CELLS);
    const total = charges.reduce((sum, charge) => sum + charge, 0);
    return charges.map((charge) => charge / total);
  });
  const { value, flows } = waferEmd(x, y);
  const title = `A ${name} pair: EMD ${value.toFixed(2)} half pitches`;
  const svg = drawWafers([
    { title: `wafer ${wafers.rows[first]}`, charges: x },
    { title: "optimal flow", charges: x, flows },
    { title: `wafer ${wafers.rows[second]}`, charges: y },
  ], { title, color: { label: "charge fraction", unit: "" } });
  return { title, svg };
}

function _csv(results: readonly SeedResult[], { rows }: Wafers): Uint8Array {
  const lines = ["seed,first_row,second_row,emd_half_pitch"];
  for (const { seed, first, second, values } of results) {
    values.forEach((value, pair) =>
      lines.push(`${seed},${rows[first[pair]]},${rows[second[pair]]},${value}`)
    );
  }
  return new TextEncoder().encode(lines.join("\n") + "\n");
}
