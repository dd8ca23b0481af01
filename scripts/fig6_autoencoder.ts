/**
 * Fig. 6: how well the autoencoder of the ECON-T keeps wafers, by the loss that it was trained with.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/fig6_autoencoder.ts
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { autoencoderLossNames } from "../src/models/autoencoder/autoencoder_loss.ts";
import { DEFAULT_RECIPE, PUBLISHED_RECIPE } from "../src/models/autoencoder/training.ts";
import { econFormats } from "../src/models/published/econ_formats.ts";
import type { StoredSurrogate } from "../src/models/surrogates/surrogate_files.ts";
import type { BackendName } from "../src/tensor/mod.ts";
import { type CellOrder, occupancies } from "../src/wafer/mod.ts";
import { mediansByBin, mediansFigure, type WaferAxis } from "./std/autoencoder_figures.ts";
import { chosenNames } from "./std/chosen_names.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitInThree } from "./std/distinct_wafers.ts";
import { equalSeconds } from "./std/equal_seconds.ts";
import { addEvaluations } from "./std/evaluation_quantities.ts";
import { type JudgedNetwork, judgeNetworks, seedBySeed, seedsOf } from "./std/judged_networks.ts";
import { surrogateChecksum } from "./std/loss_surrogates.ts";
import { reconstructionsJson } from "./std/reconstructions.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { parseShard, SHARD_OPTION, shareOf, tellShare } from "./std/shard.ts";
import { startBackend } from "./std/start_backend.ts";
import { readSurrogateFolder } from "./std/surrogate_folder.ts";
import { networkFolder, trainedNetworks, type WantedNetwork } from "./std/trained_networks.ts";
import { BACKEND_OPTION, SEED_OPTIONS, STEPS_OPTION } from "./std/training_options.ts";

/** Steps and number of seeds of each preset, unless told otherwise. */
const PRESETS = {
  quick: { steps: 700, seeds: 2 },
  standard: { steps: 6000, seeds: 3 },
  paper: { steps: 40_000, seeds: 5 },
} as const;

