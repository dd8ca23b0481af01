/**
 * Squared EMD as a loss for classes of wafers: ordered ones and ones without order, against cross entropy
 * and regression, with ground distances that are given or learnt.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/ordinal_classes.ts --preset standard
 *
 * @module
 */
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { RandomStream, rankCorrelation } from "../src/numerics/mod.ts";
import { CELLS } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, speedOption } from "./std/common_options.ts";
import { matrixFigure, scoresFigure, scoresTable } from "./std/ordinal_figures.ts";
import { type OrdinalOverhead, ordinalOverhead } from "./std/ordinal_overhead.ts";
import type { OrdinalScores } from "./std/ordinal_scores.ts";
import { type OrdinalTask, ordinalTasks } from "./std/ordinal_tasks.ts";
import {
  type Method,
  METHODS,
  type OrdinalOutcome,
  type OrdinalTraining,
  trainAndScore,
} from "./std/ordinal_training.ts";
import { EXPERIMENT_OPTIONS, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS } from "./std/training_options.ts";

/** Training sets by their names. */
type _Sizes = { readonly full: OrdinalTraining; readonly small: OrdinalTraining };

const COMMON = { batchSize: 32, learningRate: 3e-3, sensitivity: 1, bias: 0 };

/** Of each preset the events that are simulated, the trainings, and the number of seeds. */
const PRESETS = {
  quick: {
    events: 24,
    sizes: {
      full: { ...COMMON, rows: 300, epochs: 8 },
      small: { ...COMMON, rows: 100, epochs: 10 },
    },
    seeds: 2,
  },
  standard: {
    events: 400,
    sizes: {
      full: { ...COMMON, batchSize: 64, rows: 5000, epochs: 20 },
      small: { ...COMMON, rows: 300, epochs: 60 },
    },
    seeds: 5,
  },
} as const satisfies Record<string, { events: number; sizes: _Sizes; seeds: number }>;

