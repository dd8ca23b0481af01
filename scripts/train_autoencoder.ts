/**
 * An ECON-T autoencoder, trained on the wafers of a file.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/train_autoencoder.ts
 *
 * @module
 */
import { dirname } from "node:path";
import config from "../deno.json" with { type: "json" };
import { selectWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import { checksum } from "../src/experiments/key.ts";
import { fileStore } from "../src/experiments/store_deno.ts";
import { autoencoderLossNames } from "../src/models/autoencoder/autoencoder_loss.ts";
import { conditionNames } from "../src/models/autoencoder/conditions.ts";
import {
  type AutoencoderEvaluation,
  evaluateAutoencoder,
} from "../src/models/autoencoder/evaluate_autoencoder.ts";
import {
  loadEconAutoencoder,
  shippedAutoencoder,
} from "../src/models/autoencoder/load_autoencoder.ts";
import {
  type AutoencoderArchitecture,
  readAutoencoder,
  type StoredAutoencoder,
  toAutoencoderModule,
  writeAutoencoder,
} from "../src/models/autoencoder/stored_autoencoder.ts";
import {
  type AutoencoderRecipe,
  DEFAULT_RECIPE,
  PUBLISHED_RECIPE,
} from "../src/models/autoencoder/training.ts";
import { econFormats } from "../src/models/published/econ_formats.ts";
import type { AutoencoderJob } from "./std/autoencoder_job.ts";
import { chosenNames } from "./std/chosen_names.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitToTrain } from "./std/distinct_wafers.ts";
import { startBackend } from "./std/start_backend.ts";
import { readSurrogateFolder } from "./std/surrogate_folder.ts";
import { type StartProgress, type TrainedStart, trainStarts } from "./std/train_starts.ts";
import { trainingKey } from "./std/trained_networks.ts";
import { BACKEND_OPTION } from "./std/training_options.ts";
import { writeJson } from "./std/write_json.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  loss: {
    kind: "choice",
    choices: autoencoderLossNames(),
    describe: "What is minimised",
    default: "exact_emd",
  },
  surrogate: {
    kind: "text",
    value: "FOLDER",
    describe: "A surrogate of scripts/train_surrogate.ts as the loss, in place of --loss",
    names: "input",
  },
  out: {
    kind: "text",
    value: "FOLDER",
    describe: "Folder to write",
    default: "results/autoencoder",
    names: "output folder",
  },
  module: {
    kind: "text",
    value: "FILE.json",
    describe: "Write the network to one JSON module as well, as data/autoencoder.json is",
    names: "output file",
  },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  starts: {
    kind: "integer",
    describe: "Trainings from seeds of their own, side by side; the best one is kept",
    least: 1,
    default: 4,
  },
  steps: { kind: "integer", describe: "Steps of each training", least: 1, default: 20_000 },
  minutes: {
    kind: "integer",
    describe: "As many steps as take so many minutes, by the time of the first; 0 for --steps",
    least: 0,
    default: 0,
  },
  recipe: {
    kind: "choice",
    choices: ["default", "published"],
    describe: "How it is trained, see above",
    default: "default",
  },
  peak: {
    kind: "text",
    value: "X",
    describe: "Highest learning rate; 0 for 0.015, or 0.004 with a dense decoder",
    default: "0",
  },
  smeared: {
    kind: "text",
    value: "X",
    describe: "By what part charges fluctuate from step to step, against learning by heart",
    default: "0",
  },
  mixed: {
    kind: "text",
    value: "X",
    describe: "The part of the wafers that are mixed with others, likewise",
    default: "0",
  },
  start: {
    kind: "text",
    value: "FOLDER",
    describe: "Begin with the weights of this network; 'default' for the one in data/",
  },
  decoder: {
    kind: "choice",
    choices: ["convolutional", "dense"],
    describe: "The published decoder, or a larger one",
    default: "convolutional",
  },
  units: {
    kind: "text",
    value: "N,...",
    describe: "Units of the layers of a dense decoder",
    default: "256,256",
  },
  conditions: {
    kind: "text",
    value: "NAME,...",
    describe: `What the decoder is told besides: ${conditionNames().join(", ")}`,
    default: "",
  },
  "latent-bits": { kind: "integer", describe: "Bits of each latent", least: 2, default: 9 },
  "weight-bits": {
    kind: "integer",
    describe: "Bits of the encoder's weights, sign included; 0 for an encoder in floats",
    least: 0,
    default: 5,
  },
  backend: BACKEND_OPTION,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/train_autoencoder.ts",
  summary: `\
Trains the autoencoder of the ECON-T, quantised as on the detector.

By default four trainings of 20,000 steps on the exact EMD, two at a time: some five minutes of two cores.

Wafers without charge are left out, and of those with the same charge fractions all but one. 90 % of
the others are trained on; by the rest the best start is chosen, and the exact EMD of wafers and their
reconstructions is told, with latents that are dead or saturated.

Recipes:
  default    batches of 128, a learning rate that falls along a cosine, first biases near where they
             end, wafers turned at random
  published  batches of 500 at a constant rate of 0.001, from where Keras starts

Losses named as in docs/distances.md and docs/surrogates.md; surrogates are used frozen.

The folder holds autoencoder.json (architecture, loss, seed, checksum of the data, steps, backend),
weights.json and weights.f32 (float32, little-endian):

  const autoencoder = await loadEconAutoencoder("results/autoencoder");
  const latents = autoencoder.encode(charges), fractions = autoencoder.decode(latents);

Evaluate it with scripts/evaluate_autoencoder.ts, use it with scripts/encode.ts, and write it for the
detector with scripts/export_encoder.ts. A run that was interrupted goes on from its checkpoints in the
folder when it is started again with the same options.`,
  permissions: {
    "--allow-read": "the input, the folder, and this project's src (workers)",
    "--allow-write=results": "the folder",
  },
  options: OPTIONS,
  example: "--input wafers.csv --loss telescope_mse --out results/telescope",
};

