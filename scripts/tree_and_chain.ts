/**
 * The EMD on chains and trees of classes, exact, relaxed, and by Sinkhorn's iteration: how fast outputs
 * converge, where Sinkhorn ends as a loss, and networks for a thousand classes of a tree.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/tree_and_chain.ts --preset standard
 *
 * @module
 */
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { claimTable, verdictOf } from "./std/claim_table.ts";
import { classTimes, stepTimes } from "./std/class_times.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, speedOption } from "./std/common_options.ts";
import { drawImpacts, type ImpactSample } from "./std/impact_classes.ts";
import { IMPACT_LOSSES, type ImpactLoss } from "./std/impact_losses.ts";
import { impactClaims, reportImpacts } from "./std/impact_report.ts";
import { type ImpactOutcome, type ImpactTraining, trainOnImpacts } from "./std/impact_training.ts";
import { impactTree } from "./std/impact_tree.ts";
import { type OutputConfig, reportOutputs, reportTimes } from "./std/output_report.ts";
import { outputSpaces } from "./std/output_spaces.ts";
import { EXPERIMENT_OPTIONS, runAndReport } from "./std/run_experiment.ts";
import { startBackend } from "./std/start_backend.ts";
import { BACKEND_OPTION, SEED_OPTIONS } from "./std/training_options.ts";

/** What the result depends on, besides seeds. */
type Config = OutputConfig & {
  readonly sample: ImpactSample;
  readonly training: ImpactTraining;
};

/** Layers by where a shower is: all that the trigger reads but the first and the last. */
const LAYER_GROUPS = [[3, 5], [7, 9], [11, 13], [15, 17], [19, 21], [23, 25]];
/** Seed of the simulation: the same impacts for all seeds of networks. */
const SIMULATION_SEED = 1;

/** Of each preset the free outputs, the classes, the training, and the number of seeds. */
const PRESETS = {
  quick: {
    outputs: { depth: 3, pairs: 3, steps: 100, epsilon: 0.05 },
    sample: {
      layerGroups: [[7, 9], [15, 17]],
      subCells: false,
      perClass: { train: 12, test: 4 },
      seed: SIMULATION_SEED,
    },
    training: { hidden: [64, 64], batchSize: 32, epochs: 10, learningRate: 3e-3 },
    seeds: 2,
  },
  standard: {
    outputs: { depth: 3, pairs: 4, steps: 500, epsilon: 0.05 },
    sample: {
      layerGroups: LAYER_GROUPS,
      subCells: true,
      perClass: { train: 50, test: 10 },
      seed: SIMULATION_SEED,
    },
    training: { hidden: [64, 64], batchSize: 64, epochs: 6, learningRate: 3e-3 },
    seeds: 3,
  },
} as const satisfies Record<string, Omit<Config, "times"> & { seeds: number }>;

/** Numbers of classes that are timed. */
const TIMED_CLASSES = [10, 30, 100, 300, 1000, 3000];
const OPTIONS = {
  preset: presetOption(["quick", "standard"], "How much to simulate and to train"),
  ...SEED_OPTIONS,
  backend: BACKEND_OPTION,
  speed: speedOption("the losses"),
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/tree_and_chain.ts",
  summary: `\
Moves free outputs on a chain and on a tree of classes by the gradients of the exact EMD, the relaxed one,
Sinkhorn, and cross entropy; measures where Sinkhorn ends as a loss (its error, underflow, equality,
iterations, and, with --speed, time against 10 to 3,000 classes); and trains networks to tell from a wafer
where an electron hit, in a tree of layer group, 4 x 4 and 2 x 2 supercell, cell and sub-cell. Judges the
claims of Martinez et al. (arXiv 1611.07573) in claims.md.

Presets:
  quick     96 classes (no sub-cells) with 12 wafers each, 2 seeds: it shows that all works, and decides
            nothing
  standard  1,152 classes with 50 wafers each, the paper's regime, 3 seeds; some 10 minutes of one core`,
  permissions: {
    "--allow-read=.": "earlier results and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--preset standard --speed",
};

/**
 * Runs the experiment.
 *
 * @param options The options of the command line.
 */
export async function treeAndChain(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { seeds, ...preset } = PRESETS[options.preset];
  const { depth, epsilon } = preset.outputs;
  const backend = await startBackend(options.backend, options);
  const times = options.speed
    ? {
      steps: stepTimes(outputSpaces(depth), epsilon),
      classes: classTimes(TIMED_CLASSES, epsilon),
    }
    : { steps: {}, classes: {} };
  await runAndReport(treeAndChainExperiment(drawImpacts), {
    script: import.meta.url,
    config: { ...preset, times },
    seeds: Array.from(
      { length: options.seeds === 0 ? seeds : options.seeds },
      (_, k) => options.seed + k,
    ),
    dataChecksum: "",
    backend,
  }, options);
}

/**
 * The experiment, on the tensor backend in use.
 *
 * @param draw What draws the wafers.
 * @returns The experiment.
 */
export function treeAndChainExperiment(draw: typeof drawImpacts): Experiment<Config> {
  return defineExperiment<Config>({
    name: "tree_and_chain",
    title: "The EMD on chains and trees of classes, exact, relaxed, and by Sinkhorn",
    async run(context) {
      const claims = outputSpaces(context.config.outputs.depth)
        .flatMap((space) => reportOutputs(context, space));
      reportTimes(context);
      const outcomes = await _impacts(context, draw);
      reportImpacts(context, context.config.sample, outcomes);
      claims.push(...impactClaims(outcomes));
      for (const { claim, measured, unit, differences } of claims) {
        context.addQuantity(`${claim}: ${verdictOf(differences)}; ${measured}`, unit, differences);
      }
      context.addFile("claims.md", new TextEncoder().encode(claimTable(claims)));
    },
  });
}

/** Every loss with every seed; what was done before a run was cut off is found. */
async function _impacts(
  context: ExperimentContext<Config>,
  draw: typeof drawImpacts,
): Promise<ReadonlyMap<ImpactLoss, readonly ImpactOutcome[]>> {
  const { config: { sample, training }, seeds, checkpoint, progress } = context;
  const outcomes = new Map(IMPACT_LOSSES.map((name) => [name, [] as ImpactOutcome[]]));
  let task: Parameters<typeof trainOnImpacts>[2] | undefined;
  let done = 0;
  for (const seed of seeds) {
    for (const name of IMPACT_LOSSES) {
      const file = `impacts-${name}-${seed}.json`.replaceAll(" ", "_");
      const stored = await checkpoint.read(file);
      if (stored === undefined) {
        task ??= { tree: impactTree(sample), ...await draw(sample) };
        const outcome = await trainOnImpacts(name, training, task, seed);
        await checkpoint.write(file, new TextEncoder().encode(JSON.stringify(outcome)));
        outcomes.get(name)!.push(outcome);
      } else {
        outcomes.get(name)!.push(JSON.parse(new TextDecoder().decode(stored)));
      }
      progress(++done, seeds.length * IMPACT_LOSSES.length, "networks");
    }
  }
  return outcomes;
}

if (import.meta.main) await runCommand(COMMAND, treeAndChain);
