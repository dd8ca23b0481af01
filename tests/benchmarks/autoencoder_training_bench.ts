/**
 * From nothing to reconstructions of a median exact EMD below 1: the quantised autoencoder of the
 * ECON-T trained on the exact EMD and its gradient, here and in PyTorch with POT's `emd2` as the loss.
 *
 *     deno run --lock=tests/deno.lock --no-prompt --allow-read --allow-ffi --allow-run \
 *       tests/benchmarks/autoencoder_training_bench.ts [--wafers FILE.csv] [--peer PYTHON] \
 *       [--steps 2500] [--rounds 3]
 *
 * Both sides have the same network, recipe, batches of 128, steps and wafers, and two cores. Rounds
 * are interleaved; each has a seed and a split of its own: 10 % of the wafers are kept apart, and when
 * the rate has come down to zero both sides are judged by the exact EMD on these.
 *
 * Here the time is that of the whole training, with its workers' start; the peer's begins when its
 * modules are loaded. In the first round the peer tries how it uses two cores best. The wafers are
 * those of ../shared where there are any, else data/sample.csv.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { type AutoencoderJob, job } from "../../scripts/std/autoencoder_job.ts";
import { readDistinctWafers } from "../../scripts/std/distinct_wafers.ts";
import { selectWafers, splitWafers, type WaferTable } from "../../src/datasets/mod.ts";
import {
  buildEconAutoencoder,
  DEFAULT_RECIPE,
  type EconAutoencoder,
  PUBLISHED_FORMATS,
  summariseEmd,
} from "../../src/models/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import {
  type BackendName,
  importWeights,
  tf,
  train,
  trainParallel,
  useBackend,
} from "../../src/tensor/mod.ts";
import { CELLS, normalise, waferEmdBatch } from "../../src/wafer/mod.ts";
import { type PeerForm, type PeerResult, trainPeer } from "./_autoencoder_peer.ts";
import { type StepParts, stepParts } from "./_autoencoder_step.ts";
import { DEFAULT_PEER } from "./_peer.ts";
import { median, table } from "./_report.ts";

const REAL_WAFERS = "../shared/data/wafers/dense.csv", SIMULATED_WAFERS = "data/sample.csv";
/** Part of the wafers that are trained on. */
const SHARE = 0.9;
/** Steps in which the rate rises, as in `autoencoderTraining`. */
const WARM_UP_STEPS = 200;
/** The median EMD that has to be reached, in half trigger-cell pitches. */
const TARGET = 1;
/** Steps whose parts are timed. */
const TIMED_STEPS = 300;

/** How this library can train: threads, and what computes. */
const FORMS = [
  { workers: 1, backend: "wasm" },
  { workers: 1, backend: "blas" },
  { workers: 2, backend: "wasm" },
  { workers: 2, backend: "blas" },
] as const;

/** Options of {@linkcode autoencoderTrainingBench}. */
export interface AutoencoderTrainingBenchOptions {
  /** Python with PyTorch and POT. */
  readonly peer?: string;
  /** A CSV file of wafers. */
  readonly wafers?: string;
  /** Steps of each training: the rate falls to zero over them. */
  readonly steps?: number;
  /** Interleaved rounds. */
  readonly rounds?: number;
}

/** Seconds of a training, and the median EMD that it reached on wafers apart. */
interface Run {
  readonly seconds: number;
  readonly median: number;
}

/** Wafers to learn from and wafers to judge by. */
interface Sides {
  readonly wafers: WaferTable;
  readonly apart: WaferTable;
}

/** Runs the benchmark and prints two tables. */
export async function autoencoderTrainingBench(
  options: AutoencoderTrainingBenchOptions = {},
): Promise<void> {
  const { peer = DEFAULT_PEER, steps = 2500, rounds = 3 } = options;
  const file = options.wafers ?? await _defaultWafers();
  const all = await readDistinctWafers(file, "train");
  const forms = await _formsHere();
  const ours = forms.map((): Run[] => []), theirs: Run[] = [];
  const parts = new Map<string, StepParts[]>();
  let found: PeerResult | string | undefined, form: PeerForm | undefined;
  for (let round = 0; round < rounds; round++) {
    const sides = _split(all, round);
    found = await trainPeer(peer, { ...sides, ..._peerSettings(steps), seed: round, form });
    if (typeof found !== "string") {
      if (round === 0) _tellTrials(found);
      form = found.form;
      theirs.push({ seconds: found.seconds, median: _median(sides, found.reconstructions) });
      _push(parts, "PyTorch, POT", found.parts as unknown as StepParts);
    }
    for (const [k, { workers, backend }] of forms.entries()) {
      const training = _job(sides.wafers, steps, round);
      if (workers === 1) {
        await useBackend({ backend });
        _push(parts, backend, await stepParts(await job(training), TIMED_STEPS));
      }
      ours[k].push(await _train(training, workers, backend, sides));
    }
  }
  console.log(
    `\nThe autoencoder from nothing, exact EMD as its loss: ${steps} steps of ` +
      `${DEFAULT_RECIPE.batchSize}, ${file}, ${rounds} rounds`,
  );
  if (typeof found === "string") console.log(`  PyTorch is not compared with: ${found}`);
  const peerName = typeof found === "object" ? _peerName(found) : undefined;
  table([
    ["", "seconds", "ms a step", ...peerName ? ["PyTorch's time over it"] : [], "medians reached"],
    ...forms.map(({ workers, backend }, k) =>
      _row(`${backend}, ${workers === 1 ? "one thread" : "two workers"}`, ours[k], theirs, steps)
    ),
    ...peerName ? [_row(peerName, theirs, theirs, steps)] : [],
  ]);
  if ([...ours.flat(), ...theirs].some((run) => !(run.median < TARGET))) {
    console.log(`  Not all medians are below ${TARGET}: the times are not those to get there`);
  }
  console.log("\nParts of a step in ms; here in one thread");
  table([
    ["", "batch", "forward", "EMD", "backward", "Adam"],
    ...[...parts].map(([name, rounds]) => [
      name,
      ...(["batch", "forward", "loss", "backward", "adam"] as const).map((part) =>
        median(rounds.map((parts) => parts[part])).toFixed(2)
      ),
    ]),
  ]);
}

