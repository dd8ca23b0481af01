/**
 * Samples of wafers side by side: how full they are, how charge is spread over cells and over wafers,
 * and how far they are from each other.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/compare_wafers.ts --input A.csv,B.csv
 *
 * @module
 */
import { basename } from "node:path";
import { readWafers } from "../src/datasets/files_deno.ts";
import { randomPairs } from "../src/datasets/pairs/pairs.ts";
import { OCCUPIED_ABOVE } from "../src/datasets/select.ts";
import { type WaferShapes, waferShapes } from "../src/datasets/wafer_shapes.ts";
import {
  type Charges,
  chargesOf,
  concatenateWafers,
  filterWafers,
  waferTable,
} from "../src/datasets/wafer_table.ts";
import {
  type AxisScale,
  checksum,
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  type Figure,
  type Series,
} from "../src/experiments/mod.ts";
import { quantiles, RandomStream } from "../src/numerics/mod.ts";
import { EmdPool } from "../src/transport/mod.ts";
import { type CellOrder, CELLS, waferEmdPairs } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS, WORKERS_OPTION } from "./std/common_options.ts";
import { tell } from "./std/experiment_events.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  input: {
    ...WAFER_OPTIONS.input,
    value: "FILE,FILE,...",
    describe: "Files of wafers (columns CALQ_0 to CALQ_47), with commas between",
  },
  pairs: { kind: "integer", describe: "Random pairs of each sample", least: 1, default: 20_000 },
  seed: { kind: "integer", describe: "Seed of the pairs", default: 1 },
  workers: WORKERS_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/compare_wafers.ts",
  summary:
    "Compares samples of wafers: cells with charge, shares of the leading cells, charge sums, and " +
    "exact EMDs between random pairs of each sample, as a table and as histograms one over another. " +
    "Charges are counts of 35 a minimum-ionising particle; wafers without charge are left out.",
  permissions: {
    "--allow-read": "the input files, this project's code, and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input data/sample.csv,wafers.csv",
};

/** What the result depends on, besides seeds and data. */
type Config = { samples: string[]; pairs: number; order: CellOrder };

/** A sample of wafers. */
export interface WaferSample {
  /** Its name, unlike that of any other sample. */
  readonly name: string;
  /** Wafers with charge. */
  readonly charges: Charges;
  /** How many wafers were left out for having no charge. */
  readonly empty: number;
}

/**
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function compareWafers(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { order, pairs, seed, workers } = options;
  const paths = options.input.split(",").map((path) => path.trim()).filter((path) => path !== "");
  if (paths.length === 0) throw new RangeError("Cannot compare wafers: --input names no file");
  const names = _names(paths);
  const samples: WaferSample[] = [];
  const checksums: string[] = [];
  for (const [number, path] of paths.entries()) {
    samples.push(await _readSample(path, names[number], order));
    checksums.push(await fileChecksum(path));
  }
  const folder = await runAndReport(compareWafersExperiment(samples, workers), {
    script: import.meta.url,
    config: { samples: names, pairs, order },
    seeds: [seed],
    dataChecksum: await checksum(new TextEncoder().encode(checksums.join())),
  }, options);
  tell(`\n${await Deno.readTextFile(`${folder}/table.md`)}`, options);
}

/**
 * The experiment on wafers in memory.
 *
 * @param samples The samples, each of at least 2 wafers, none of them empty.
 * @param workers Worker threads; 0 for all cores. The result does not depend on it.
 * @returns The experiment.
 */
export function compareWafersExperiment(
  samples: readonly WaferSample[],
  workers: number,
): Experiment<Config> {
  return defineExperiment<Config>({
    name: "compare_wafers",
    title: `Wafers of ${samples.map(({ name }) => name).join(", ")}`,
    run: (context) => _run(context, samples, workers),
  });
}

/** A number that each wafer, or each pair of wafers, has. */
interface _Measure {
  /** Name of its figure's files. */
  readonly file: string;
  readonly name: string;
  readonly unit: string;
  readonly of: "wafers" | "pairs";
  /** Edges of the histogram; what lies beyond goes to the first and to the last bin. */
  readonly edges: readonly number[];
  readonly scale?: AxisScale;
  /** Decimals in the table. */
  readonly decimals: number;
}

/** Edges of bins from low to high, of one width. */
function _edges(low: number, high: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, k) => low + (high - low) * k / bins);
}

const MEASURES = {
  cells: {
    file: "cells",
    name: "cells with charge",
    unit: "",
    of: "wafers",
    edges: _edges(-0.5, 48.5, 49),
    decimals: 0,
  },
  occupancy: {
    file: "occupancy",
    name: `cells above ${OCCUPIED_ABOVE} counts`,
    unit: "",
    of: "wafers",
    edges: _edges(-0.5, 48.5, 49),
    decimals: 0,
  },
  leading: {
    file: "leading",
    name: "share of the leading cell",
    unit: "",
    of: "wafers",
    edges: _edges(0, 1, 40),
    decimals: 2,
  },
  leadingThree: {
    file: "leading_three",
    name: "share of the three leading cells",
    unit: "",
    of: "wafers",
    edges: _edges(0, 1, 40),
    decimals: 2,
  },
  sum: {
    file: "sum",
    name: "charge of the wafer",
    unit: "counts",
    of: "wafers",
    edges: _edges(0, 5, 50).map((decades) => 10 ** decades),
    scale: "log",
    decimals: 0,
  },
  emd: {
    file: "emd",
    name: "EMD of random pairs",
    unit: "half pitch",
    of: "pairs",
    edges: _edges(0, 14, 56),
    decimals: 2,
  },
} as const satisfies Record<string, _Measure>;

