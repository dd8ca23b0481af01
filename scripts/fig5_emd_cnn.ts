/**
 * Fig. 5: how far the EMD CNN is from the exact EMD, on wafers that it has not seen.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/fig5_emd_cnn.ts --input FILE.csv
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  checksum,
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { emdCnnWeights } from "../src/models/inference/mod.ts";
import { emdCnnSurrogate } from "../src/models/surrogates/emd_cnn_surrogate.ts";
import { randomPairDraw, trainEmdCnn } from "../src/models/surrogates/emd_cnn_training.ts";
import { mixedPairDraw } from "../src/models/surrogates/mixed_pair_draw.ts";
import { relativeDifference } from "../src/models/surrogates/relative_difference.ts";
import type { LabelledBatch, Surrogate } from "../src/models/surrogates/types.ts";
import { RandomStream } from "../src/numerics/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitInThree } from "./std/distinct_wafers.ts";
import { differencesFigure, type JudgedPairs, predictionsFigure } from "./std/emd_cnn_figures.ts";
import { rawNumbersPath, readPublishedWeights } from "./std/published_weights.ts";
import {
  publishedReconstruction,
  type Reconstruct,
  reconstructionPairs,
  trainedReconstruction,
} from "./std/reconstruction_pairs.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS } from "./std/training_options.ts";

/** How the paper's network is trained, and how many pairs judge it. */
export type Fig5Training = {
  /** Pairs in a fixed set to learn from; 0 for pairs that are drawn anew for each batch. */
  readonly pairs: number;
  /** The part of them that are wafers with near copies, so that small EMDs are learnt too. */
  readonly near: number;
  /** Pairs learnt from in all. */
  readonly visits: number;
  /** Pairs in a batch. */
  readonly batchSize: number;
  /** Learning rate of Adam, at first. */
  readonly learningRate: number;
  /** How it goes on. */
  readonly schedule: "constant" | "cosine";
  /** How often the best weights are looked for. */
  readonly validations: number;
  /** Random pairs that judge each seed. */
  readonly judged: number;
};

/** Of each preset the training, and the number of seeds unless told otherwise. */
const PRESETS = {
  quick: {
    training: {
      pairs: 0,
      near: 0.25,
      visits: 40_000,
      batchSize: 32,
      learningRate: 2e-3,
      schedule: "cosine",
      validations: 4,
      judged: 4000,
    },
    seeds: 2,
  },
  standard: {
    training: {
      pairs: 0,
      near: 0.25,
      visits: 600_000,
      batchSize: 64,
      learningRate: 4e-3,
      schedule: "cosine",
      validations: 20,
      judged: 20_000,
    },
    seeds: 3,
  },
  paper: {
    training: {
      pairs: 238_000,
      near: 0,
      visits: 120 * 238_000,
      batchSize: 32,
      learningRate: 1e-3,
      schedule: "constant",
      validations: 120,
      judged: 102_000,
    },
    seeds: 3,
  },
} as const satisfies Record<string, { training: Fig5Training; seeds: number }>;

type PresetName = keyof typeof PRESETS;

const OPTIONS = {
  ...WAFER_OPTIONS,
  preset: presetOption(["quick", "standard", "paper"]),
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  published: {
    kind: "text",
    value: "FILE.json,...",
    describe: "Manifests of published EMD CNNs to judge by the same pairs",
    default: "",
    names: "input",
  },
  autoencoder: {
    kind: "text",
    value: "FILE.json",
    describe: "Manifest of an autoencoder that reconstructs wafers, instead of one trained here",
    default: "",
    names: "input",
  },
  quantised: { kind: "flag", describe: "The encoder of --autoencoder has the published formats" },
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fig5_emd_cnn.ts",
  summary: `\
Trains the paper's EMD CNN on pairs of 70 % of the wafers with their exact EMDs, and compares its
estimates with exact EMDs on pairs of other wafers: random pairs, and wafers with their
reconstructions by an autoencoder. Prints bias and sigma of the relative difference, and draws it.

Presets, for each seed:
  quick     40,000 pairs, each learnt from once, some 30 seconds; 2 seeds. It shows that all works;
            sigma is about twice what the network can reach
  standard  600,000 pairs, each learnt from once, some 5 minutes; 3 seeds
  paper     238,000 random pairs in 120 epochs of batches of 32 at a constant rate, as published: hours

In quick and standard three of four pairs are random ones, one is a wafer with a distorted copy: small
EMDs are rare among random pairs.

A run that was cut off goes on where it stopped. Weights from others are read from manifests (.json)
with the numbers beside (.f32).`,
  permissions: {
    "--allow-read": "the input files, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --preset standard",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  training: Fig5Training;
  order: CellOrder;
  backend: string;
  published: readonly string[];
  autoencoder: string;
};

/** What the experiment works on. */
export interface Fig5Inputs {
  /** Wafers with charge, no two of them the same. */
  readonly wafers: WaferTable;
  /** Other networks, to be judged by the same pairs. */
  readonly others: readonly { readonly name: string; readonly surrogate: Surrogate }[];
  /** What reconstructs wafers; one trained on the wafers to train on if left out. */
  readonly reconstruct?: Reconstruct | undefined;
}

/** Paper's bias and sigma, in per cent. */
const PAPER = { bias: -1.3, sigma: 5.3 } as const;

/**
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function fig5EmdCnn(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, preset, seed, quantised } = options;
  const description = await startBackend(options.backend, options);
  const wafers = await readDistinctWafers(input, order);
  const published = await readPublishedWeights(options.published);
  const [autoencoder] = await readPublishedWeights(options.autoencoder);
  const weightFiles = [...published, ...autoencoder ? [autoencoder] : []]
    .map(({ path }) => rawNumbersPath(path));
  const checksums = await Promise.all([input, ...weightFiles].map(fileChecksum));
  const { training, seeds } = PRESETS[preset];
  const count = options.seeds === 0 ? seeds : options.seeds;
  const others = published.map(({ name, weights }) => ({
    name,
    surrogate: emdCnnSurrogate(emdCnnWeights(weights)),
  }));
  const reconstruct = autoencoder && publishedReconstruction(autoencoder.weights, quantised);
  await runAndReport(fig5Experiment({ wafers, others, reconstruct }), {
    script: import.meta.url,
    config: {
      training,
      order,
      backend: description,
      published: published.map(({ name }) => name),
      autoencoder: autoencoder === undefined
        ? "trained here"
        : autoencoder.name + (quantised ? ", quantised" : ""),
    },
    seeds: Array.from({ length: count }, (_, k) => seed + k),
    dataChecksum: checksums.length === 1
      ? checksums[0]
      : await checksum(new TextEncoder().encode(checksums.join())),
    backend: description,
  }, options);
}

/**
 * The experiment on wafers in memory, on the tensor backend in use.
 *
 * @param inputs Wafers and networks.
 * @returns The experiment.
 */
export function fig5Experiment(inputs: Fig5Inputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "fig5_emd_cnn",
    title: `Fig. 5: the EMD CNN on wafers it has not seen, of ${inputs.wafers.count}`,
    run: (context) => _run(context, inputs),
  });
}

