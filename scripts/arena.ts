/**
 * The arena: one autoencoder, one set of wafers, equal budgets, and every loss that wafers know.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/arena.ts
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { normalised, spectral } from "../src/losses/mod.ts";
import {
  autoencoderLoss,
  autoencoderLossNames,
} from "../src/models/autoencoder/autoencoder_loss.ts";
import { DEFAULT_RECIPE } from "../src/models/autoencoder/training.ts";
import { econFormats } from "../src/models/published/econ_formats.ts";
import type { BackendName } from "../src/tensor/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { agreement, type Agreements, arenaPairs, PAIR_KINDS } from "./std/arena_agreement.ts";
import type { ArenaEntry, ArenaTrial, Budget } from "./std/arena_entry.ts";
import { cosineFigure, qualityFigure, reconstructionsDrawing } from "./std/arena_figures.ts";
import {
  type ArenaRuns,
  arenaRuns,
  type ArenaRunsOptions,
  trainArenaShare,
} from "./std/arena_runs.ts";
import { arenaTable } from "./std/arena_table.ts";
import { STEPS_TO_TIME, stepTimes } from "./std/arena_times.ts";
import { chosenNames } from "./std/chosen_names.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitInThree } from "./std/distinct_wafers.ts";
import { seedsOf } from "./std/judged_networks.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { parseShard, SHARD_OPTION, tellShare } from "./std/shard.ts";
import { startBackend } from "./std/start_backend.ts";
import type { WantedNetwork } from "./std/trained_networks.ts";
import { BACKEND_OPTION, SEED_OPTIONS, STEPS_OPTION } from "./std/training_options.ts";

/** Steps, seeds and pairs of each preset, unless told otherwise. */
const PRESETS = {
  quick: { steps: 80, seeds: 1, pairs: 200 },
  standard: { steps: 300, seeds: 3, pairs: 2000 },
  long: { steps: 6000, seeds: 3, pairs: 2000 },
} as const;

/** The loss whose time all get, and rounds in which times are measured. */
const REFERENCE = "exact_emd", ROUNDS = 5;

