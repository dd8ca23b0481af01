/**
 * Fig. 7: how well the trigger measures electrons after each compression.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/fig7_trigger_resolution.ts
 *
 * @module
 */
import { codecsAt } from "../src/codecs/mod.ts";
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
  runTrigger,
  shareCodec,
  superTriggerCellCodec,
  thresholdCodec,
  uncompressedCodec,
  type WaferCodec,
} from "../src/trigger/mod.ts";
import { COMMAND as FIG6, fig6Networks } from "./fig6_autoencoder.ts";
import { type Command, type CommandValues, parseCommand, runCommand } from "./std/command.ts";
import { presetOption, WORKERS_OPTION } from "./std/common_options.ts";
import { tell } from "./std/experiment_events.ts";
import { EXPERIMENT_OPTIONS, runAndReport } from "./std/run_experiment.ts";
import { compareCodecs, type Comparison } from "./std/trigger_comparison.ts";
import { ratioByEta, resolutionByEta, resolutionByPt } from "./std/trigger_figures.ts";
import { readTriggerNetworks, type TriggerNetwork } from "./std/trigger_networks.ts";
import { addTriggerQuantities } from "./std/trigger_quantities.ts";
import { triggerTables } from "./std/trigger_table.ts";

/** How many photons and electrons are simulated. */
const PRESETS = {
  quick: { photons: 300, electrons: 600 },
  standard: { photons: 1500, electrons: 4000 },
  paper: { photons: 3000, electrons: 14_500 },
} as const;

/** Transverse momenta of the samples, and from where on electrons are judged, GeV. */
const SAMPLES = {
  high: { pT: [5, 100], judgedFrom: 10, isPublishedSample: true, words: "10 to 100 GeV" },
  low: { pT: [2, 35], judgedFrom: 5, isPublishedSample: false, words: "5 to 35 GeV" },
} as const;

const OPTIONS = {
  networks: {
    kind: "text",
    value: "NAME=PATH,...",
    describe: "Autoencoders: folders of scripts/train_autoencoder.ts, manifests (.json) of " +
      "published weights, or 'default'; those of one name are shown as one curve",
    default: "",
  },
  fig6: {
    kind: "choice",
    choices: ["none", "quick", "standard", "paper"],
    describe:
      "The networks of scripts/fig6_autoencoder.ts with this preset, too: those that it has " +
      "kept, and trained now where there are none",
    default: "none",
  },
  input: { ...FIG6.options.input, describe: "Wafers that networks of Fig. 6 learn from" },
  order: FIG6.options.order,
  backend: {
    ...FIG6.options.backend,
    describe: "What trains networks of Fig. 6; blas needs --allow-ffi as well",
  },
  quantised: { kind: "flag", describe: "Encoders of published weights have the published formats" },
  "codec-bits": {
    kind: "integer",
    describe: "Codecs that need no learning, at so many bits, beside (48 or more); 0 for none",
    least: 0,
    default: 0,
  },
  preset: presetOption(["quick", "standard", "paper"], "How many events to simulate"),
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
  workers: WORKERS_OPTION,
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
    "--allow-read": "networks, the input, this project's code, and earlier results",
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
  codecBits: number;
  leastClusters: number;
  networks: readonly string[];
};

/**
 * Runs the experiment.
 *
 * @param options The options of the command line.
 */
export async function fig7TriggerResolution(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { preset, sample, rms, sum, seed, workers } = options;
  const list = [options.networks, ...await _fig6(options)].join(",");
  const networks = await readTriggerNetworks(list, options.quantised);
  // A change of the simulation's constants or of a network is a change of what goes in.
  const origin = [SIMULATION, networks.map((network) => network.checksum)];
  const folder = await runAndReport(fig7Experiment(networks, workers), {
    script: import.meta.url,
    config: {
      ...PRESETS[preset],
      sample,
      pileUp: options["pile-up"],
      rms,
      sum,
      codecBits: options["codec-bits"],
      leastClusters: 20,
      networks: networks.map(({ name }) => name),
    },
    seeds: [seed],
    dataChecksum: await checksum(new TextEncoder().encode(JSON.stringify(origin))),
  }, options);
  tell(`  The tables: ${folder}/tables.md`, options);
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
  const codecs = _codecs(config, networks);
  const { pT, words, ...judging } = SAMPLES[config.sample];
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
    leastClusters: config.leastClusters,
    seed,
    ...judging,
  });
  addTriggerQuantities(context, comparison);
  const described = `${_judged(comparison)} electrons of ${words}, 200 pile-up`;
  context.addFile("tables.md", new TextEncoder().encode(triggerTables(comparison)));
  context.addFigure("resolution_by_eta", resolutionByEta(comparison, described));
  context.addFigure("ratio_by_eta", ratioByEta(comparison, described));
  context.addFigure("resolution_by_pt", resolutionByPt(comparison, described));
}

/** The networks of Fig. 6, as NAME=PATH. */
async function _fig6(options: CommandValues<typeof OPTIONS>): Promise<string[]> {
  const { fig6: preset, input, order, backend, results, seed, quiet, json } = options;
  if (preset === "none") return [];
  const networks = await fig6Networks({
    ...parseCommand(FIG6, [])!,
    ...{ preset, input, order, backend, results, seed, quiet, json },
  });
  return networks.map(({ loss, folder }) => `${loss}=${folder}`);
}

/** All ways of sending wafers, that without compression first. */
function _codecs(
  { codecBits, sum }: Config,
  networks: readonly TriggerNetwork[],
): WaferCodec[] {
  const unlearnt = codecBits === 0 ? [] : codecsAt(codecBits);
  return [
    uncompressedCodec(),
    thresholdCodec(),
    bestChoiceCodec(),
    superTriggerCellCodec(),
    ...unlearnt.map(({ name, bits, reconstruct }) =>
      shareCodec(reconstruct, { name, shareBits: bits, sum })
    ),
    ...networks.map(({ name, network }) => autoencoderCodec(network, { name, sum })),
  ];
}

/** Electrons that are judged, found or not. */
function _judged({ byEta }: Comparison): number {
  return byEta.bins.reduce((sum, { events }) => sum + events, 0);
}

if (import.meta.main) await runCommand(COMMAND, fig7TriggerResolution);
