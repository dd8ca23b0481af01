/**
 * The last row of Table B1: what surrogates of the EMD are worth as losses of the autoencoder.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/table_b1_autoencoder.ts
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { DEFAULT_RECIPE, PUBLISHED_RECIPE } from "../src/models/autoencoder/training.ts";
import { econFormats } from "../src/models/published/econ_formats.ts";
import type { BackendName } from "../src/tensor/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitInThree } from "./std/distinct_wafers.ts";
import { addEvaluations } from "./std/evaluation_quantities.ts";
import { judgeNetworks, seedsOf } from "./std/judged_networks.ts";
import { checksums, type LossSurrogate, lossSurrogates } from "./std/loss_surrogates.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { asPublished } from "./std/stored_emd_cnn.ts";
import {
  landscapeFigure,
  landscapeTable,
  type SumLandscape,
  sumLandscape,
} from "./std/sum_landscape.ts";
import { judgeSurrogates, QUALITY_KINDS } from "./std/surrogate_quality.ts";
import {
  type LossWorth,
  worthCorrelations,
  worthFigure,
  worthTable,
} from "./std/surrogate_worth_report.ts";
import { BACKEND_OPTION, SEED_OPTIONS, STEPS_OPTION } from "./std/training_options.ts";
import { untrainedScores } from "./std/untrained_scores.ts";

/** Recipes by name. */
const RECIPES = { default: DEFAULT_RECIPE, published: PUBLISHED_RECIPE } as const;
type RecipeName = keyof typeof RECIPES;

/** Steps, seeds, and pairs that judge surrogates, unless told otherwise. */
const PRESETS = {
  quick: { steps: 40, seeds: 1, pairs: 100 },
  standard: { steps: 3000, seeds: 2, pairs: 1000 },
} as const;

const OPTIONS = {
  ...WAFER_OPTIONS,
  surrogates: {
    kind: "text",
    value: "NAME,...",
    describe: "Shipped kinds, and folders of scripts/train_surrogate.ts",
    default: "closed_form,scale_free,dual_potential,emd_cnn",
  },
  published: {
    kind: "text",
    value: "FILE.json,...",
    describe: "Manifests of published EMD CNNs, their numbers beside them (.f32)",
    default: "",
    names: "input",
  },
  recipes: {
    kind: "choice",
    choices: ["both", "default", "published"],
    describe: "How networks are trained, see scripts/train_autoencoder.ts",
    default: "both",
  },
  preset: presetOption(["quick", "standard"]),
  steps: STEPS_OPTION,
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/table_b1_autoencoder.ts",
  summary: `\
Trains the autoencoder of the ECON-T with each surrogate of the EMD as its loss, and with the exact EMD,
and compares wafers that were not trained on with their reconstructions by the exact EMD: the row "mean
performance on AE" of the paper's Table B1. Beside each stand the latents that have died, and what needs
no training at all: the best constant image (the same one for every wafer), the mean wafer, and the
network as it is before its first step. A loss that ends at the constant image has taught nothing.

An EMD CNN is used twice: shown charge fractions, as it was trained, and "as published", shown charges
divided by a power of two beside outputs of any sum; loss_by_sum tells what it makes of those.

How good each surrogate is as an estimate, its sigma and the cosine of its gradient with the exact one,
is measured as well, with the rank correlation of this and the worth as a loss.

Presets, for each surrogate, recipe and seed:
  quick     ${PRESETS.quick.steps} steps; 1 seed. The way it works; nothing has been learnt by then
  standard  ${PRESETS.standard.steps.toLocaleString("en")} steps; 2 seeds

Networks are kept in the results' folder networks/; other experiments find them there. A training that
was cut off goes on where it stopped.`,
  permissions: {
    "--allow-read": "the input, weights, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --published emd_cnn_pair_mse.json --preset standard",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  /** Checksums of the surrogates' weights by name. */
  surrogates: Record<string, string>;
  recipes: RecipeName[];
  steps: number;
  pairs: number;
  order: CellOrder;
  backend: string;
};

/** What the experiment works on. */
export interface TableB1Inputs {
  /** Wafers with charge, no two of them the same. */
  readonly wafers: WaferTable;
  /** The surrogates. */
  readonly surrogates: readonly LossSurrogate[];
  /** Where networks are kept. */
  readonly results: string;
  /** The backend of the workers. */
  readonly backend: BackendName;
  /** Whether to train again what is there. */
  readonly force?: boolean;
}

/** A loss with how it is called in the table. */
interface NamedLoss {
  readonly name: string;
  readonly input: LossWorth["input"];
  readonly loss: string | LossSurrogate["stored"];
}

/** The loss that all surrogates stand for. */
const EXACT: NamedLoss = { name: "exact_emd", input: "fractions", loss: "exact_emd" };

/**
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function tableB1Autoencoder(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, results, force, backend, seed } = options;
  const preset = PRESETS[options.preset];
  const description = await startBackend(backend, options);
  const wafers = await readDistinctWafers(input, order);
  const surrogates = await lossSurrogates(options);
  await runAndReport(
    tableB1AutoencoderExperiment({ wafers, surrogates, results, backend, force }),
    {
      script: import.meta.url,
      config: {
        surrogates: await checksums(surrogates),
        recipes: options.recipes === "both" ? ["default", "published"] : [options.recipes],
        steps: options.steps || preset.steps,
        pairs: preset.pairs,
        order,
        backend: description,
      },
      seeds: seedsOf(seed, options.seeds || preset.seeds),
      dataChecksum: await fileChecksum(input),
      backend: description,
    },
    options,
  );
}

/**
 * The experiment in memory, on the tensor backend in use.
 *
 * @param inputs Wafers, surrogates, and where networks are kept.
 * @returns The experiment.
 */
export function tableB1AutoencoderExperiment(inputs: TableB1Inputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "table_b1_autoencoder",
    title: `Table B1, mean performance on AE: surrogates as losses, ${inputs.wafers.count} wafers`,
    run: (context) => _run(context, inputs),
  });
}