const OPTIONS = {
  ...WAFER_OPTIONS,
  losses: {
    kind: "text",
    value: "NAME,...",
    describe: `Of ${autoencoderLossNames().join(", ")}; all unless told otherwise`,
    default: autoencoderLossNames().join(","),
  },
  preset: presetOption(["quick", "standard", "long"]),
  time: {
    kind: "flag",
    describe: "Time a step with each loss, and train also for as long as exact_emd takes; " +
      "times are part of the configuration, so that each such run is new",
  },
  steps: STEPS_OPTION,
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  ...SHARD_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/arena.ts",
  summary: `\
Trains the autoencoder of the ECON-T with every loss from the same seeds, in equal steps (and in a quarter
of them) and, with --time, in equal time, and compares wafers apart with their reconstructions by the
exact EMD. Beside it: how values and gradients of each loss agree with the exact EMD on pairs of wafers.
A run that fails is counted and named. Each seed splits the wafers anew, as for Fig. 6.

Presets, for each loss and seed:
  quick     80 steps; 1 seed. Half a minute on two cores
  standard  300 steps; 3 seeds. Some minutes, with --time
  long      6,000 steps; 3 seeds. Hours

Networks are kept in the results' folder networks/; other experiments find them there.`,
  permissions: {
    "--allow-read": "the input, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --preset standard --time",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  losses: string[];
  steps: number;
  /** Pairs of each kind. */
  pairs: number;
  order: CellOrder;
  backend: string;
  /** Processor time of a step, by loss; none unless asked for. */
  milliseconds: Record<string, number>;
};

/** What the experiment works on. */
export interface ArenaInputs {
  /** Wafers with charge, no two of them the same. */
  readonly wafers: WaferTable;
  /** Where networks are kept. */
  readonly results: string;
  /** The backend of the workers. */
  readonly backend: BackendName;
  /** Whether to train again what is there. */
  readonly force?: boolean;
}

/**
 * Runs the experiment on a file.
 *
 * @param options The options of the command line.
 */
export async function arena(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, time, results, force, backend, seed } = options;
  const shard = parseShard(options.shard);
  if (time && shard.of > 1) {
    throw new RangeError("Cannot share out the arena: with --time each process has its own steps");
  }
  const losses = chosenNames(
      options.losses,
      autoencoderLossNames(),
      "Cannot open the arena: --losses",
    ),
    preset = PRESETS[options.preset];
  const description = await startBackend(backend, options);
  const wafers = await readDistinctWafers(input, order);
  const { train } = splitInThree(wafers, seed);
  const timed = [...new Set([REFERENCE, ...losses])].map((loss) => ({
    ..._wanted(train, loss, STEPS_TO_TIME, seed),
    name: loss,
  }));
  const inputs = { wafers, results, backend, force };
  const seeds = seedsOf(seed, options.seeds || preset.seeds);
  const config = {
    losses,
    steps: options.steps || preset.steps,
    pairs: preset.pairs,
    order,
    backend: description,
    milliseconds: time ? await stepTimes(timed, ROUNDS) : {},
  };
  if (shard.of > 1) {
    tellShare(shard, await trainArenaShare(_runs(config, seeds, inputs), shard), options);
    return;
  }
  await runAndReport(arenaExperiment(inputs), {
    script: import.meta.url,
    config,
    seeds,
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
export function arenaExperiment(inputs: ArenaInputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "arena",
    title: `The arena: the autoencoder by its loss, on wafers of ${inputs.wafers.count}`,
    run: (context) => _run(context, inputs),
  });
}

async function _run(context: ExperimentContext<Config>, inputs: ArenaInputs): Promise<void> {
  const { config: { losses, milliseconds }, seeds } = context;
  const { judge } = splitInThree(inputs.wafers, seeds[0]);
  const agreements = await _agreements(context, judge);
  const trials = await _trials(context, inputs);
  const entries: ArenaEntry[] = [...agreements].map(([loss, agreements]) => ({
    loss,
    agreements,
    trials: losses.includes(loss) ? trials(loss) : [],
    milliseconds: milliseconds[loss],
  }));
  _addQuantities(context, entries);
  context.addFile("table.md", new TextEncoder().encode(arenaTable(entries)));
  const isEmpty = entries.every(({ trials }) => trials.every(({ runs }) => !runs.judged.length));
  if (isEmpty) return;
  context.addFigure("quality", qualityFigure(entries, seeds.length));
  context.addFigure("worth_by_cosine", cosineFigure(entries));
  const drawing = reconstructionsDrawing(entries, judge, seeds[0]);
  if (drawing !== undefined) context.addFigure("reconstructions", drawing);
}

/** How losses agree with the exact EMD; the spectral EMD without its second term, too. */
async function _agreements(
  { config, seeds, progress }: ExperimentContext<Config>,
  judge: WaferTable,
): Promise<Map<string, Agreements>> {
  const pairs = await arenaPairs(judge, config.pairs, seeds[0]);
  const found = new Map<string, Agreements>();
  const alone = "spectral, position 0";
  const names = config.losses.flatMap((name) => name === "spectral" ? [name, alone] : [name]);
  for (const name of names) {
    const loss = name === alone
      ? normalised(spectral({ position: 0 }))
      : await autoencoderLoss(name);
    const [random, reconstruction] = [
      await agreement(loss, pairs.random),
      await agreement(loss, pairs.reconstruction),
    ];
    found.set(name, { random, reconstruction });
    progress(found.size, names.length, "Agreement");
  }
  return found;
}

/** Trains within all budgets; where two allow as many steps, once. */
async function _trials(
  context: ExperimentContext<Config>,
  inputs: ArenaInputs,
): Promise<(loss: string) => ArenaTrial[]> {
  const { config, seeds } = context;
  const runs = await arenaRuns({
    ..._runs(config, seeds, inputs),
    onProgress: (done, total) => context.progress(done, total, "Training"),
  });
  const byName = new Map<string, ArenaRuns>(runs.map((run) => [run.name, run]));
  return (loss) =>
    [..._steps(config, loss)].map(([budget, steps]) => ({
      budget,
      steps,
      runs: byName.get(_name(loss, steps))!,
    }));
}

/** All trainings of the arena. */
function _runs(config: Config, seeds: readonly number[], inputs: ArenaInputs): ArenaRunsOptions {
  return {
    ...inputs,
    seeds,
    description: config.backend,
    wanted: (train, seed) =>
      config.losses.flatMap((loss) =>
        [...new Set(_steps(config, loss).values())].map((steps) =>
          _wanted(train, loss, steps, seed)
        )
      ),
  };
}

/** The steps of a loss in each budget. */
function _steps({ steps, milliseconds }: Config, loss: string): Map<Budget, number> {
  const [own, reference] = [milliseconds[loss], milliseconds[REFERENCE]];
  return new Map<Budget, number>([
    ["a quarter of the steps", Math.ceil(steps / 4)],
    ["equal steps", steps],
    ...own === undefined
      ? []
      : [["equal time", Math.max(1, Math.round(steps * reference / own))] as const],
  ]);
}

function _wanted(wafers: WaferTable, loss: string, steps: number, seed: number): WantedNetwork {
  return {
    name: _name(loss, steps),
    wafers,
    architecture: {
      formats: econFormats(),
      decoder: { kind: "convolutional" },
      conditions: [],
    },
    loss,
    recipe: DEFAULT_RECIPE,
    steps,
    seed,
  };
}

function _name(loss: string, steps: number): string {
  return `${loss}, ${steps} steps`;
}

function _addQuantities(
  { addQuantity }: ExperimentContext<Config>,
  entries: readonly ArenaEntry[],
): void {
  for (const { loss, trials, agreements, milliseconds } of entries) {
    for (const { budget, runs: { judged } } of trials) {
      const add = (what: string, of: "median" | "low" | "high") => {
        const values = judged.map(({ evaluation }) => evaluation[of]);
        if (values.length > 0) addQuantity(`${loss}, ${budget}: ${what}`, "half pitch", values);
      };
      add("median EMD", "median");
      if (budget === "a quarter of the steps") continue;
      add("quantile 0.16", "low");
      add("quantile 0.84", "high");
    }
    if (trials.length > 0) {
      const failed = trials.reduce((sum, { runs }) => sum + runs.failed.length, 0);
      addQuantity(`${loss}: runs that failed`, "", [failed]);
    }
    if (milliseconds !== undefined) {
      addQuantity(`${loss}: processor time of a step`, "ms", [milliseconds]);
    }
    for (const kind of PAIR_KINDS) {
      const found = agreements[kind], name = (what: string) => `${loss}, ${kind} pairs: ${what}`;
      addQuantity(name("correlation"), "", [found.correlation]);
      addQuantity(name("rank correlation"), "", [found.rankCorrelation]);
      addQuantity(name("relative error"), "%", [100 * found.relativeError]);
      addQuantity(name("cosine of gradients"), "", [found.cosine]);
    }
  }
}

if (import.meta.main) await runCommand(COMMAND, arena);