const OPTIONS = {
  ...WAFER_OPTIONS,
  input: {
    ...WAFER_OPTIONS.input,
    describe: "Wafers: columns CALQ_0 to CALQ_47 and any further ones; eta for the second figure",
  },
  losses: {
    kind: "text",
    value: "NAME,...",
    describe: `Of ${autoencoderLossNames().join(", ")}`,
    default: "weighted_mse,telescope_mse,emd_cnn,exact_emd",
  },
  surrogate: {
    kind: "text",
    value: "FOLDER",
    describe: "A surrogate of scripts/train_surrogate.ts in place of the shipped one of its kind",
    names: "input",
  },
  preset: presetOption(["quick", "standard", "paper"]),
  budget: {
    kind: "choice",
    choices: ["steps", "seconds"],
    describe: "What is equal for all losses: steps, or seconds, as many as exact_emd needs",
    default: "steps",
  },
  recipe: {
    kind: "choice",
    choices: ["default", "published"],
    describe: "How networks are trained, see scripts/train_autoencoder.ts",
    default: "default",
  },
  steps: STEPS_OPTION,
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  ...SHARD_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fig6_autoencoder.ts",
  summary: `\
Trains the autoencoder of the ECON-T with several losses from the same seeds, and compares wafers that
were neither trained on nor chosen by with their reconstructions, by the exact EMD: medians, intervals
of 68 % of the wafers, by occupancy and by eta, with the gains of the paper beside.

Each seed splits the wafers anew: 70 % to train on, 15 % left for choices, 15 % to judge by.

Presets, for each loss and seed:
  quick     700 steps; 2 seeds. The order of the losses is visible
  standard  6,000 steps, about a minute and with emd_cnn four; 3 seeds
  paper     40,000 steps; 5 seeds

Networks are kept in the results' folder networks/; other experiments find them there. A training that
was cut off goes on where it stopped.`,
  permissions: {
    "--allow-read": "the input, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --preset standard",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  steps: Record<string, number>;
  recipe: string;
  order: CellOrder;
  backend: string;
  /** Checksum of its weights, or `shipped`. */
  surrogate: string;
};

/** What the experiment works on. */
export interface Fig6Inputs {
  /** Wafers with charge, no two of them the same. */
  readonly wafers: WaferTable;
  /** A surrogate in place of a shipped one. */
  readonly surrogate?: StoredSurrogate | undefined;
  /** Where networks are kept. */
  readonly results: string;
  /** The backend of the workers. */
  readonly backend: BackendName;
  /** Whether to train again what is there. */
  readonly force?: boolean;
}

/** What the paper's Section 4 says of the gain of the EMD CNN over other losses, per cent. */
const PAPER_GAINS = { weighted_mse: 35, telescope_mse: 28 } as const;
/** Losses that stand for the EMD, of which gains are told. */
const EMD_LOSSES = ["emd_cnn", "exact_emd"] as const;
/** Where the paper tells its gains. */
const PAPER_ETA = [1.8, 2.0] as const;

/** What the options of the command line come to. */
interface _Asked {
  readonly inputs: Fig6Inputs;
  readonly steps: Readonly<Record<string, number>>;
  readonly seeds: readonly number[];
  readonly description: string;
}

/**
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function fig6Autoencoder(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const shard = parseShard(options.shard), { budget, order, recipe } = options;
  if (shard.of > 1) {
    if (options.force) {
      throw new RangeError("Cannot share out Fig. 6: --force trains all again, without --shard");
    }
    if (budget === "seconds") {
      throw new RangeError(
        "Cannot share out Fig. 6: in equal seconds each process has its own steps",
      );
    }
    tellShare(shard, (await fig6Networks(options)).length, options);
    return;
  }
  const { inputs, steps, seeds, description } = await _asked(options);
  const { surrogate } = inputs;
  await runAndReport(fig6Experiment(inputs), {
    script: import.meta.url,
    config: {
      steps,
      recipe,
      order,
      backend: description,
      surrogate: surrogate === undefined ? "shipped" : await surrogateChecksum(surrogate),
    },
    seeds,
    dataChecksum: await fileChecksum(options.input),
    backend: description,
  }, options);
}

/**
 * The networks of the experiment: found where it has run, and trained where it has not.
 *
 * @param options The options of the command line; with a shard, only the networks of this share.
 * @returns Each network's loss, and the folder where it lies.
 */
export async function fig6Networks(
  options: CommandValues<typeof OPTIONS>,
): Promise<{ loss: string; folder: string }[]> {
  const { inputs, steps, seeds, description } = await _asked(options);
  const { recipe, results, backend } = options;
  const all = seeds.flatMap((seed) => {
    const { train } = splitInThree(inputs.wafers, seed);
    return Object.entries(steps).map(([loss, steps]) =>
      _wanted(inputs, train, { loss, steps, seed, recipe })
    );
  });
  const wanted = shareOf(all, parseShard(options.shard));
  await trainedNetworks(wanted, { results, backend, description });
  return await Promise.all(wanted.map(async (network) => ({
    loss: network.name,
    folder: `${results}/${await networkFolder(network, description)}`,
  })));
}

async function _asked(options: CommandValues<typeof OPTIONS>): Promise<_Asked> {
  const { input, order, recipe, results, force, backend, seed } = options;
  const description = await startBackend(backend, options);
  const wafers = await readDistinctWafers(input, order);
  const surrogate = options.surrogate === undefined
    ? undefined
    : await readSurrogateFolder(options.surrogate);
  const preset = PRESETS[options.preset];
  const steps = options.steps === 0 ? preset.steps : options.steps;
  const losses = chosenNames(
    options.losses,
    autoencoderLossNames(),
    "Cannot draw Fig. 6: --losses",
  );
  const inputs: Fig6Inputs = { wafers, surrogate, results, backend, force };
  const stepsByLoss = options.budget === "steps"
    ? Object.fromEntries(losses.map((loss) => [loss, steps]))
    : await equalSeconds(
      losses,
      steps,
      (loss, steps) =>
        _wanted(inputs, splitInThree(wafers, seed).train, { loss, steps, seed, recipe }),
    );
  const seeds = seedsOf(seed, options.seeds === 0 ? preset.seeds : options.seeds);
  return { inputs, steps: stepsByLoss, seeds, description };
}

/**
 * The experiment on wafers in memory, on the tensor backend in use.
 *
 * @param inputs Wafers, and where networks are kept.
 * @returns The experiment.
 */
export function fig6Experiment(inputs: Fig6Inputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "fig6_autoencoder",
    title: `Fig. 6: the autoencoder by its loss, on wafers of ${inputs.wafers.count}`,
    run: (context) => _run(context, inputs),
  });
}

