/**
 * Rate and distortion: what so many bits a wafer are worth to autoencoders and to codecs that need no
 * learning.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/rate_distortion.ts
 *
 * @module
 */
import { codecsAt, fitCodecs } from "../src/codecs/mod.ts";
import { selectWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  type Figure,
  type Series,
} from "../src/experiments/mod.ts";
import { PALETTE } from "../src/experiments/color_map.ts";
import { autoencoderLossNames } from "../src/models/autoencoder/autoencoder_loss.ts";
import { DEFAULT_RECIPE } from "../src/models/autoencoder/training.ts";
import { econFormats } from "../src/models/published/econ_formats.ts";
import { summarise, summariseByBin, type Summary } from "../src/numerics/mod.ts";
import type { BackendName } from "../src/tensor/mod.ts";
import { type CellOrder, CELLS, occupancies, waferEmdBatch } from "../src/wafer/mod.ts";
import { chosenNames } from "./std/chosen_names.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitNumbersInThree } from "./std/distinct_wafers.ts";
import { judgeNetworks, seedsOf } from "./std/judged_networks.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS } from "./std/training_options.ts";

/** Steps and number of seeds of each preset, unless told otherwise. */
const PRESETS = {
  quick: { steps: 700, seeds: 1 },
  standard: { steps: 6000, seeds: 3 },
} as const;

const OPTIONS = {
  ...WAFER_OPTIONS,
  losses: {
    kind: "text",
    value: "NAME,...",
    describe: `Of ${autoencoderLossNames().join(", ")}`,
    default: "telescope_mse,exact_emd",
  },
  preset: presetOption(
    ["quick", "standard"],
    "How long to train: 700 or 6,000 steps, 1 or 3 seeds",
  ),
  seed: SEED_OPTIONS.seed,
  backend: BACKEND_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/rate_distortion.ts",
  summary: `\
Trains autoencoders with latents of 3, 5, 7 and 9 bits, that is 48, 80, 112 and 144 bits a wafer, and
compares them with codecs of as many bits that need no learning (docs/codecs.md): median and quantile
0.84 of the exact EMD of wafers that were not trained on and what is made of them, in all and by the
number of trigger cells with charge. The sum of a wafer's charges is sent apart by all of them.`,
  permissions: {
    "--allow-read": "the input, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --preset standard",
};

/** Bits of a latent, and latents. */
const LATENT_BITS = [3, 5, 7, 9], LATENTS = 16;
/** First occupancies of the bins, and the first beyond the last. */
const OCCUPANCIES = [1, 10, 20, 30, CELLS + 1];

/** What the result depends on, besides seeds and data. */
type Config = { steps: number; losses: string[]; order: CellOrder; backend: string };

/** What the experiment works on. */
export interface RateDistortionInputs {
  /** Wafers with charge, no two of them the same. */
  readonly wafers: WaferTable;
  /** Where networks are kept. */
  readonly results: string;
  /** The backend of the workers. */
  readonly backend: BackendName;
  /** Whether to train again what is there. */
  readonly force?: boolean;
}

/** What a method does at some bits. */
interface Point {
  /** An autoencoder's loss, or a codec. */
  readonly method: string;
  /** Bits a wafer. */
  readonly bits: number;
  /** Median of each seed, and quantile 0.84. */
  readonly summaries: readonly Summary[];
  /** Medians by occupancy, all seeds together. */
  readonly byOccupancy: readonly number[];
}

/**
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function rateDistortion(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, results, force, backend, seed } = options;
  const description = await startBackend(backend, options);
  const wafers = await readDistinctWafers(input, order);
  const { steps, seeds } = PRESETS[options.preset];
  const losses = chosenNames(
    options.losses,
    autoencoderLossNames(),
    "Cannot compare rates: --losses",
  );
  await runAndReport(rateDistortionExperiment({ wafers, results, backend, force }), {
    script: import.meta.url,
    config: { steps, losses, order, backend: description },
    seeds: seedsOf(seed, seeds),
    dataChecksum: await fileChecksum(input),
    backend: description,
  }, options);
}

/**
 * The experiment on wafers in memory, on the tensor backend in use.
 *
 * @param inputs Wafers, and where networks are kept.
 * @returns The experiment.
 */
export function rateDistortionExperiment(inputs: RateDistortionInputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "rate_distortion",
    title: `Rate and distortion on wafers of ${inputs.wafers.count}`,
    run: (context) => _run(context, inputs),
  });
}

async function _run(
  context: ExperimentContext<Config>,
  inputs: RateDistortionInputs,
): Promise<void> {
  const points = [...await _autoencoders(context, inputs), ..._codecs(context, inputs.wafers)];
  for (const { method, bits, summaries } of points) {
    const add = (what: string, of: (summary: Summary) => number) =>
      context.addQuantity(
        `${method}, ${bits} bits: ${what}`,
        "half pitch",
        summaries.map(of),
      );
    add("median EMD", ({ median }) => median);
    add("quantile 0.84", ({ high }) => high);
  }
  context.addFigure("median_emd_by_bits", _figure(points));
  context.addFile("table.md", new TextEncoder().encode(_table(points)));
}