async function _run(context: ExperimentContext<Config>, inputs: TableB1Inputs): Promise<void> {
  const { config: { pairs, recipes }, seeds } = context, { wafers, surrogates } = inputs;
  const references = await untrainedScores({
    wafers,
    seeds,
    recipes: recipes.map((name) => ({ name, recipe: RECIPES[name] })),
    onProgress: (done, total) => context.progress(done, total, "Constant images"),
  });
  const { judge } = splitInThree(wafers, seeds[0]);
  const qualities = await judgeSurrogates(surrogates, {
    wafers: judge,
    seed: seeds[0],
    pairs,
    onProgress: (done, total) => context.progress(done, total, "Surrogates"),
  });
  const landscapes: SumLandscape[] = [];
  for (const surrogate of surrogates.filter(({ stored }) => stored.kind === "emd_cnn")) {
    landscapes.push(await sumLandscape(surrogate, judge));
  }
  const worths = await _worths(context, inputs);

  for (const { name, means, medians } of references) {
    context.addQuantity(`${name}: median EMD`, "half pitch", medians);
    context.addQuantity(`${name}: mean EMD`, "half pitch", means);
  }
  const [best] = references;
  for (const { title, evaluations } of worths) {
    addEvaluations(context, title, evaluations);
    const parts = evaluations.map(({ mean }, k) => 100 * mean / best.means[k]);
    context.addQuantity(`${title}: mean EMD, of the best constant image's`, "%", parts);
  }
  for (const [name, quality] of qualities) {
    for (const kind of QUALITY_KINDS) {
      const { sigma, cosine } = quality[kind];
      context.addQuantity(`${name}, ${kind} pairs: sigma`, "%", [100 * sigma]);
      context.addQuantity(`${name}, ${kind} pairs: cosine of gradients`, "", [cosine]);
    }
  }
  for (const { name, value, ...paper } of worthCorrelations(worths, qualities)) {
    context.addQuantity(name, "", [value], paper);
  }
  context.addFigure("worth_by_sigma", worthFigure(worths, qualities, best));
  const addText = (name: string, text: string) =>
    context.addFile(name, new TextEncoder().encode(text));
  addText("table.md", worthTable(worths, qualities, references));
  if (landscapes.length === 0) return;
  context.addFigure("loss_by_sum", landscapeFigure(landscapes));
  addText("loss_by_sum.md", landscapeTable(landscapes));
}

/** Trains with each loss and recipe. */
async function _worths(
  context: ExperimentContext<Config>,
  inputs: TableB1Inputs,
): Promise<(LossWorth & { title: string })[]> {
  const { config: { recipes, steps, backend }, seeds } = context;
  const trainings = _losses(inputs.surrogates).flatMap((loss) =>
    recipes.map((recipe) => ({ ...loss, recipe, title: _title(loss, recipe) }))
  );
  const judged = await judgeNetworks({
    ...inputs,
    seeds,
    description: backend,
    wanted: (train, seed) =>
      trainings.map(({ title, loss, recipe }) => ({
        name: title,
        wafers: train,
        architecture: {
          formats: econFormats(),
          decoder: { kind: "convolutional" },
          conditions: [],
        },
        loss,
        recipe: RECIPES[recipe],
        steps,
        seed,
      })),
    onProgress: (done, total) => context.progress(done, total, "Training"),
  });
  return judged.map(({ evaluations }, k) => ({ ...trainings[k], evaluations }));
}

/** Each surrogate once, EMD CNNs in both ways, and the exact EMD. */
function _losses(surrogates: readonly LossSurrogate[]): NamedLoss[] {
  return [
    EXACT,
    ...surrogates.flatMap(({ name, stored }): NamedLoss[] => [
      { name, input: "fractions", loss: stored },
      ...stored.kind === "emd_cnn"
        ? [{ name, input: "charges", loss: asPublished(stored) } as const]
        : [],
    ]),
  ];
}

function _title({ name, input }: NamedLoss, recipe: RecipeName): string {
  return `${name}${input === "charges" ? " as published" : ""}, ${recipe} recipe`;
}

if (import.meta.main) await runCommand(COMMAND, tableB1Autoencoder);
