/**
 * A surrogate of the EMD, trained on the wafers of a file.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/train_surrogate.ts
 *
 * @module
 */
import { dirname } from "node:path";
import config from "../deno.json" with { type: "json" };
import { selectWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import { pairedWafers, randomPairs } from "../src/datasets/pairs/pairs.ts";
import { splitWafers } from "../src/datasets/pairs/splits.ts";
import { checksum } from "../src/experiments/key.ts";
import { fileStore } from "../src/experiments/store_deno.ts";
import { loadSurrogate } from "../src/models/surrogates/load_surrogate.ts";
import { relativeDifference } from "../src/models/surrogates/relative_difference.ts";
import {
  type StoredSurrogate,
  toSurrogateModule,
  writeSurrogate,
} from "../src/models/surrogates/surrogate_files.ts";
import {
  surrogateKinds,
  type SurrogateRecipe,
  surrogateRecipe,
  type SurrogateTraining,
} from "../src/models/surrogates/surrogate_recipes.ts";
import type { SurrogateKind } from "../src/models/surrogates/types.ts";
import { RandomStream } from "../src/numerics/mod.ts";
import type { BackendName } from "../src/tensor/backend.ts";
import { type CellOrder, normalise, waferEmdBatch } from "../src/wafer/mod.ts";
import { type Command, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION } from "./std/training_options.ts";
import { writeJson } from "./std/write_json.ts";

const OPTIONS = {
  kind: {
    kind: "choice",
    choices: surrogateKinds(),
    describe: "How the surrogate estimates",
    default: "scale_free",
  },
  ...WAFER_OPTIONS,
  out: {
    kind: "text",
    value: "FOLDER",
    describe: "Folder to write [default: results/surrogates/KIND]",
    names: "output folder",
  },
  module: {
    kind: "text",
    value: "FILE.json",
    describe: "Write the surrogate to one JSON module as well, as those in data/surrogates are",
    names: "output file",
  },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  steps: { kind: "integer", describe: "Steps; 0 for those of the kind", least: 0, default: 0 },
  minutes: {
    kind: "integer",
    describe: "As many steps as take so many minutes, by the time of the first; 0 for --steps",
    least: 0,
    default: 0,
  },
  backend: {
    ...BACKEND_OPTION,
    describe: "What computes; auto takes blas where --allow-ffi is given too, else wasm",
    default: "auto",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/train_surrogate.ts",
  summary: `\
Trains a surrogate: what estimates the EMD of two wafers, and its gradient, without solving for it.

Wafers without charge are left out, and of those with the same charge fractions all but one. Of the
others 70 % are trained on, and random pairs of the rest say how well it went. Kinds:

  scale_free      a network of the difference (x - y) / |x - y|, even, of relative loss
  dual_potential  a network that guesses dual potentials, with a lower bound
  closed_form     a norm of the difference, fitted by non-negative least squares
  emd_cnn         the network of the paper

The folder holds surrogate.json (kind, options, seed, checksum of the data, steps, backend), weights.json
and weights.f32 (float32, little-endian). Evaluate it with scripts/evaluate_surrogate.ts, or load it:

  const store = fileStore("results/surrogates");
  const surrogate = await loadSurrogate(await readSurrogate(store, "scale_free"));

A run that was interrupted goes on from its checkpoint in the folder when it is started again with the
same options. One that is complete is read from there. Remove its *.checkpoint.* to begin anew.`,
  permissions: {
    "--allow-read": "the input, the folder, and this project's src (a worker draws pairs)",
    "--allow-write=results": "the folder",
  },
  options: OPTIONS,
  example: "--input wafers.csv --minutes 2",
};

/** Options of {@linkcode trainSurrogate}, as given on the command line. */
export interface TrainSurrogateOptions {
  kind: SurrogateKind;
  input: string;
  order: CellOrder;
  out: string | undefined;
  module: string | undefined;
  seed: number;
  steps: number;
  minutes: number;
  backend: BackendName;
}

/** Random pairs of wafers that were not trained on, to say how well it went. */
const JUDGED = 2000;
/** Steps that are timed to know how many fit into a time, and those before them. */
const TIMED_STEPS = 60, WARM_UP_STEPS = 20;

if (import.meta.main) await runCommand(COMMAND, trainSurrogate);

/**
 * Trains a surrogate and writes it to a folder.
 *
 * @param options The options of the command line.
 */
export async function trainSurrogate(options: TrainSurrogateOptions): Promise<void> {
  const { kind, input, seed, out = `results/surrogates/${kind}` } = options;
  if (options.steps > 0 && options.minutes > 0) {
    throw new RangeError("Cannot train a surrogate: give --steps or --minutes, not both");
  }
  const recipe = await surrogateRecipe(kind);
  const wafers = await readDistinctWafers(input, options.order);
  const split = splitWafers(wafers, { stream: new RandomStream(seed, "split of wafers") });
  const backend = recipe.needsBackend ? await startBackend(options.backend) : "none";
  console.error(`Training ${kind} on ${_count(split.train.length)} wafers, ${backend}`);

  const data = await checksum(await Deno.readFile(input));
  const training = { wafers: selectWafers(wafers, split.train), seed };
  const run = `${data.slice(0, 8)}.seed${seed}`;
  const steps = await _steps(recipe, training, options, `${out}/${run}`);
  const store = fileStore(out);
  const trained = await recipe.train({
    ...training,
    steps,
    checkpoint: { store, name: `${run}.steps${steps}.checkpoint`, everySeconds: 20 },
    onProgress: _progress(),
  });
  const surrogate: StoredSurrogate = {
    kind,
    options: trained.options,
    provenance: { seed, data, backend, version: config.version, ...trained.facts },
    weights: trained.weights,
  };
  await writeSurrogate(store, "", surrogate);
  if (options.module !== undefined) {
    await writeJson(options.module, toSurrogateModule(surrogate), "a surrogate");
  }
  await _judge(surrogate, selectWafers(wafers, split.validation), seed);
  console.log(`Wrote ${out}`);
}

/** Steps that were asked for, by number or by time. */
async function _steps(
  recipe: SurrogateRecipe,
  training: SurrogateTraining,
  { steps, minutes }: TrainSurrogateOptions,
  run: string,
): Promise<number> {
  if (steps > 0) return steps;
  if (minutes === 0 || recipe.steps === 0) return recipe.steps;
  // A run that is resumed must have the number of steps that it began with.
  const file = `${run}.minutes${minutes}.json`;
  const known = await Deno.readTextFile(file).catch(() => undefined);
  if (known !== undefined) return JSON.parse(known).steps;
  let began = 0;
  await recipe.train({
    ...training,
    steps: TIMED_STEPS,
    onProgress: ({ step }) => {
      if (step === WARM_UP_STEPS) began = performance.now();
    },
  });
  const milliseconds = (performance.now() - began) / (TIMED_STEPS - WARM_UP_STEPS);
  const fitting = Math.max(TIMED_STEPS, Math.floor(60_000 * minutes / milliseconds));
  console.error(`${_count(fitting)} steps fit into ${minutes} min: --steps ${fitting}`);
  await Deno.mkdir(dirname(file), { recursive: true });
  await writeJson(file, { steps: fitting }, "steps");
  return fitting;
}

/** Prints the loss and the time left, every twentieth of the way. */
function _progress(): NonNullable<SurrogateTraining["onProgress"]> {
  const began = performance.now();
  let first = -1, sum = 0, count = 0;
  return ({ step, steps, loss }) => {
    if (first < 0) first = step - 1;
    sum += loss;
    count++;
    if (step % Math.ceil(steps / 20) !== 0 && step !== steps) return;
    const left = (performance.now() - began) / 1000 * (steps - step) / (step - first);
    const mean = (sum / count).toExponential(2);
    console.error(
      `Step ${_count(step)} of ${_count(steps)}, loss ${mean}, ${left.toFixed(0)} s left`,
    );
    sum = count = 0;
  };
}

async function _judge(surrogate: StoredSurrogate, wafers: WaferTable, seed: number): Promise<void> {
  const pairs = randomPairs(wafers.count, JUDGED, new RandomStream(seed, "pairs to judge by"));
  const { x, y } = pairedWafers(wafers, pairs);
  const estimate = await loadSurrogate(surrogate);
  const values = await estimate.value(normalise(x, "fraction"), normalise(y, "fraction"));
  estimate.dispose();
  const { bias, sigma } = relativeDifference(values, waferEmdBatch(x, y).values);
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  console.log(
    `Random pairs of ${_count(wafers.count)} other wafers: bias ${percent(bias)}, ` +
      `sigma ${percent(sigma)} of (estimate - exact) / exact`,
  );
}

function _count(count: number): string {
  return count.toLocaleString("en");
}
