/**
 * Table B1: the search for the EMD CNN's hyperparameters, as jobs that stand by themselves.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/table_b1_grid.ts --input FILE.csv
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  fileStore,
  parseResult,
  provenance,
  type Quantity,
  type Result,
  resultKey,
  runExperiment,
  type Store,
} from "../src/experiments/mod.ts";
import { emdCnnSurrogate } from "../src/models/surrogates/emd_cnn_surrogate.ts";
import { randomPairDraw, trainEmdCnn } from "../src/models/surrogates/emd_cnn_training.ts";
import { relativeDifference } from "../src/models/surrogates/relative_difference.ts";
import { RandomStream } from "../src/numerics/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { codeVersion } from "./std/code_checksum.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitInThree } from "./std/distinct_wafers.ts";
import { claimsAround, type GridJob, gridJobs, jobName, PRINTED } from "./std/emd_cnn_grid.ts";
import { gridSummary } from "./std/emd_cnn_grid_summary.ts";
import { gridTable } from "./std/emd_cnn_grid_table.ts";
import { secondsAPair } from "./std/emd_cnn_rate.ts";
import { tell, tellEvent } from "./std/experiment_events.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { parseShard, SHARD_OPTION, shareOf, tellShare } from "./std/shard.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS } from "./std/training_options.ts";

/** How each job of a preset is trained. */
interface Preset {
  /** Pairs in a fixed set to learn from; 0 for pairs that are drawn anew for each batch. */
  readonly pairs: number;
  /** Pairs learnt from in all. */
  readonly visits: number;
  readonly learningRate: number;
  readonly schedule: "constant" | "cosine";
  /** Random pairs that judge each seed. */
  readonly judged: number;
  /** The network of the paper's claims. */
  readonly base: GridJob;
  /** Which jobs are run, by their number in the list, unless told otherwise. */
  readonly runs: (job: GridJob) => boolean;
}

const PAPER_VISITS = 120 * 238_000;
const BATCH = 32;
/** Configurations of Table B1 that `quick` runs: its two cheapest. */
const CHEAPEST = [4, 6];
const CHEAPEST_NAMES = CHEAPEST.map((number) => jobName(PRINTED[number - 1].job));
const TINY: GridJob = {
  convLayers: 2,
  kernelSize: 3,
  filters: 8,
  denseLayers: 1,
  denseUnits: 32,
  loss: "mse",
};

const PRESETS = {
  quick: {
    pairs: 0,
    visits: 16_000,
    learningRate: 2e-3,
    schedule: "cosine",
    judged: 2000,
    base: TINY,
    runs: (job) => job.filters === TINY.filters || CHEAPEST_NAMES.includes(jobName(job)),
  },
  paper: {
    pairs: 238_000,
    visits: PAPER_VISITS,
    learningRate: 1e-3,
    schedule: "constant",
    judged: 102_000,
    base: PRINTED[3].job,
    runs: () => true,
  },
} as const satisfies Record<string, Preset>;

