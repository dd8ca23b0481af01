/**
 * What the EMD may be good for besides: pile-up removal, anomalies, observables that are tuned.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/outlook.ts
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { quantiles } from "../src/numerics/mod.ts";
import type { BackendName } from "../src/tensor/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { anomalyScores, unusualWafers } from "./std/anomaly_scores.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { seedsOf } from "./std/judged_networks.ts";
import {
  type ComparedSamples,
  removalDrawing,
  removalFigure,
  type RemovedPileUp,
  rocFigure,
  shapesFigure,
} from "./std/outlook_figures.ts";
import {
  chargedRows,
  chargesAt,
  clearRows,
  type OutlookWafers,
  outlookWafers,
  pileUpRows,
  splitByEvent,
} from "./std/outlook_wafers.ts";
import { pairsAt, removePileUp, type Remover, REMOVERS } from "./std/pile_up_removal.ts";
import { rocArea } from "./std/roc.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS } from "./std/training_options.ts";
import { leadingFraction, meanShape, shapeEmd, tuneShape } from "./std/tuned_shape.ts";

/** Events, seeds, and steps of each network and shape. */
const PRESETS = {
  quick: { events: 100, seeds: 2, removal: 150, autoencoder: 100, shape: 200 },
  standard: { events: 400, seeds: 3, removal: 600, autoencoder: 400, shape: 600 },
} as const;

const OPTIONS = {
  anomalies: {
    kind: "text",
    value: "FILE",
    describe: "Unusual wafers of your own, for example of jets: columns CALQ_0 to CALQ_47",
    default: "",
    names: "input",
  },
  order: WAFER_OPTIONS.order,
  preset: presetOption(["quick", "standard"], "How many events and steps"),
  seed: SEED_OPTIONS.seed,
  backend: BACKEND_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/outlook.ts",
  summary: `\
Three small demonstrations on simulated wafers, each with a baseline and the spread over seeds:

  pile-up removal  a network takes pile-up out of wafers, trained with the exact EMD and with sliced
                   Wasserstein; against a constant subtraction
  anomalies        wafers with two photons, hadrons or bursts of noise, by the EMD to what an autoencoder
                   of usual wafers makes of them; against the mean squared error
  tuned shape      the EMD from a shape around the leading cell tells electrons from pile-up; the shape is
                   tuned by gradient; against the mean shape and the part of the leading cells

Presets:
  quick     100 events; 2 seeds. Half a minute on two cores
  standard  400 events; 3 seeds. A few minutes`,
  permissions: {
    "--allow-read": "the input, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--preset standard",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  events: number;
  removal: number;
  autoencoder: number;
  shape: number;
  order: CellOrder;
  backend: string;
};

/** What the experiment works on. */
export interface OutlookInputs {
  /** Simulated wafers. */
  readonly wafers: OutlookWafers;
  /** Further unusual wafers, none empty. */
  readonly anomalies?: WaferTable | undefined;
  /** Where networks are kept. */
  readonly results: string;
  /** The backend of the workers. */
  readonly backend: BackendName;
  /** Whether to train again what is there. */
  readonly force?: boolean;
}

/**
 * Simulates wafers and runs the experiment.
 *
 * @param options The options of the command line.
 */
export async function outlook(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { anomalies: file, order, results, force, backend, seed } = options;
  const { seeds, ...sizes } = PRESETS[options.preset];
  const description = await startBackend(backend, options);
  const wafers = await outlookWafers(sizes.events, seed);
  const anomalies = file === "" ? undefined : await readDistinctWafers(file, order);
  await runAndReport(outlookExperiment({ wafers, anomalies, results, backend, force }), {
    script: import.meta.url,
    config: { ...sizes, order, backend: description },
    seeds: seedsOf(seed, seeds),
    dataChecksum: file === "" ? "" : await fileChecksum(file),
    backend: description,
  }, options);
}

/**
 * The experiment on wafers in memory, on the tensor backend in use.
 *
 * @param inputs Wafers, and where networks are kept.
 * @returns The experiment.
 */
export function outlookExperiment(inputs: OutlookInputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "outlook",
    title: "Outlook: pile-up removal, anomalies, and an observable that is tuned",
    async run(context) {
      await _pileUpRemoval(context, inputs);
      await _anomalies(context, inputs);
      _tunedShape(context, inputs);
    },
  });
}

/** Takes pile-up out of wafers in which the electron is clearly seen. */
async function _pileUpRemoval(
  context: ExperimentContext<Config>,
  { wafers }: OutlookInputs,
): Promise<void> {
  const { config, seeds } = context;
  const charged = new Set(chargedRows(wafers.clean));
  const rows = clearRows(wafers.amid).filter((row) => charged.has(row));
  const runs: RemovedPileUp[] = [];
  for (const seed of seeds) {
    const split = splitByEvent(wafers.amid, rows, seed);
    const test = pairsAt(wafers, split.test);
    const options = { steps: config.removal, seed };
    runs.push({ test, left: await removePileUp(pairsAt(wafers, split.train), test, options) });
    context.progress(runs.length, seeds.length, "Pile-up removal");
  }
  const medians = (remover: Remover) =>
    runs.map(({ left }) => quantiles(left[remover].emd, [0.5])[0]);
  for (const remover of REMOVERS) {
    context.addQuantity(`pile-up removal, ${remover}: median EMD`, "half pitch", medians(remover));
  }
  const sliced = medians("sliced");
  const gains = medians("exact EMD").map((median, run) => 100 * (1 - median / sliced[run]));
  context.addQuantity("pile-up removal, exact EMD below sliced", "%", gains);
  const figure = removalFigure(runs);
  if (figure !== undefined) context.addFigure("pile_up_removal", figure);
  context.addFigure("pile_up_removed", removalDrawing(runs[0]));
}