const OPTIONS = {
  preset: presetOption(["quick", "standard"], "How much to simulate and to train"),
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  speed: speedOption("the losses"),
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/ordinal_classes.ts",
  summary: `\
Trains small networks to tell from a simulated wafer's charges an ordered class (energy of the electron,
layer, pseudorapidity) and one without order (what made the charge, labels shuffled for each seed): by
cross entropy, squared EMD with the given order, cross entropy and squared EMD with ground distances that
are learnt from the network's features, and regression. Prints and draws scores on other events, paired
differences to cross entropy, and the distances that were learnt.

Presets:
  quick     24 events, 300 and 100 rows, 2 seeds: it shows that all works, and decides nothing
  standard  400 events, 5,000 and 300 rows, 5 seeds; some 15 minutes`,
  permissions: {
    "--allow-read=.": "earlier results and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--preset standard",
};

/** What the result depends on, besides seeds. */
type Config = {
  simulation: { events: number; seed: number };
  sizes: _Sizes;
  /** Percent; none unless asked for. */
  overhead: OrdinalOverhead;
};

/** Seed of the simulation: the same events for all seeds of networks. */
const SIMULATION_SEED = 1;

/** Scores with their units, and by how much they are multiplied. */
const SCORES = {
  accuracy: { label: "accuracy", unit: "%", factor: 100 },
  withinOne: { label: "accuracy within one class", unit: "%", factor: 100 },
  classError: { label: "mean class error", unit: "", factor: 1 },
  medianError: { label: "mean class error of the median", unit: "", factor: 1 },
  squaredEmd: { label: "mean squared EMD", unit: "", factor: 1 },
} as const satisfies Record<keyof OrdinalScores, unknown>;

/**
 * Runs the experiment.
 *
 * @param options The options of the command line.
 */
export async function ordinalClasses(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { events, sizes, seeds } = PRESETS[options.preset];
  const count = options.seeds === 0 ? seeds : options.seeds;
  const backend = await startBackend(options.backend, options);
  const tasks = await ordinalTasks(events, SIMULATION_SEED);
  const overhead = options.speed ? await _overhead(tasks[0], sizes.full) : {};
  await runAndReport(ordinalExperiment(tasks), {
    script: import.meta.url,
    config: { simulation: { events, seed: SIMULATION_SEED }, sizes, overhead },
    seeds: Array.from({ length: count }, (_, k) => options.seed + k),
    dataChecksum: "",
    backend,
  }, options);
}

/**
 * The experiment on given tasks, on the tensor backend in use.
 *
 * @param tasks The tasks.
 * @returns The experiment.
 */
export function ordinalExperiment(tasks: readonly OrdinalTask[]): Experiment<Config> {
  return defineExperiment<Config>({
    name: "ordinal_classes",
    title: "Squared EMD for classes of wafers, with distances given or learnt",
    run: (context) => _run(context, tasks),
  });
}

/** Outcomes of a method, one a seed. */
type _Outcomes = ReadonlyMap<Method, readonly OrdinalOutcome[]>;

async function _run(context: ExperimentContext<Config>, tasks: readonly OrdinalTask[]) {
  const { sizes, overhead } = context.config;
  const table: string[] = [];
  for (const task of tasks) {
    for (const size of ["full", "small"] as const) {
      const outcomes = await _train(context, task, size);
      const name = `${task.name}, ${sizes[size].rows} rows`;
      _addScores(context, name, task, outcomes);
      table.push(scoresTable(name, outcomes, SCORES));
      const file = `${task.name.replaceAll(" ", "_")}_${size}`;
      context.addFigure(`scores_${file}`, scoresFigure(name, outcomes));
      const learned = outcomes.get("learned matrix")!.map(({ distances }) => distances);
      context.addFigure(`distances_${file}`, matrixFigure(name, task.classes, learned));
    }
  }
  for (const [method, percent] of Object.entries(overhead)) {
    context.addQuantity(`time of a step above cross entropy: ${method}`, "%", [percent]);
  }
  context.addFile("scores.md", new TextEncoder().encode(table.join("\n")));
}

/** Every method with every seed; what was done before a run was cut off is found. */
async function _train(
  context: ExperimentContext<Config>,
  task: OrdinalTask,
  size: keyof _Sizes,
): Promise<_Outcomes> {
  const { seeds, config: { sizes }, checkpoint } = context;
  const methods = METHODS.filter((method) => task.ordered || method !== "regression");
  const outcomes = new Map(methods.map((method) => [method, [] as OrdinalOutcome[]]));
  let done = 0;
  for (const seed of seeds) {
    const numbered = _numbered(task, seed);
    for (const method of methods) {
      const file = `${task.name}-${size}-${method}-${seed}.json`.replaceAll(" ", "_");
      const stored = await checkpoint.read(file);
      const outcome = stored === undefined
        ? await trainAndScore(method, sizes[size], numbered, seed)
        : JSON.parse(new TextDecoder().decode(stored));
      if (stored === undefined) {
        await checkpoint.write(file, new TextEncoder().encode(JSON.stringify(outcome)));
      }
      outcomes.get(method)!.push(_inOrder(outcome, numbered.order));
      context.progress(++done, seeds.length * methods.length, `${task.name}, ${size}`);
    }
  }
  return outcomes;
}

/** The task with its classes numbered: as they are, or, where there is no order, anew for each seed. */
function _numbered({ ordered, classes, train, test }: OrdinalTask, seed: number) {
  const order = Uint8Array.from(classes.keys());
  if (!ordered) new RandomStream(seed, "numbers of classes").shuffle(order);
  const renumber = (labels: Uint8Array) => labels.map((label) => order[label]);
  return {
    order,
    classes: classes.length,
    train: { ...train, labels: renumber(train.labels) },
    test: { ...test, labels: renumber(test.labels) },
  };
}

/** Learned distances by the classes' own numbers. */
function _inOrder(outcome: OrdinalOutcome, order: Uint8Array): OrdinalOutcome {
  const { scores, distances } = outcome, classes = order.length;
  return {
    scores,
    distances: distances.map((_, at) =>
      distances[order[Math.floor(at / classes)] * classes + order[at % classes]]
    ),
  };
}

function _addScores(
  context: ExperimentContext<Config>,
  name: string,
  task: OrdinalTask,
  outcomes: _Outcomes,
): void {
  const base = outcomes.get("cross entropy")!;
  for (const [method, perSeed] of outcomes) {
    // The distance of classes without order means nothing.
    const keys = (Object.keys(SCORES) as (keyof OrdinalScores)[])
      .filter((key) => task.ordered || key === "accuracy");
    for (const key of keys) {
      const { label, unit, factor } = SCORES[key];
      const values = perSeed.map(({ scores }) => factor * scores[key]);
      context.addQuantity(`${name}: ${label}, ${method}`, unit, values);
      if (method === "cross entropy" || !(key === "accuracy" || key === "classError")) continue;
      const differences = values.map((value, k) => value - factor * base[k].scores[key]);
      context.addQuantity(`${name}: ${label}, ${method} less cross entropy`, unit, differences);
    }
  }
  if (!task.ordered) return;
  const correlations = outcomes.get("learned matrix")!
    .map(({ distances }) => _likeOrder(distances, task.classes.length));
  context.addQuantity(`${name}: rank correlation of learned distance and order`, "", correlations);
}

/** Rank correlation of D_ij with |i - j| over all pairs of classes. */
function _likeOrder(distances: readonly number[], classes: number): number {
  const pairs = distances.keys().toArray().filter((at) => Math.floor(at / classes) < at % classes);
  return rankCorrelation(
    pairs.map((at) => distances[at]),
    pairs.map((at) => at % classes - Math.floor(at / classes)),
  );
}

/** Times on one task: the loss knows nothing of what the classes mean. */
async function _overhead(task: OrdinalTask, training: OrdinalTraining): Promise<OrdinalOverhead> {
  const count = Math.min(20 * training.batchSize, task.train.labels.length);
  const rows = {
    inputs: task.train.inputs.slice(0, CELLS * count),
    labels: task.train.labels.slice(0, count),
  };
  const methods = ["squared EMD", "learned matrix"] as const;
  return await ordinalOverhead(methods, { ...training, epochs: 8 }, task.classes.length, rows, 30);
}

if (import.meta.main) await runCommand(COMMAND, ordinalClasses);
