/**
 * Codecs that need no learning, side by side: the exact EMD of what they make of wafers, against the
 * bits that they take.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/compare_codecs.ts --input FILE.csv
 *
 * @module
 */
import {
  BIT_BUDGETS,
  type Codec,
  codec,
  type CodecName,
  codecNames,
  type CodecOptions,
  codecSettingsAt,
  evaluateReconstruction,
  fitCodecs,
  type ReconstructionEvaluation,
} from "../src/codecs/mod.ts";
import { splitWafers } from "../src/datasets/pairs/splits.ts";
import { selectWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { RandomStream } from "../src/numerics/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { codecTable, type JudgedCodec, occupancyFigure, rateFigure } from "./std/codec_report.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { tell } from "./std/experiment_events.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  seed: { kind: "integer", describe: "First seed of the split", default: 1 },
  seeds: { kind: "integer", describe: "Number of seeds", least: 1, default: 2 },
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/compare_codecs.ts",
  summary: `\
Encodes wafers in at most ${
    BIT_BUDGETS.join(", ")
  } bits by codecs that need no learning, and compares
what comes back with the wafers: median, central 68 % and mean of the exact EMD, over all wafers and by
occupancy, as a table and in figures.

30 % of the wafers judge. Codecs are fitted to simulated wafers, as they are unless told otherwise, and
to the other 70 %.`,
  permissions: {
    "--allow-read": "the input file, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --seeds 3",
};

/** What the result depends on, besides seeds and data. */
type Config = { order: CellOrder };

/** A codec with what is told of it. */
type _Candidate = Omit<JudgedCodec, "evaluations"> & { readonly codec: Codec };

if (import.meta.main) await runCommand(COMMAND, compareCodecs);

/**
 * Runs the experiment on a file.
 *
 * @param options The options of the command line.
 */
export async function compareCodecs(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, seed, seeds } = options;
  const wafers = await readDistinctWafers(input, order);
  const folder = await runAndReport(compareCodecsExperiment(wafers), {
    script: import.meta.url,
    config: { order },
    seeds: Array.from({ length: seeds }, (_, k) => seed + k),
    dataChecksum: await fileChecksum(input),
  }, options);
  tell(`  ${folder}/table.md`, options);
}

/**
 * The experiment on wafers in memory.
 *
 * @param wafers Wafers with charge, no two of them the same.
 * @returns The experiment.
 */
export function compareCodecsExperiment(wafers: WaferTable): Experiment<Config> {
  return defineExperiment<Config>({
    name: "compare_codecs",
    title: `Codecs on ${wafers.count} wafers`,
    run: (context) => _run(context, wafers),
  });
}

function _run(context: ExperimentContext<Config>, wafers: WaferTable): void {
  const { seeds } = context;
  const evaluations: ReconstructionEvaluation[][] = [];
  let candidates: _Candidate[] = [], judges = 0;
  seeds.forEach((seed, done) => {
    context.progress(done, seeds.length, "splits");
    const split = splitWafers(wafers, { stream: new RandomStream(seed, "split of wafers") });
    const { charges, count } = selectWafers(wafers, split.validation);
    const ofSeed = _candidates(selectWafers(wafers, split.train).charges);
    // Settings may differ between seeds; those of the first one are told.
    if (done === 0) [candidates, judges] = [ofSeed, count];
    ofSeed.forEach(({ codec }, row) => {
      (evaluations[row] ??= []).push(evaluateReconstruction(charges, codec.reconstruct(charges)));
    });
  });

  const judged = candidates.map(({ codec: _, ...told }, row): JudgedCodec => ({
    ...told,
    evaluations: evaluations[row],
  }));
  for (const { name, budget, fittedTo, evaluations } of judged) {
    if (budget === undefined) continue;
    context.addQuantity(
      `median EMD, ${name} in at most ${budget} bits, fitted to ${fittedTo}`,
      "half pitch",
      evaluations.map(({ all }) => all.median),
    );
  }
  context.addFile("table.md", new TextEncoder().encode(codecTable(judged)));
  context.addFigure("emd_against_bits", rateFigure(judged, judges));
  for (const budget of BIT_BUDGETS) {
    context.addFigure(`emd_against_occupancy_${budget}_bits`, occupancyFigure(judged, budget));
  }
}

/** All codecs at all budgets, fitted to simulated wafers and to those given; and single settings. */
function _candidates(learn: Float64Array): _Candidate[] {
  const fits = fitCodecs(learn);
  const both = [["simulated wafers", undefined], ["wafers of the file", fits]] as const;
  const atBudgets = BIT_BUDGETS.flatMap((budget) =>
    codecNames().flatMap((name) =>
      both.map(([fittedTo, fits]) =>
        _candidate(name, codecSettingsAt(budget, fits)[name], { budget, fittedTo })
      )
    )
  );
  const unfitted = { fittedTo: "nothing" } as const;
  return [
    ...atBudgets,
    _candidate("sqrt_levels", { count: 8, levels: "uniform" }, unfitted),
    _candidate("largest_k", { cells: 19, chargeBits: 5 }, unfitted),
    _candidate("largest_k", { cells: 19, chargeBits: 5, rest: "drop" }, unfitted),
    _candidate("largest_k", { cells: 24, chargeBits: 4 }, unfitted),
    _candidate("largest_k", { cells: 17, chargeBits: 6, address: "combinatorial" }, unfitted),
    _candidate("super_cells", { levels: 4096, place: false }, unfitted),
    _candidate("super_cells", { levels: 1024, largestPart: 1 }, unfitted),
    ...both.flatMap(([fittedTo, fits]) => {
      const model = fits && { model: fits.pca };
      return ([144, "float"] as const).map((bits) =>
        _candidate("pca", { coefficients: 16, bits, ...model }, { fittedTo })
      );
    }),
  ];
}

function _candidate<N extends CodecName>(
  name: N,
  options: CodecOptions[N],
  told: Pick<JudgedCodec, "budget" | "fittedTo">,
): _Candidate {
  const made = codec(name, options);
  return { ...told, name, bits: made.bits, setting: _inWords(options), codec: made };
}

/** The options that a reader can read: numbers and words, not lists. */
function _inWords(options: CodecOptions[CodecName]): string {
  return Object.entries(options)
    .filter(([, value]) => typeof value !== "object")
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