/** Finds unusual wafers by what they lose in an autoencoder of usual ones. */
async function _anomalies(
  context: ExperimentContext<Config>,
  inputs: OutlookInputs,
): Promise<void> {
  const { config, seeds } = context, { wafers } = inputs;
  const areas = new Map<string, number[]>();
  for (const [run, seed] of seeds.entries()) {
    const { train, test } = splitByEvent(wafers.amid, clearRows(wafers.amid), seed);
    const usual = chargesAt(wafers.amid, test);
    const unusual = unusualWafers(wafers, usual, seed);
    if (inputs.anomalies !== undefined) {
      unusual.set("file", { ...inputs.anomalies, columns: {} });
    }
    const found = await anomalyScores({
      ...inputs,
      description: config.backend,
      train: chargesAt(wafers.amid, train),
      kinds: new Map([["usual", usual], ...unusual]),
      steps: config.autoencoder,
      seed,
    });
    const curves: ComparedSamples[] = [];
    for (const { loss, score, byKind } of found) {
      const background = byKind.get("usual")!;
      for (const [k, kind] of [...unusual.keys()].entries()) {
        const signal = byKind.get(kind)!, title = `${kind}, ${score} of ${loss}`;
        areas.set(title, [...areas.get(title) ?? [], rocArea(signal, background)]);
        if ((loss === "exact_emd") !== (score === "EMD")) continue;
        const name = `${kind}, ${score}`;
        curves.push({ name, signal, background, color: k, dashed: score === "MSE" });
      }
    }
    if (run === 0) {
      const title = "Unusual wafers found by their reconstruction";
      const subtitle = "each score by the autoencoder that was trained with it";
      context.addFigure(
        "anomalies",
        rocFigure(title, subtitle, "unusual wafers", "usual ones", curves),
      );
    }
    context.progress(run + 1, seeds.length, "Anomalies");
  }
  for (const [title, values] of areas) {
    context.addQuantity(`anomalies, ${title}: ROC area`, "", values);
  }
}

/** Tells electrons from pile-up by the EMD from a shape. */
function _tunedShape(context: ExperimentContext<Config>, { wafers }: OutlookInputs): void {
  const { config, seeds } = context, { amid } = wafers;
  const areas = new Map<string, number[]>();
  for (const [run, seed] of seeds.entries()) {
    const electrons = splitByEvent(amid, clearRows(amid), seed);
    const pileUp = splitByEvent(amid, pileUpRows(amid), seed);
    const charges = (rows: readonly number[]) => selectWafers(amid, rows).charges;
    const [signal, background] = [charges(electrons.train), charges(pileUp.train)];
    const untuned = meanShape(signal);
    const tuned = tuneShape(signal, background, { steps: config.shape, seed });
    const cells = _bestNumberOfCells(signal, background);
    const near = (shape: Float64Array) => (rows: Float64Array) =>
      shapeEmd(rows, shape).values.map((emd) => -emd);
    const observables = {
      "leading cells": (rows: Float64Array) => leadingFraction(rows, cells),
      "mean shape": near(untuned),
      "tuned shape": near(tuned),
    };
    const [testSignal, testBackground] = [charges(electrons.test), charges(pileUp.test)];
    const samples = Object.entries(observables).map(([name, of], color) => ({
      name,
      signal: of(testSignal),
      background: of(testBackground),
      color,
    }));
    for (const { name, signal, background } of samples) {
      areas.set(name, [...areas.get(name) ?? [], rocArea(signal, background)]);
    }
    if (run === 0) {
      const title = "Electrons told from pile-up by the EMD from a shape";
      const subtitle = "wafers apart; the leading cells' part of the charge beside";
      context.addFigure(
        "tuned_shape_roc",
        rocFigure(title, subtitle, "electrons", "pile-up", samples),
      );
      const shapes = new Map([["mean of electrons", untuned], ["tuned", tuned]]);
      context.addFigure("tuned_shape", shapesFigure(shapes));
    }
    context.progress(run + 1, seeds.length, "Tuned shape");
  }
  for (const [name, values] of areas) {
    context.addQuantity(`electrons from pile-up, ${name}: ROC area`, "", values);
  }
}

/** How many leading cells tell both kinds apart best, on the wafers to learn from. */
function _bestNumberOfCells(signal: Float64Array, background: Float64Array): number {
  const area = (cells: number) =>
    rocArea(leadingFraction(signal, cells), leadingFraction(background, cells));
  return [1, 2, 3, 4, 6, 8].reduce((one, other) => area(other) > area(one) ? other : one);
}

if (import.meta.main) await runCommand(COMMAND, outlook);