async function _autoencoders(
  context: ExperimentContext<Config>,
  inputs: RateDistortionInputs,
): Promise<Point[]> {
  const { config: { steps, losses, backend }, seeds } = context;
  const kinds = LATENT_BITS.flatMap((bits) => losses.map((loss) => ({ bits, loss })));
  const judged = await judgeNetworks({
    ...inputs,
    seeds,
    description: backend,
    wanted: (train, seed) =>
      kinds.map(({ bits, loss }) => ({
        name: `${loss}, ${bits}`,
        wafers: train,
        architecture: {
          formats: econFormats({ latentBits: bits }),
          decoder: { kind: "convolutional" },
          conditions: [],
        },
        loss,
        recipe: DEFAULT_RECIPE,
        steps,
        seed,
      })),
    onProgress: (done, total) => context.progress(done, total, "Training"),
  });
  return judged.map(({ evaluations, emd, wafer }, k) => ({
    method: `autoencoder (${kinds[k].loss})`,
    bits: LATENTS * kinds[k].bits,
    summaries: evaluations,
    byOccupancy: _byOccupancy(emd, wafer, inputs.wafers),
  }));
}

/** Codecs of as many bits, fitted to the wafers that the networks of a seed are trained on. */
function _codecs({ seeds }: ExperimentContext<Config>, wafers: WaferTable): Point[] {
  const sides = seeds.map((seed) => splitNumbersInThree(wafers, seed));
  const judged = Uint32Array.from(sides.flatMap(({ judge }) => [...judge]));
  const fits = sides.map(({ train }) => fitCodecs(selectWafers(wafers, train).charges));
  return LATENT_BITS.flatMap((latentBits) => {
    const perSeed = fits.map((fit) => codecsAt(LATENTS * latentBits, fit));
    return perSeed[0].map(({ name }, which): Point => {
      const emds = sides.map(({ judge }, seed) => {
        const { charges } = selectWafers(wafers, judge);
        return waferEmdBatch(charges, perSeed[seed][which].reconstruct(charges)).values;
      });
      return {
        method: name,
        bits: Math.max(...perSeed.map((codecs) => codecs[which].bits)),
        summaries: emds.map(summarise),
        byOccupancy: _byOccupancy(
          Float64Array.from(emds.flatMap((emd) => [...emd])),
          judged,
          wafers,
        ),
      };
    });
  });
}

/** Medians by the number of cells with charge; NaN where there are no wafers. */
function _byOccupancy(emd: Float64Array, wafer: Uint32Array, { charges }: WaferTable): number[] {
  const occupied = occupancies(charges);
  return summariseByBin(emd, Float64Array.from(wafer, (number) => occupied[number]), OCCUPANCIES)
    .map(({ median }) => median);
}

function _figure(points: readonly Point[]): Figure {
  const methods = [...new Set(points.map(({ method }) => method))];
  const series = methods.flatMap((method, k): Series[] => {
    const own = points.filter((point) => point.method === method);
    const medians = own.map(({ summaries }) => _mean(summaries.map(({ median }) => median)));
    const highs = own.map(({ summaries }) => _mean(summaries.map(({ high }) => high)));
    const x = own.map(({ bits }) => bits), color = PALETTE[k % PALETTE.length];
    const isLearnt = method.startsWith("autoencoder");
    return [
      { kind: "line", name: method, x, y: medians, color, dash: isLearnt ? "solid" : "dashed" },
      {
        kind: "points",
        x,
        y: medians,
        yError: { low: x.map(() => 0), high: highs.map((high, b) => high - medians[b]) },
        color,
      },
    ];
  });
  return {
    title: "What bits are worth: exact EMD against bits a wafer",
    subtitle: "median, and quantile 0.84 at the end of the bar",
    caption:
      "Wafers that were not trained on. Codecs need no training; best-choice ones sort cells.",
    x: { label: "bits a wafer", unit: "" },
    y: { label: "EMD", unit: "half pitch" },
    series,
  };
}

function _table(points: readonly Point[]): string {
  const bins = OCCUPANCIES.slice(1).map((to, bin) => `${OCCUPANCIES[bin]}-${to - 1} cells`);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const number = (value: number) => Number.isNaN(value) ? "-" : value.toFixed(3);
  const rows = points.map(({ method, bits, summaries, byOccupancy }) =>
    line([
      method,
      `${bits}`,
      number(_mean(summaries.map(({ median }) => median))),
      number(_mean(summaries.map(({ high }) => high))),
      ...byOccupancy.map(number),
    ])
  );
  const heads = ["method", "bits", "median EMD", "quantile 0.84", ...bins];
  return [line(heads), line(heads.map(() => "---")), ...rows, ""].join("\n");
}

function _mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}

if (import.meta.main) await runCommand(COMMAND, rateDistortion);