const OPTIONS = {
  ...WAFER_OPTIONS,
  preset: presetOption(["quick", "paper"], "How long to train, and which jobs"),
  visits: {
    kind: "integer",
    describe: "Pairs that each network learns from; 0 for the preset's number",
    least: 0,
    default: 0,
  },
  repeats: { kind: "integer", describe: "Seeds of each job", least: 2, default: 3 },
  seed: SEED_OPTIONS.seed,
  "most-hours": {
    kind: "integer",
    describe: "Jobs estimated to take longer are listed only; 0 for no limit",
    least: 0,
    default: 0,
  },
  ...SHARD_OPTION,
  backend: BACKEND_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/table_b1_grid.ts",
  summary: `\
The paper's search for the EMD CNN: networks of 1 to 4 convolutions with kernels of 1, 3 and 5 and 32
to 256 filters, 1 or 2 dense layers of 32 to 256 units, trained on MSE, MSLE or Huber. Each network is
a job with a result of its own, over several seeds; the eight of Table B1 come first, then those that
the paper's claims need. Jobs that are done are not run again, and one that was cut off goes on where
it stopped. At the end, without --shard, a table of all jobs with the hours that each would take as
published, and a verdict on each claim.

Presets:
  quick  configurations ${
    CHEAPEST.join(" and ")
  } of Table B1, its cheapest, and the claims on a tiny
         network (${TINY.filters} filters of 3 x 3): 16,000 pairs for each seed. It shows how the
         search works; its sigmas are those of networks that have hardly begun to learn
  paper  everything: 238,000 pairs in 120 epochs of batches of 32`,
  permissions: {
    "--allow-read": "the input file, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --preset paper --shard 1/8",
};

/** What the result of a job depends on, besides seeds and data. */
type Config = {
  job: GridJob;
  pairs: number;
  visits: number;
  batchSize: number;
  learningRate: number;
  schedule: "constant" | "cosine";
  judged: number;
  order: CellOrder;
  backend: string;
};

/**
 * Runs the jobs of a shard; without one, all jobs, and sums them up.
 *
 * @param options The options of the command line.
 */
export async function tableB1(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, repeats, seed, results, force } = options;
  const preset: Preset = PRESETS[options.preset];
  const shard = parseShard(options.shard);
  const description = await startBackend(options.backend, options);
  const wafers = await readDistinctWafers(input, order);
  const visits = options.visits || preset.visits;
  const rate = await secondsAPair(BATCH);
  const hours = (job: GridJob, visits: number) => repeats * visits * rate(job) / 3600;

  const { pairs, learningRate, schedule, judged } = preset;
  const training = { pairs, visits, batchSize: BATCH, learningRate, schedule, judged };
  const common = { ...training, order, backend: description };
  const inputs = {
    seeds: Array.from({ length: repeats }, (_, k) => seed + k),
    dataChecksum: await fileChecksum(input),
    version: await codeVersion(import.meta.url),
  };
  const store = fileStore(results);
  const jobs = gridJobs(preset.base);
  const limit = options["most-hours"] || Infinity;
  const isWanted = (job: GridJob) => preset.runs(job) && hours(job, visits) <= limit;
  const wanted = jobs.filter(isWanted);
  const mine = shareOf(wanted, shard);
  tell(`${jobs.length} jobs, ${wanted.length} of them to run, ${mine.length} here`, options);
  const experiment = gridExperiment(wafers);
  for (const [k, job] of mine.entries()) {
    const { result, folder, reused } = await runExperiment(experiment, {
      ...inputs,
      config: { job, ...common },
      backend: description,
      store,
      provenance: await provenance(),
      force,
    });
    const { mean, spread } = _sigma(result)!;
    const sigma = `sigma ${mean.toFixed(2)} ± ${spread!.toFixed(2)} %`;
    const where = `${results}/${folder}${reused ? ", found complete" : ""}`;
    tell(`  ${k + 1}/${mine.length} ${jobName(job)}: ${sigma} (${where})`, options);
    if (options.json) {
      tellEvent({ event: "progress", label: "Networks", done: k + 1, total: mine.length });
    }
  }
  if (shard.of > 1) {
    tellShare(shard, mine.length, options);
    return;
  }

  const sigmas = new Map<string, Quantity>();
  for (const job of wanted) {
    const parts = { experiment: experiment.name, config: { job, ...common }, ...inputs };
    const found = await _stored(store, `${experiment.name}/${await resultKey(parts)}`);
    const sigma = found && _sigma(found);
    if (sigma !== undefined) sigmas.set(jobName(job), sigma);
  }
  const table = gridTable({
    jobs,
    claims: claimsAround(preset.base),
    sigmaOf: (job) => sigmas.get(jobName(job)),
    hoursOf: (job) => hours(job, PAPER_VISITS),
    isWanted,
    heading: `${visits.toLocaleString("en")} pairs learnt from, ${repeats} seeds, ${description}`,
  });
  const name = `${experiment.name}/table-${options.preset}-${visits}.md`;
  await store.write(name, new TextEncoder().encode(table.all));
  tell(`\n${table.summary}\nAll ${jobs.length} jobs: ${results}/${name}`, options);
  await runAndReport(gridSummary(sigmas), {
    script: import.meta.url,
    config: { ...common, jobs: [...sigmas.keys()] },
    seeds: inputs.seeds,
    dataChecksum: inputs.dataChecksum,
    backend: description,
  }, options);
}

/**
 * A job on wafers in memory, on the tensor backend in use.
 *
 * @param wafers Wafers with charge, no two of them the same.
 * @returns The experiment.
 */
export function gridExperiment(wafers: WaferTable): Experiment<Config> {
  return defineExperiment<Config>({
    name: "table_b1_grid",
    title: "Table B1: an EMD CNN of the paper's search",
    run: (context) => _run(context, wafers),
  });
}

async function _run(context: ExperimentContext<Config>, wafers: WaferTable): Promise<void> {
  const { job: { loss, ...network }, pairs, judged, ...training } = context.config;
  const { visits, batchSize, learningRate, schedule } = training;
  const found = [];
  for (const seed of context.seeds) {
    const { train, choose, judge } = splitInThree(wafers, seed);
    const stream = (purpose: string) => new RandomStream(seed, purpose);
    const draw = randomPairDraw(train.charges);
    const { model } = await trainEmdCnn({
      network,
      kind: loss,
      pairs: pairs === 0 ? draw : draw(pairs, stream("pairs to train on")),
      validation: randomPairDraw(choose.charges)(
        Math.min(2000, judged / 2),
        stream("pairs to choose by"),
      ),
      visits,
      batchSize,
      learningRate,
      schedule,
      validations: visits < 1e6 ? 4 : 120,
      seed,
      checkpoint: { store: context.checkpoint, name: `emd_cnn-${seed}` },
    });
    const { x, y, emd } = randomPairDraw(judge.charges)(judged, stream("pairs to judge by"));
    found.push(relativeDifference(await emdCnnSurrogate(model).value(x, y), emd));
    model.dispose();
  }
  for (const what of ["bias", "sigma"] as const) {
    context.addQuantity(what, "%", found.map((difference) => 100 * difference[what]));
  }
}

function _sigma(result: Result): Quantity | undefined {
  return result.quantities.find(({ name }) => name === "sigma");
}

async function _stored(store: Store, folder: string): Promise<Result | undefined> {
  const bytes = await store.read(`${folder}/result.json`);
  return bytes && parseResult(bytes);
}

if (import.meta.main) await runCommand(COMMAND, tableB1);