/** Options of {@linkcode trainAutoencoder}, as given on the command line. */
export type TrainAutoencoderOptions = CommandValues<typeof OPTIONS>;

/** Learning rate of dense decoders, which the published one's would throw about. */
const DENSE_PEAK = 4e-3;
/** Steps that are timed to know how many fit into a time, and those before them. */
const TIMED_STEPS = 120, WARM_UP_STEPS = 40;

/**
 * Trains an autoencoder and writes it to a folder.
 *
 * @param options The options of the command line.
 */
export async function trainAutoencoder(options: TrainAutoencoderOptions): Promise<void> {
  const { input, seed, out } = options;
  const architecture = _architecture(options);
  const wafers = await readDistinctWafers(input, options.order);
  const split = splitToTrain(wafers, seed);
  const sides = {
    train: selectWafers(wafers, split.train),
    validation: selectWafers(wafers, split.validation),
  };
  const backend = await startBackend(options.backend);
  const data = await checksum(await Deno.readFile(input));
  const jobs = await _jobs(options, architecture, sides.train);
  console.error(
    `Training with ${_lossName(jobs[0])}, ${jobs.length} starts of ${
      _count(jobs[0].steps)
    } steps, ` +
      `on ${_count(sides.train.count)} wafers`,
  );

  const trained = await trainStarts(jobs, {
    backend: options.backend,
    onProgress: _progress(jobs.length, jobs[0].steps),
  });
  const { best, facts } = await _chooseBest(trained, architecture, sides.validation);
  const stored: StoredAutoencoder = {
    architecture,
    provenance: {
      loss: _lossName(jobs[0]),
      seed,
      data,
      steps: jobs[0].steps,
      starts: jobs.length,
      recipe: options.recipe,
      ...(options.start !== undefined && { start: options.start }),
      backend,
      version: config.version,
      ...facts,
    },
    weights: best.weights,
  };
  await writeAutoencoder(fileStore(out), "", stored);
  if (options.module !== undefined) {
    await writeJson(options.module, toAutoencoderModule(stored), "a network");
  }
  const autoencoder = await loadEconAutoencoder(stored);
  _tell("wafers trained on", evaluateAutoencoder(autoencoder, sides.train));
  _tell("wafers chosen by ", evaluateAutoencoder(autoencoder, sides.validation));
  console.log(`Wrote ${out}`);
}

function _architecture(options: TrainAutoencoderOptions): AutoencoderArchitecture {
  const asking = "Cannot train an autoencoder: --conditions";
  const conditions = chosenNames(options.conditions, conditionNames(), asking);
  const { "latent-bits": latentBits, "weight-bits": weightBits } = options;
  return {
    formats: weightBits === 0 ? "float" : econFormats({ latentBits, weightBits }),
    decoder: options.decoder === "dense"
      ? { kind: "dense", units: _units(options.units) }
      : { kind: "convolutional" },
    conditions,
  };
}

function _units(text: string): number[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.every((word) => /^[1-9]\d*$/.test(word))) return words.map(Number);
  throw new RangeError(
    `Cannot train an autoencoder: --units must be positive integers, current value is ${words}`,
  );
}

/** The trainings, one a start. */
async function _jobs(
  options: TrainAutoencoderOptions,
  architecture: AutoencoderArchitecture,
  wafers: WaferTable,
): Promise<AutoencoderJob[]> {
  const { seed, starts, out, surrogate, start } = options;
  if (options.minutes > 0 && options.steps !== OPTIONS.steps.default) {
    throw new RangeError("Cannot train an autoencoder: give --steps or --minutes, not both");
  }
  const job = {
    wafers,
    architecture,
    loss: surrogate === undefined ? options.loss : await readSurrogateFolder(surrogate),
    recipe: _recipe(options),
    start: start === undefined
      ? undefined
      : start === "default"
      ? await shippedAutoencoder()
      : await readAutoencoder(fileStore(start), ""),
  };
  const seeds = Array.from({ length: starts }, (_, k) => 1000 * seed + k);
  const timed = seeds.map((seed) => ({ ...job, seed, steps: TIMED_STEPS }));
  const steps = options.minutes === 0 ? options.steps : await _stepsIn(options, timed);
  return await Promise.all(seeds.map(async (seed) => {
    const training = { ...job, seed, steps };
    const name = `${await trainingKey(training)}.checkpoint`;
    return { ...training, checkpoint: { folder: out, name } };
  }));
}

