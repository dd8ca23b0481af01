/**
 * What a decoder gains from what the back end knows of a wafer anyway, and what from being larger.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/conditional_decoder.ts
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import type { DecoderArchitecture } from "../src/models/autoencoder/architecture.ts";
import { type ConditionName, conditionNames } from "../src/models/autoencoder/conditions.ts";
import { type AutoencoderRecipe, DEFAULT_RECIPE } from "../src/models/autoencoder/training.ts";
import { econFormats } from "../src/models/published/econ_formats.ts";
import type { BackendName } from "../src/tensor/mod.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { type DecoderScore, gainFigure, gains, gainTable } from "./std/decoder_gains.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { addEvaluations } from "./std/evaluation_quantities.ts";
import { firstAutoencoder } from "./std/first_autoencoder.ts";
import { judgeNetworks, seedsOf } from "./std/judged_networks.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS, STEPS_OPTION } from "./std/training_options.ts";

/** Steps and number of seeds of each preset, unless told otherwise. */
const PRESETS = {
  quick: { steps: 100, seeds: 1 },
  standard: { steps: 6000, seeds: 3 },
} as const;

const OPTIONS = {
  ...WAFER_OPTIONS,
  input: {
    ...WAFER_OPTIONS.input,
    describe: "Wafers: columns CALQ_0 to CALQ_47, and those of the conditions",
  },
  preset: presetOption(["quick", "standard"]),
  steps: STEPS_OPTION,
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/conditional_decoder.ts",
  summary: `\
The back end knows of a wafer more than its 16 latents: where it is, and the sum of its charges, which
is sent anyway. Decoders that are told so cost the ECON-T nothing. This trains autoencoders with the
exact EMD whose decoder is told nothing, each of these by itself, or all of them:

  total            where the sum of charges stands between two powers of two
  eta              the wafer's pseudorapidity, without its sign
  layer
  density          of the module: low or high
  waferu, waferv   the wafer's place in its layer

each with the published decoder, and with a larger one: dense layers of 256 and 256 units, which cost
the ECON-T nothing either. The gain of what is told is measured against the same decoder that is told
nothing, and the gain of the larger decoder against the published one, by medians of the exact EMD of
wafers that were not trained on. Networks of one seed begin alike: what a decoder is told has weights of
zero at first. Conditions whose columns the input lacks are left out.

Presets, for each of up to 14 networks and each seed:
  quick     ${PRESETS.quick.steps} steps; 1 seed. Too short for gains of some per cent
  standard  ${PRESETS.standard.steps.toLocaleString("en")} steps; 3 seeds

Networks are kept in the results' folder networks/. A training that was cut off goes on where it
stopped.`,
  permissions: {
    "--allow-read": "the input, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.parquet --preset standard",
};

/** The decoders with how each is trained: the published one's rate would throw a dense one about. */
const DECODERS: readonly {
  readonly decoder: DecoderArchitecture;
  readonly recipe: AutoencoderRecipe;
}[] = [
  { decoder: { kind: "convolutional" }, recipe: DEFAULT_RECIPE },
  {
    decoder: { kind: "dense", units: [256, 256] },
    recipe: { ...DEFAULT_RECIPE, rate: { peak: 4e-3 } },
  },
];

/** What decoders are told, by name; a wafer's place is one thing. */
const SINGLE: Readonly<Record<string, readonly ConditionName[]>> = {
  total: ["total"],
  eta: ["eta"],
  layer: ["layer"],
  density: ["density"],
  place: ["waferu", "waferv"],
};

/** What the result depends on, besides seeds and data. */
type Config = { steps: number; order: CellOrder; backend: string };

/** What the experiment works on. */
export interface ConditionalDecoderInputs {
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
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function conditionalDecoder(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, results, force, backend, seed } = options;
  const preset = PRESETS[options.preset];
  const description = await startBackend(backend, options);
  const wafers = await readDistinctWafers(input, order);
  await runAndReport(conditionalDecoderExperiment({ wafers, results, backend, force }), {
    script: import.meta.url,
    config: { steps: options.steps || preset.steps, order, backend: description },
    seeds: seedsOf(seed, options.seeds || preset.seeds),
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
export function conditionalDecoderExperiment(
  inputs: ConditionalDecoderInputs,
): Experiment<Config> {
  return defineExperiment<Config>({
    name: "conditional_decoder",
    title: `Decoders that know more than the latents, ${inputs.wafers.count} wafers`,
    run: (context) => _run(context, inputs),
  });
}

/**
 * What decoders can be told of wafers.
 *
 * @param wafers The wafers, with the columns that there are.
 * @returns Names of what is told, each with its conditions: `nothing` first, and `all` last where there
 * are several.
 */
export function conditionSets(wafers: WaferTable): Map<string, readonly ConditionName[]> {
  const isKnown = (name: ConditionName) => name === "total" || wafers.columns[name] !== undefined;
  const known = Object.entries(SINGLE).filter(([, names]) => names.every(isKnown));
  const all = known.flatMap(([, names]) => names);
  return new Map([
    ["nothing", []],
    ...known,
    ...known.length > 1
      ? [["all", conditionNames().filter((name) => all.includes(name))]] as const
      : [],
  ]);
}

async function _run(
  context: ExperimentContext<Config>,
  inputs: ConditionalDecoderInputs,
): Promise<void> {
  const { config: { steps, backend }, seeds } = context;
  const trainings = DECODERS.flatMap(({ decoder, recipe }) =>
    [...conditionSets(inputs.wafers)].map(([told, conditions]) => ({
      name: `${decoder.kind} decoder, told ${told}`,
      told,
      recipe,
      architecture: { formats: econFormats(), decoder, conditions },
    }))
  );
  const starts = new Map(
    await Promise.all(seeds.map(async (seed) => {
      const first = trainings.map((training) => firstAutoencoder({ ...training, seed }));
      return [seed, await Promise.all(first)] as const;
    })),
  );
  const judged = await judgeNetworks({
    ...inputs,
    seeds,
    description: backend,
    wanted: (train, seed) =>
      trainings.map(({ name, architecture, recipe }, k) => ({
        name,
        wafers: train,
        architecture,
        loss: "exact_emd",
        recipe,
        steps,
        seed,
        start: architecture.conditions.length > 0 ? starts.get(seed)![k] : undefined,
      })),
    onProgress: (done, total) => context.progress(done, total, "Training"),
  });
  const scores = judged.map(({ evaluations }, k): DecoderScore => ({
    decoder: trainings[k].architecture.decoder.kind,
    told: trainings[k].told,
    medians: evaluations.map(({ median }) => median),
  }));
  for (const { name, evaluations } of judged) addEvaluations(context, name, evaluations);
  for (const { name, values } of gains(scores)) context.addQuantity(name, "%", values);
  context.addFigure("gain", gainFigure(scores));
  context.addFile("table.md", new TextEncoder().encode(gainTable(scores)));
}

if (import.meta.main) await runCommand(COMMAND, conditionalDecoder);