async function _defaultWafers(): Promise<string> {
  const isThere = await Deno.stat(REAL_WAFERS).then(() => true, () => false);
  return isThere ? REAL_WAFERS : SIMULATED_WAFERS;
}

/** The forms that this machine has. */
async function _formsHere(): Promise<(typeof FORMS)[number][]> {
  const backends = new Set<BackendName>();
  for (const backend of ["wasm", "blas"] as const) {
    backends.add((await useBackend({ backend })).name);
  }
  if (!backends.has("blas")) console.log("  backend blas is not here");
  return FORMS.filter(({ backend }) => backends.has(backend));
}

function _split(all: WaferTable, seed: number): Sides {
  const stream = new RandomStream(seed, "split of wafers");
  const { train, validation } = splitWafers(all, { share: SHARE, stream });
  return { wafers: selectWafers(all, train), apart: selectWafers(all, validation) };
}

function _job(wafers: WaferTable, steps: number, seed: number): AutoencoderJob {
  const architecture = {
    formats: PUBLISHED_FORMATS,
    decoder: { kind: "convolutional" },
    conditions: [],
  } as const;
  return { wafers, architecture, loss: "exact_emd", recipe: DEFAULT_RECIPE, steps, seed };
}

function _peerSettings(steps: number) {
  const warmUp = Math.min(WARM_UP_STEPS, Math.floor(steps / 10));
  return { recipe: DEFAULT_RECIPE, warmUp, steps };
}

async function _train(
  training: AutoencoderJob,
  workers: number,
  backend: BackendName,
  sides: Sides,
): Promise<Run> {
  await useBackend({ backend });
  let model: EconAutoencoder;
  const begin = performance.now();
  if (workers === 1) {
    const options = await job(training);
    model = options.model as EconAutoencoder;
    await train(options);
  } else {
    const module = new URL("../../scripts/std/autoencoder_job.ts", import.meta.url);
    const shared = { module, export: "job", options: training };
    const { weights } = await trainParallel(shared, { workers, backend: { backend } });
    model = buildEconAutoencoder();
    importWeights(model, weights);
  }
  const seconds = (performance.now() - begin) / 1000;
  const output = tf.tidy(() => {
    const charges = Float32Array.from(normalise(sides.apart.charges, "power_of_two"));
    return model.apply(tf.tensor2d(charges, [sides.apart.count, CELLS]), false);
  });
  const reconstructions = await output.data() as Float32Array;
  output.dispose();
  model.dispose();
  return { seconds, median: _median(sides, reconstructions) };
}

/** The median exact EMD of the wafers apart and their reconstructions, for both sides. */
function _median({ apart }: Sides, reconstructions: Float32Array): number {
  return summariseEmd(waferEmdBatch(apart.charges, reconstructions).values).median;
}

function _push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  lists.set(key, [...lists.get(key) ?? [], item]);
}

function _row(name: string, runs: readonly Run[], theirs: readonly Run[], steps: number): string[] {
  const seconds = median(runs.map((run) => run.seconds));
  const ratios = theirs.map((run, round) => run.seconds / runs[round].seconds);
  return [
    name,
    seconds.toFixed(1),
    (1000 * seconds / steps).toFixed(2),
    ...ratios.length === 0 ? [] : [median(ratios).toFixed(2)],
    runs.map((run) => run.median.toFixed(3)).join(", "),
  ];
}

function _peerName({ versions, form: [threads, processes] }: PeerResult): string {
  return `PyTorch ${versions.PyTorch} (${threads}), POT ${versions.POT} (${processes})`;
}

function _tellTrials({ trials }: PeerResult): void {
  const words = trials.map(([threads, processes, milliseconds]) =>
    `threads ${threads}, processes ${processes}: ${milliseconds.toFixed(1)}`
  );
  console.log(`  PyTorch and POT on two cores, ms a step: ${words.join("; ")}`);
}

if (import.meta.main) {
  const { steps, rounds, ...texts } = parseArgs(Deno.args, {
    string: ["wafers", "peer", "steps", "rounds"],
  });
  await autoencoderTrainingBench({
    ...(texts.wafers ? { wafers: texts.wafers } : {}),
    ...(texts.peer ? { peer: texts.peer } : {}),
    ...(steps ? { steps: Number(steps) } : {}),
    ...(rounds ? { rounds: Number(rounds) } : {}),
  });
}
