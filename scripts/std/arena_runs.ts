/**
 * Trainings that are judged one by one: a run that fails is told of, and ends no other.
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import {
  type AutoencoderEvaluation,
  evaluateAutoencoder,
} from "../../src/models/autoencoder/evaluate_autoencoder.ts";
import {
  loadEconAutoencoder,
  type LoadedAutoencoder,
} from "../../src/models/autoencoder/load_autoencoder.ts";
import { splitNumbersInThree } from "./distinct_wafers.ts";
import { type Shard, shareOf } from "./shard.ts";
import {
  trainedNetworks,
  type TrainedNetworksOptions,
  type WantedNetwork,
} from "./trained_networks.ts";

/** A run that went to its end. */
export interface JudgedRun {
  /** Its seed. */
  readonly seed: number;
  /** What it did on the wafers that judge this seed. */
  readonly evaluation: AutoencoderEvaluation;
  /** The network. */
  readonly autoencoder: LoadedAutoencoder;
}

/** A run that did not. */
export interface FailedRun {
  /** Its seed. */
  readonly seed: number;
  /** At what step, and why. */
  readonly reason: string;
}

/** The runs of one training, one a seed. */
export interface ArenaRuns {
  /** The training's name. */
  readonly name: string;
  /** Runs that went to their end, by seed. */
  readonly judged: readonly JudgedRun[];
  /** Runs that failed, by seed. */
  readonly failed: readonly FailedRun[];
}

/** What {@linkcode arenaRuns} works on. */
export interface ArenaRunsOptions extends TrainedNetworksOptions {
  /** The wafers; each seed splits them anew. */
  readonly wafers: WaferTable;
  /** The seeds. */
  readonly seeds: readonly number[];
  /** The trainings of a seed, the same names for each. */
  readonly wanted: (train: WaferTable, seed: number) => readonly WantedNetwork[];
}

/** What a worker says of a training whose numbers, or a loss whose inputs, went astray. */
const ASTRAY = /^Cannot train in parallel: worker 0: (Cannot (?:train|compute) .*)/s;

/**
 * Trains networks, or finds them trained, as many at a time as there are cores, and judges them by the
 * wafers apart.
 *
 * @param options Wafers, seeds, trainings.
 * @returns The runs, in the order of the trainings of a seed.
 * @throws {Error} If a run ends for another reason than its numbers.
 */
export async function arenaRuns(options: ArenaRunsOptions): Promise<ArenaRuns[]> {
  const { seeds } = options, jobs = _jobs(options);
  const runs = await _runAll(jobs, options);
  return jobs.slice(0, jobs.length / seeds.length).map(({ job: { name } }) => {
    const own = runs.filter((_, k) => jobs[k].job.name === name);
    return {
      name,
      judged: own.filter((run) => "evaluation" in run),
      failed: own.filter((run) => "reason" in run),
    };
  });
}

/**
 * Trains a share of the networks, for a later {@linkcode arenaRuns} to find. A training that fails is
 * left to it.
 *
 * @param options Wafers, seeds, trainings.
 * @param shard The share.
 * @returns How many networks that are.
 * @throws {Error} If a run ends for another reason than its numbers.
 */
export async function trainArenaShare(options: ArenaRunsOptions, shard: Shard): Promise<number> {
  const jobs = shareOf(_jobs(options), shard);
  await _runAll(jobs, options);
  return jobs.length;
}

/** A training, and which wafers judge it. */
interface _ArenaJob {
  readonly job: WantedNetwork;
  readonly judge: ArrayLike<number> & Iterable<number>;
}

/** All trainings of a seed, then those of the next. */
function _jobs({ wafers, seeds, wanted }: ArenaRunsOptions): _ArenaJob[] {
  return seeds.flatMap((seed) => {
    const { train, judge } = splitNumbersInThree(wafers, seed);
    return wanted(selectWafers(wafers, train), seed).map((job) => ({ job, judge }));
  });
}

/** Runs trainings side by side. */
async function _runAll(
  jobs: readonly _ArenaJob[],
  options: ArenaRunsOptions,
): Promise<(JudgedRun | FailedRun)[]> {
  const { wafers, onProgress } = options;
  const total = jobs.reduce((sum, { job }) => sum + job.steps, 0);
  const done = jobs.map(() => 0);
  const runs = new Array<JudgedRun | FailedRun>(jobs.length);
  const queue = [...jobs.keys()];
  const runNext = async () => {
    for (let k = queue.shift(); k !== undefined; k = queue.shift()) {
      const { job, judge } = jobs[k];
      const tell = (step: number) => {
        done[k!] = step;
        onProgress?.(done.reduce((a, b) => a + b), total);
      };
      runs[k] = await _run(job, selectWafers(wafers, judge), { ...options, onProgress: tell });
      tell(job.steps);
    }
  };
  try {
    await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, runNext));
  } catch (error) {
    queue.length = 0; // So that the other lanes come to an end.
    throw error;
  }
  return runs;
}

async function _run(
  job: WantedNetwork,
  judge: WaferTable,
  options: TrainedNetworksOptions,
): Promise<JudgedRun | FailedRun> {
  const { seed } = job;
  try {
    const [network] = await trainedNetworks([job], options);
    const autoencoder = await loadEconAutoencoder(network);
    return { seed, evaluation: evaluateAutoencoder(autoencoder, judge), autoencoder };
  } catch (error) {
    const reason = error instanceof Error ? ASTRAY.exec(error.message)?.[1] : undefined;
    if (reason === undefined) throw error;
    return { seed, reason };
  }
}