/** Kinds of pairs that judge, by the names of their quantities. */
const KINDS = ["random pairs", "reconstruction pairs"] as const;

/** Of each kind, the pairs of all seeds with the estimates of each network. */
type _Judged = Record<typeof KINDS[number], Map<string, JudgedPairs[]>>;

async function _run(context: ExperimentContext<Config>, inputs: Fig5Inputs): Promise<void> {
  const judged: _Judged = { "random pairs": new Map(), "reconstruction pairs": new Map() };
  for (const seed of context.seeds) {
    const { pairs, surrogate, dispose } = await _trainAndDraw(context, inputs, seed);
    for (const kind of KINDS) {
      const { x, y, emd } = pairs[kind];
      for (const { name, surrogate: other } of [{ name: OURS, surrogate }, ...inputs.others]) {
        const estimate = await other.value(x, y);
        const before = judged[kind].get(name) ?? [];
        judged[kind].set(name, [...before, { exact: emd, estimate }]);
      }
    }
    dispose();
  }
  for (const kind of KINDS) {
    for (const [name, perSeed] of judged[kind]) {
      const found = perSeed.map(({ exact, estimate }) => relativeDifference(estimate, exact));
      for (const what of ["bias", "sigma"] as const) {
        const values = found.map((difference) => 100 * difference[what]);
        context.addQuantity(`${name}, ${kind}: ${what}`, "%", values, { paper: PAPER[what] });
      }
    }
    const file = kind.replace(" pairs", "");
    context.addFigure(`relative_difference_${file}`, differencesFigure(kind, judged[kind], PAPER));
    context.addFigure(
      `predicted_${file}`,
      predictionsFigure(kind, OURS, judged[kind].get(OURS)!),
    );
  }
}

const OURS = "EMD CNN";

/** The network of a seed, and the pairs that judge it. */
async function _trainAndDraw(
  context: ExperimentContext<Config>,
  { wafers, reconstruct }: Fig5Inputs,
  seed: number,
) {
  const { training } = context.config;
  const { train, choose, judge } = splitInThree(wafers, seed);
  const stream = (purpose: string) => new RandomStream(seed, purpose);
  const draw = mixedPairDraw(train, training);
  const { model } = await trainEmdCnn({
    pairs: training.pairs === 0 ? draw : draw(training.pairs, stream("pairs to train on")),
    validation: mixedPairDraw(choose, training)(2000, stream("pairs to choose by")),
    visits: training.visits,
    batchSize: training.batchSize,
    learningRate: training.learningRate,
    schedule: training.schedule,
    validations: training.validations,
    seed,
    checkpoint: { store: context.checkpoint, name: `emd_cnn-${seed}` },
    onProgress: ({ step, steps }) => context.progress(step, steps, `Training, seed ${seed}`),
  });
  const random = randomPairDraw(judge.charges)(training.judged, stream("pairs to judge by"));
  const reconstruction = await reconstructionPairs(
    judge.charges,
    reconstruct ?? await trainedReconstruction(train.charges, seed),
  );
  const pairs: Record<typeof KINDS[number], LabelledBatch> = {
    "random pairs": random,
    "reconstruction pairs": reconstruction,
  };
  return { pairs, surrogate: emdCnnSurrogate(model), dispose: () => model.dispose() };
}

if (import.meta.main) await runCommand(COMMAND, fig5EmdCnn);
