/**
 * Fig. 7: how well the trigger measures electrons after each compression.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/fig7_trigger_resolution.ts
 *
 * @module
 */
import { simulate } from "../src/datasets/simulate.ts";
import { SIMULATION } from "../src/datasets/simulation/constants.ts";
import {
  checksum,
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import type { EffectiveRmsMethod } from "../src/numerics/mod.ts";
import {
  autoencoderCodec,
  bestChoiceCodec,
  type PileUpForm,
  PUBLISHED_TRIGGER,
  runTrigger,
  superTriggerCellCodec,
  thresholdCodec,
  uncompressedCodec,
  type WaferCodec,
} from "../src/trigger/mod.ts";
import { type Command, runCommand } from "./std/command.ts";
import { EXPERIMENT_OPTIONS, runAndReport } from "./std/run_experiment.ts";
import { compareCodecs, type Comparison } from "./std/trigger_comparison.ts";
import { ratioByEta, resolutionByEta, resolutionByPt } from "./std/trigger_figures.ts";
import { readTriggerNetworks, type TriggerNetwork } from "./std/trigger_networks.ts";
import { publishedBin, publishedResolutions, triggerTables } from "./std/trigger_table.ts";

/** How many photons and electrons are simulated. */
const PRESETS = {
  quick: { photons: 300, electrons: 600 },
  standard: { photons: 1500, electrons: 4000 },
  paper: { photons: 3000, electrons: 14_500 },
} as const;

/** Transverse momenta of the samples, and from where on electrons are judged, GeV. */
const SAMPLES = {
  high: { pT: [5, 100], judgedFrom: 10, words: "10 to 100 GeV" },
  low: { pT: [2, 35], judgedFrom: 5, words: "5 to 35 GeV" },
} as const;

const OPTIONS = {
  networks: {
    kind: "text",
    value: "NAME=PATH,...",
    describe: "Autoencoders: folders of scripts/train_autoencoder.ts, manifests (.json) of " +
      "published weights, or 'default'; those of one name are shown as one curve",
    default: "",
  },
  quantised: { kind: "flag", describe: "Encoders of published weights have the published formats" },
  preset: {
    kind: "choice",
    choices: ["quick", "standard", "paper"],
    describe: "How many events to simulate",
    default: "quick",
  },
  sample: {
    kind: "choice",
    choices: ["high", "low"],
    describe: "Electrons of 10 to 100 GeV, or of the 2 to 35 GeV of the wafers trained on",
    default: "high",
  },
  "pile-up": {
    kind: "choice",
    choices: ["line", "bins"],
    describe: "Pile-up is taken out by one line in |eta| (published code) or in bins (the text)",
    default: "line",
  },
  rms: {
    kind: "choice",
    choices: ["published", "shortest_interval"],
    describe: "Which effective RMS",
    default: "published",
  },
  sum: {
    kind: "choice",
    choices: ["exact", "5E3M"],
    describe: "How autoencoders' wafers get their sum: exactly (published), or in 8 bits",
    default: "exact",
  },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  workers: { kind: "integer", describe: "Worker threads; 0 for all cores", least: 0, default: 0 },
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fig7_trigger_resolution.ts",
  summary: `\
Simulates photons without pile-up and electrons with 200 pile-up interactions, sends their wafers to the
trigger in several ways, finds clusters, calibrates each way by itself, and compares the effective RMS
of the electrons' transverse momentum: without compression, with the concentrator's conventional
algorithms, and with autoencoders. Errors of ratios know that the electrons are the same.

Presets:
  quick     300 photons and 600 electrons
  standard  1,500 photons and 4,000 electrons
  paper     3,000 photons and 14,500 electrons, of which 13,000 are of 10 GeV or more

Curves are divided by the one named weighted_mse, where there is one, otherwise by that without
compression. Beside telescope_mse and emd_cnn stand the published ratios; what the EMD gains over
telescope is told where there are telescope_mse and emd_cnn or exact_emd.`,
  permissions: {
    "--allow-read": "networks, this project's src (workers), and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--preset standard --networks ours=default",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  photons: number;
  electrons: number;
  sample: keyof typeof SAMPLES;
  pileUp: PileUpForm;
  rms: EffectiveRmsMethod;
  sum: "exact" | "5E3M";
  networks: readonly string[];
};

/**
 * Runs the experiment.
 *
 * @param options The options of the command line.
 */
export async function fig7TriggerResolution(
  options: {
    networks: string;
    quantised: boolean;
    preset: keyof typeof PRESETS;
    sample: keyof typeof SAMPLES;
    "pile-up": PileUpForm;
    rms: EffectiveRmsMethod;
    sum: "exact" | "5E3M";
    seed: number;
    workers: number;
    results: string;
    force: boolean;
  },
): Promise<void> {
  const { preset, sample, rms, sum, seed, workers, results, force } = options;
  const networks = await readTriggerNetworks(options.networks, options.quantised);
  // A change of the simulation's constants or of a network is a change of what goes in.
  const origin = [SIMULATION, networks.map((network) => network.checksum)];
  const folder = await runAndReport(fig7Experiment(networks, workers), {
    config: {
      ...PRESETS[preset],
      sample,
      pileUp: options["pile-up"],
      rms,
      sum,
      networks: networks.map(({ name }) => name),
    },
    seeds: [seed],
    dataChecksum: await checksum(new TextEncoder().encode(JSON.stringify(origin))),
    results,
    force,
  });
  console.log(`  The tables: ${folder}/tables.md`);
}

/**
 * The experiment.
 *
 * @param networks The autoencoders.
 * @param workers Worker threads; 0 for all cores. The result does not depend on it.
 * @returns The experiment.
 */
export function fig7Experiment(
  networks: readonly TriggerNetwork[],
  workers: number,
): Experiment<Config> {
  return defineExperiment<Config>({
    name: "fig7_trigger_resolution",
    title: "Fig. 7: electrons in the trigger after compression",
    run: (context) => _run(context, networks, workers),
  });
}

async function _run(
  context: ExperimentContext<Config>,
  networks: readonly TriggerNetwork[],
  workers: number,
): Promise<void> {
  const { config, seeds: [seed] } = context;
  const codecs: WaferCodec[] = [
    uncompressedCodec(),
    thresholdCodec(),
    bestChoiceCodec(),
    superTriggerCellCodec(),
    ...networks.map(({ name, network }) => autoencoderCodec(network, { name, sum: config.sum })),
  ];
  const { pT, judgedFrom, words } = SAMPLES[config.sample];
  const beam = {
    seed,
    pT,
    eta: [1.6, 2.9] as const,
    workers: workers === 0 ? navigator.hardwareConcurrency : workers,
  };
  const run = (kind: "photon" | "electron", events: number, pileUp: number) => {
    const onProgress = (done: number, total: number) => context.progress(done, total, `${kind}s`);
    const tables = simulate({ ...beam, particle: kind, events, pileUp, onProgress });
    return runTrigger(tables, codecs, { generated: events });
  };
  const photons = await run("photon", config.photons, 0);
  const electrons = await run("electron", config.electrons, 200);
  const comparison = compareCodecs(photons, electrons, "weighted_mse", {
    pileUp: config.pileUp,
    method: config.rms,
    judgedFrom,
    seed,
  });
  _addQuantities(context, comparison);
  const described = `${_judged(comparison)} electrons of ${words}, 200 pile-up`;
  context.addFile("tables.md", new TextEncoder().encode(triggerTables(comparison)));
  context.addFigure("resolution_by_eta", resolutionByEta(comparison, described));
  context.addFigure("ratio_by_eta", ratioByEta(comparison, described));
  context.addFigure("resolution_by_pt", resolutionByPt(comparison, described));
}

/** Electrons that are judged, found or not. */
function _judged({ byEta }: Comparison): number {
  return byEta.bins.reduce((sum, { events }) => sum + events, 0);
}

type _Quantities = Pick<ExperimentContext, "addQuantity">;

function _addQuantities(context: _Quantities, comparison: Comparison): void {
  const { curves, reference, byEta } = comparison;
  const published = publishedResolutions(byEta.bins);
  const publishedMean = published.reduce((sum, value) => sum + value, 0) / published.length;
  curves.forEach(({ name, codecs }, k) => {
    const { value, error } = byEta.curves[k].meanResolution;
    const paper = k === 0 ? { paper: publishedMean } : {};
    context.addQuantity(
      `${name}: bits a wafer`,
      "",
      codecs.map(({ electrons }) => electrons.bitsPerWafer),
    );
    context.addQuantity(
      `${name}: electrons found`,
      "%",
      codecs.map(({ electrons }) => _foundShare(electrons.outcomes)),
    );
    context.addQuantity(`${name}: mean RMS_eff / mean`, "", [value], paper);
    context.addQuantity(`${name}: error of the mean`, "", [error]);
  });
  _addRatios(context, comparison, reference, curves.map(({ name }) => name));
  const telescope = curves.findIndex(({ name }) => name === "telescope_mse");
  if (telescope >= 0 && telescope !== reference) {
    _addRatios(context, comparison, telescope, ["emd_cnn", "exact_emd"]);
  }
  const deviations = byEta.curves[0].resolution
    .map(({ value }, bin) => 100 * (value / published[bin] - 1));
  context.addQuantity(
    "no compression: deviation from the published resolution, bin by bin",
    "%",
    deviations,
    { paper: 0 },
  );
}

/** Mean ratios over the bins to one curve, each with its paired error. */
function _addRatios(
  context: _Quantities,
  { curves, byEtaRelativeTo }: Comparison,
  reference: number,
  names: readonly string[],
): void {
  const relative = byEtaRelativeTo(reference), to = curves[reference].name;
  curves.forEach(({ name }, k) => {
    if (k === reference || !names.includes(name)) return;
    const { value, error } = relative.curves[k].meanRatio;
    const paper = _publishedRatio(relative, name, to);
    const what = `${name}: mean ratio to ${to}`;
    context.addQuantity(what, "", [value], paper === undefined ? {} : { paper });
    context.addQuantity(`${what}, its error`, "", [error]);
  });
}

/** Published ratio of one loss to another: mean over the bins that were measured. */
function _publishedRatio(
  { bins }: Comparison["byEta"],
  name: string,
  to: string,
): number | undefined {
  const published: Readonly<Record<string, readonly number[]>> = {
    ...PUBLISHED_TRIGGER.ratioToWeightedMse,
    weighted_mse: new Array(13).fill(1),
  };
  if (!(name in published && to in published)) return undefined;
  const ratios = bins.map(({ low }) => publishedBin(low))
    .map((bin) => published[name][bin] / published[to][bin]);
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/** Found of those that are inside the acceptance, per cent. */
function _foundShare(outcomes: Readonly<Record<string, number>>): number {
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const inside = all - outcomes.outside_acceptance;
  return inside > 0 ? 100 * outcomes.found / inside : 0;
}

if (import.meta.main) await runCommand(COMMAND, fig7TriggerResolution);