type _MeasureName = keyof typeof MEASURES;

/** All measures of a sample. */
interface _Measured extends WaferShapes {
  readonly sample: WaferSample;
  readonly emd: Float64Array;
}

async function _run(
  context: ExperimentContext<Config>,
  samples: readonly WaferSample[],
  workers: number,
): Promise<void> {
  using pool = await EmdPool.start(workers === 0 ? {} : { workers });
  const measured: _Measured[] = [];
  for (const [number, sample] of samples.entries()) {
    const emd = await _emds(context, sample, number, pool);
    measured.push({ sample, ...waferShapes(waferTable(sample.charges)), emd });
  }
  for (const { sample, ...measures } of measured) {
    context.addQuantity(`${sample.name}: wafers`, "", [sample.charges.length / CELLS]);
    context.addQuantity(`${sample.name}: wafers without charge, left out`, "", [sample.empty]);
    for (const [key, { name, unit }] of _measures()) {
      const [median] = quantiles(measures[key], [0.5]);
      context.addQuantity(`${sample.name}: ${name}, median`, unit, [median]);
    }
  }
  for (const [key, measure] of _measures()) {
    context.addFigure(
      measure.file,
      _figure(
        measure,
        measured.map(({ sample, [key]: values }) => ({
          name: sample.name,
          values,
        })),
      ),
    );
  }
  context.addFile("table.md", new TextEncoder().encode(_table(measured)));
}

/** EMDs of random pairs of a sample. */
async function _emds(
  { config, seeds, progress }: ExperimentContext<Config>,
  { name, charges }: WaferSample,
  number: number,
  pool: EmdPool,
): Promise<Float64Array> {
  const stream = new RandomStream(seeds[0], "pairs of wafers", number);
  const pairs = randomPairs(charges.length / CELLS, config.pairs, stream);
  const { values } = await waferEmdPairs(charges, pairs, {
    pool,
    onProgress: (done) => progress(done, config.pairs, `EMDs of ${name}`),
  });
  return values;
}

function _measures(): [_MeasureName, _Measure][] {
  return Object.entries(MEASURES) as [_MeasureName, _Measure][];
}

/** Histograms of all samples, each of area 1 in bins. */
function _figure(
  { name, unit, of, edges, scale = "linear" }: _Measure,
  samples: readonly { name: string; values: Float64Array }[],
): Figure {
  const series = samples.map(({ name, values }): Series => ({
    kind: "histogram",
    name,
    edges,
    counts: _counts(values, edges).map((count) => count / values.length),
    filled: false,
  }));
  const title = name[0].toUpperCase() + name.slice(1);
  return {
    title,
    caption: `${title} for ${samples.map(({ name }) => name).join(", ")}; parts of all ${of} in ` +
      `each bin, the first and the last with what lies beyond.`,
    x: { label: name, unit, scale },
    y: { label: `part of the ${of}`, unit: "" },
    series,
  };
}

function _counts(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    const above = edges.findIndex((edge) => edge > value);
    if (above === 0) counts[0]++;
    else counts[(above < 0 ? edges.length - 1 : above) - 1]++;
  }
  return counts;
}

/** A line for each sample, with the median and the central 68 % of each measure. */
function _table(measured: readonly _Measured[]): string {
  const header = [
    "sample",
    "wafers",
    ..._measures().map(([, { name, unit }]) => unit === "" ? name : `${name} (${unit})`),
  ];
  const rows = measured.map(({ sample, ...measures }) => [
    sample.name,
    String(sample.charges.length / CELLS),
    ..._measures().map(([key, { decimals }]) => {
      const [low, median, high] = quantiles(measures[key], [0.16, 0.5, 0.84])
        .map((value) => value.toFixed(decimals));
      return `${median} [${low}, ${high}]`;
    }),
  ]);
  const lines = [header, header.map(() => "---"), ...rows].map((cells) =>
    `| ${cells.join(" | ")} |`
  );
  return `${lines.join("\n")}\n\nMedian [16 %, 84 % quantile] over wafers, or over random pairs.\n`;
}

async function _readSample(path: string, name: string, order: CellOrder): Promise<WaferSample> {
  const charged: Float64Array[] = [];
  let rows = 0;
  for await (const table of readWafers(path, { order })) {
    const hasCharge = (wafer: number) => chargesOf(table, wafer).some((charge) => charge > 0);
    charged.push(filterWafers(table, hasCharge).charges);
    rows += table.count;
  }
  const { charges, count } = concatenateWafers(charged.map((charges) => waferTable(charges)));
  if (count < 2) {
    throw new RangeError(
      `Cannot compare wafers of ${path}: it must hold at least 2 with charge, ` +
        `current number is ${count}`,
    );
  }
  return { name, charges, empty: rows - count };
}

/** Short names of files: without folder and ending where these are not needed to tell them apart. */
function _names(paths: readonly string[]): string[] {
  const short = paths.map((path) => basename(path).replace(/\.[^.]+$/, ""));
  const names = short.map((name, k) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : paths[k]
  );
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice === undefined) return names;
  throw new RangeError(`Cannot compare wafers: --input names ${twice} twice`);
}

if (import.meta.main) await runCommand(COMMAND, compareWafers);