async function _run(context: ExperimentContext<Config>, inputs: Fig6Inputs): Promise<void> {
  const { config, seeds } = context, losses = Object.keys(config.steps);
  const judged = await judgeNetworks({
    ...inputs,
    seeds,
    wanted: (train, seed) =>
      losses.map((loss) =>
        _wanted(inputs, train, { loss, seed, steps: config.steps[loss], recipe: config.recipe })
      ),
    description: config.backend,
    onProgress: (done, total) => context.progress(done, total, "Training"),
  });
  for (const { name, evaluations } of judged) addEvaluations(context, name, evaluations);
  const axes = _axes(inputs.wafers);
  for (const axis of axes) {
    // A few wafers fill no bin.
    if (judged.some((network) => mediansByBin(network, axis).length === 0)) continue;
    const file = `median_emd_by_${axis.name}`;
    context.addFigure(file, mediansFigure(judged, axis, seeds.length));
  }
  _addGains(context, judged, axes.find(({ name }) => name === "eta"));
  context.addFile("reconstructions.json", reconstructionsJson(judged, inputs.wafers));
}

/** The training of a loss from a seed. */
function _wanted(
  { surrogate }: Pick<Fig6Inputs, "surrogate">,
  wafers: WaferTable,
  { loss, steps, seed, recipe }: { loss: string; steps: number; seed: number; recipe: string },
): WantedNetwork {
  return {
    name: loss,
    wafers,
    architecture: {
      formats: econFormats(),
      decoder: { kind: "convolutional" },
      conditions: [],
    },
    loss: surrogate?.kind === loss ? surrogate : loss,
    recipe: recipe === "published" ? PUBLISHED_RECIPE : DEFAULT_RECIPE,
    steps,
    seed,
  };
}

/** By how much medians of EMD losses lie below those of the others, seed by seed. */
function _addGains(
  context: Pick<ExperimentContext, "addQuantity">,
  judged: readonly JudgedNetwork[],
  eta: WaferAxis | undefined,
): void {
  const of = (name: string) => judged.find((network) => network.name === name);
  for (const loss of EMD_LOSSES) {
    for (const [other, paper] of Object.entries(PAPER_GAINS)) {
      const [ours, theirs] = [of(loss), of(other)];
      if (ours === undefined || theirs === undefined) continue;
      const gains = ours.evaluations.map(({ median }, seed) =>
        100 * (1 - median / theirs.evaluations[seed].median)
      );
      context.addQuantity(`${loss} below ${other}`, "%", gains);
      const there = eta && _gainsBetween(ours, theirs, { ...eta, edges: [...PAPER_ETA] });
      if (there === undefined) continue;
      const name = `${loss} below ${other}, ${PAPER_ETA.join(" <= |eta| < ")}`;
      context.addQuantity(name, "%", there, { paper });
    }
  }
}

/** The gains of each seed in one bin; none if for a seed there are too few wafers in it. */
function _gainsBetween(
  ours: JudgedNetwork,
  theirs: JudgedNetwork,
  bin: WaferAxis,
): number[] | undefined {
  const medians = [ours, theirs].map((network) =>
    seedBySeed(network).map((judged) => mediansByBin(judged, bin)[0]?.median)
  );
  const gains = medians[0].map((median, seed) => 100 * (1 - median / medians[1][seed]));
  return gains.every(Number.isFinite) ? gains : undefined;
}

/** What medians are shown against. */
function _axes({ charges, columns }: WaferTable): WaferAxis[] {
  const axes: WaferAxis[] = [{
    name: "occupancy",
    label: "trigger cells with charge",
    unit: "",
    values: occupancies(charges),
    edges: [1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45, 49],
  }];
  if (columns.eta !== undefined) {
    axes.push({
      name: "eta",
      label: "|eta|",
      unit: "",
      values: Array.from(columns.eta as ArrayLike<number>, (eta) => Math.abs(Number(eta))),
      edges: Array.from({ length: 16 }, (_, k) => (15 + k) / 10),
    });
  }
  return axes;
}

if (import.meta.main) await runCommand(COMMAND, fig6Autoencoder);