function _recipe(options: TrainAutoencoderOptions): AutoencoderRecipe {
  if (options.recipe === "published") return PUBLISHED_RECIPE;
  const peak = _number(options, "peak");
  return {
    ...DEFAULT_RECIPE,
    ...peak > 0
      ? { rate: { peak } }
      : options.decoder === "dense"
      ? { rate: { peak: DENSE_PEAK } }
      : {},
    smeared: _number(options, "smeared"),
    mixed: _number(options, "mixed"),
  };
}

function _number(
  options: TrainAutoencoderOptions,
  name: "peak" | "smeared" | "mixed",
): number {
  const text = options[name], value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new RangeError(
    `Cannot train an autoencoder: --${name} must be from 0 to 1, current value is ${text}`,
  );
}

/** How many steps fit into the minutes that were asked for. */
async function _stepsIn(
  { minutes, backend, out }: TrainAutoencoderOptions,
  jobs: readonly AutoencoderJob[],
): Promise<number> {
  const file = `${out}/${await trainingKey(jobs[0])}.starts${jobs.length}.minutes${minutes}.json`;
  // A run that is resumed must have the number of steps that it began with.
  const known = await Deno.readTextFile(file).catch(() => undefined);
  if (known !== undefined) return JSON.parse(known).steps;
  let began = 0;
  await trainStarts(jobs, {
    backend,
    onProgress: ({ step }) => {
      if (step <= WARM_UP_STEPS) began = performance.now();
    },
  });
  const milliseconds = (performance.now() - began) / (TIMED_STEPS - WARM_UP_STEPS);
  const fitting = Math.max(TIMED_STEPS, Math.floor(60_000 * minutes / milliseconds));
  console.error(`${_count(fitting)} steps fit into ${minutes} min: --steps ${fitting}`);
  await Deno.mkdir(dirname(file), { recursive: true });
  await writeJson(file, { steps: fitting }, "steps");
  return fitting;
}

/** The start with the lowest median EMD, and what there is to say of all. */
async function _chooseBest(
  trained: readonly TrainedStart[],
  architecture: AutoencoderArchitecture,
  validation: WaferTable,
): Promise<{ best: TrainedStart; facts: StoredAutoencoder["provenance"] }> {
  const medians = await Promise.all(trained.map(async ({ weights }) => {
    const stored = { architecture, provenance: {}, weights };
    return evaluateAutoencoder(await loadEconAutoencoder(stored), validation).median;
  }));
  const lowest = Math.min(...medians);
  medians.forEach((median, k) =>
    console.log(`Start ${trained[k].seed}: median EMD ${median.toFixed(3)} on the wafers apart`)
  );
  const best = trained[medians.indexOf(lowest)];
  const lastLoss = best.history.at(-1)!.loss;
  return { best, facts: { bestStart: best.seed, lastLoss, validationMedian: lowest } };
}

function _tell(what: string, found: AutoencoderEvaluation): void {
  const { median, low, high, mean, count } = found;
  console.log(
    `${_count(count)} ${what}: median EMD ${median.toFixed(3)} ` +
      `[${low.toFixed(3)}, ${high.toFixed(3)}], mean ${mean.toFixed(3)}; ` +
      `${found.deadLatents} of 16 latents dead, ${(100 * found.saturated).toFixed(1)} % of codes ` +
      `at their largest, ${found.zeroOutputs} outputs zero, ${found.unproved} EMDs not proved`,
  );
}

function _lossName({ loss }: Pick<AutoencoderJob, "loss">): string {
  return typeof loss === "string" ? loss : `${loss.kind}-trained`;
}

/** Prints the mean loss of all starts and the time left, every twentieth of the way. */
function _progress(starts: number, steps: number): (progress: StartProgress) => void {
  const began = performance.now(), all = starts * steps;
  let first = 0, sum = 0, count = 0;
  const done = new Array<number>(starts).fill(0);
  return ({ job, step, loss }) => {
    // A start that is resumed begins later.
    if (done[job] === 0) first += step - 1;
    done[job] = step;
    sum += loss;
    count++;
    const together = done.reduce((a, b) => a + b);
    if (together % Math.ceil(all / 20) !== 0 && together !== all) return;
    const left = (performance.now() - began) / 1000 * (all - together) / (together - first);
    console.error(
      `Step ${_count(Math.floor(together / starts))} of ${_count(steps)}, ` +
        `loss ${(sum / count).toPrecision(4)}, ${left.toFixed(0)} s left`,
    );
    sum = count = 0;
  };
}

function _count(count: number): string {
  return count.toLocaleString("en");
}

if (import.meta.main) await runCommand(COMMAND, trainAutoencoder);
