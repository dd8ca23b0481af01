/**
 * Surrogates of the EMD, judged side by side by the same pairs of wafers.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/evaluate_surrogate.ts
 *
 * @module
 */
import { reconstructWafers } from "../src/datasets/toy/toy_distortions.ts";
import { selectWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import { splitWafers } from "../src/datasets/pairs/splits.ts";
import {
  checksum,
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
} from "../src/models/inference/mod.ts";
import { type Descent, descentTest } from "../src/models/surrogates/descent.ts";
import { evaluateSurrogate, type SurrogateEvaluation } from "../src/models/surrogates/evaluate.ts";
import {
  type EvaluationPairs,
  evaluationPairs,
} from "../src/models/surrogates/evaluation_pairs.ts";
import { evaluationTime } from "../src/models/surrogates/evaluation_time.ts";
import { RandomStream } from "../src/numerics/mod.ts";
import { type CellOrder, CELLS } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import {
  descentFigure,
  descentTable,
  differencesFigure,
  DRAWN_STEPS,
  evaluationTable,
  type KindEvaluation,
  timeTable,
} from "./std/evaluation_report.ts";
import { tell } from "./std/experiment_events.ts";
import { type NamedSurrogate, namedSurrogates } from "./std/named_surrogates.ts";
import { readPublishedWeights } from "./std/published_weights.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { BACKEND_OPTION } from "./std/training_options.ts";

const OPTIONS = {
  surrogate: {
    kind: "text",
    value: "NAME,...",
    describe: "What to judge, see above",
    default: "exact,closed_form",
  },
  ...WAFER_OPTIONS,
  reconstructions: {
    kind: "text",
    value: "FILE.json,...",
    describe:
      "Manifests of autoencoders whose outputs are judged too; FILE.json:quantised for an " +
      "encoder with the published formats; without one, blurred copies with noise",
    default: "",
  },
  pairs: { kind: "integer", describe: "Pairs of each kind", least: 1, default: 5000 },
  descent: {
    kind: "integer",
    describe: "Reconstructions that follow each gradient for 150 steps; 0 for none",
    least: 0,
    default: 256,
  },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  backend: {
    ...BACKEND_OPTION,
    describe: "What computes networks; auto takes blas where --allow-ffi is given too, else wasm",
  },
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/evaluate_surrogate.ts",
  summary: `\
Compares estimates of the EMD with exact EMDs, on random pairs of wafers, random pairs with 6 charged
cells each, wafers with their reconstructions, and wafers with near copies. Prints and keeps, for each:

  bias, sigma   mean and standard deviation of (estimate - exact) / exact
  95 % below    the 95 % quantile of its absolute value
  correlation   of estimates and exact EMDs
  cosine        of the gradient with the exact one, on cells that differ; for near pairs, whose
                exact gradient is not the only one, less than 1 is all that can be reached
  at t of the   bias / sigma for y' = (1 - t) x + t y, whose EMD is t times that of y
  way
  E(x, x)       mean absolute estimate for equal wafers
  descent       exact EMDs while outputs follow the surrogate's gradient

and prints what a pair takes. Surrogates, with commas between:

  exact                the exact solver
  closed_form, scale_free, dual_potential
                       the one that is shipped, trained on simulated wafers
  published:FILE.json  an EMD CNN; its numbers (.f32) stand beside its manifest
  FOLDER               one that scripts/train_surrogate.ts has trained

Wafers are those with charge, no two with the same charge fractions. Where a folder's surrogate was
trained on wafers of this very file, all are judged by those that it was not trained on.`,
  permissions: {
    "--allow-read": "the input, weights, folders, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--surrogate closed_form,results/surrogates/scale_free --input wafers.csv",
};

/** What the result depends on, besides seed and data. */
type Config = {
  surrogates: string[];
  backend: string;
  reconstructions: string[];
  order: CellOrder;
  pairs: number;
  descent: number;
};

/** What the experiment works on. */
export interface EvaluationInputs {
  /** Wafers to judge by. */
  readonly wafers: WaferTable;
  /** What is judged. */
  readonly surrogates: readonly Pick<NamedSurrogate, "name" | "estimator">[];
  /** Autoencoders by name. */
  readonly reconstruct: ReadonlyMap<string, (charges: Float64Array) => ArrayLike<number>>;
}

/** Pairs that are timed. */
const TIMED = 2000;

if (import.meta.main) await runCommand(COMMAND, evaluateSurrogates);

/**
 * Runs the experiment on files, and prints its table and what a pair takes.
 *
 * @param options The options of the command line.
 */
export async function evaluateSurrogates(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, pairs, descent, seed } = options;
  const { surrogates, backend } = await namedSurrogates(
    options.surrogate,
    options.backend,
    options,
  );
  const distinct = await readDistinctWafers(input, order);
  const data = await fileChecksum(input);
  const wafers = _unseen(distinct, surrogates, data);
  const { reconstruct, identities } = await _autoencoders(options.reconstructions, seed);
  const inputs: EvaluationInputs = { wafers, surrogates, reconstruct };
  const parts = [data, ...surrogates.map(({ identity }) => identity), ...identities];
  const folder = await runAndReport(evaluationExperiment(inputs), {
    script: import.meta.url,
    config: {
      surrogates: surrogates.map(({ name }) => name),
      backend,
      reconstructions: [...reconstruct.keys()],
      order,
      pairs,
      descent,
    },
    seeds: [seed],
    dataChecksum: await checksum(new TextEncoder().encode(parts.join("\n"))),
    backend,
  }, options);
  tell(`\n${await Deno.readTextFile(`${folder}/table.md`)}`, options);
  tell(timeTable(await _times(inputs, seed)), options);
  for (const { estimator } of surrogates) estimator.dispose();
}

/**
 * The experiment on wafers in memory.
 *
 * @param inputs Wafers, surrogates and autoencoders.
 * @returns The experiment.
 */
export function evaluationExperiment(inputs: EvaluationInputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "evaluate_surrogate",
    title: `Surrogates of the EMD on pairs of ${inputs.wafers.count} wafers`,
    run: (context) => _run(context, inputs),
  });
}

async function _run(context: ExperimentContext<Config>, inputs: EvaluationInputs): Promise<void> {
  const { surrogates, wafers, reconstruct } = inputs, { config, seeds: [seed] } = context;
  const kinds = evaluationPairs(wafers, { seed, pairs: config.pairs, reconstruct });
  const total = surrogates.length * (kinds.length + 1);
  let done = 0;
  const evaluated: KindEvaluation[] = [];
  for (const pairs of kinds) {
    const evaluations = new Map<string, SurrogateEvaluation>();
    for (const { name, estimator } of surrogates) {
      context.progress(done++, total, "Evaluation");
      evaluations.set(name, await evaluateSurrogate(estimator, pairs));
    }
    evaluated.push({ kind: pairs.name, evaluations });
  }
  const descents = new Map<string, Descent>();
  const start = kinds.find(({ name }) => name.startsWith("reconstruction"));
  for (const { name, estimator } of config.descent > 0 && start ? surrogates : []) {
    context.progress(done++, total, "Evaluation");
    descents.set(
      name,
      await descentTest(estimator, _first(start!, config.descent), {
        steps: DRAWN_STEPS,
      }),
    );
  }
  context.progress(total, total, "Evaluation");
  const sample = `${wafers.count} wafers, ${config.pairs} pairs`;
  for (const kind of evaluated) {
    _addQuantities(context, kind);
    const figure = differencesFigure(kind, sample);
    const slug = kind.kind.replace(/[^a-z0-9]+/g, "_").replace(/_$/, "");
    if (figure !== undefined) context.addFigure(`relative_difference_${slug}`, figure);
  }
  const tables = [evaluationTable(evaluated)];
  if (descents.size > 0) {
    for (const [name, { exact }] of descents) {
      context.addQuantity(`${name}: EMD at the end of the descent`, "half pitch", [exact.at(-1)!]);
    }
    context.addFigure("descent", descentFigure(descents, start!.name));
    tables.push(descentTable(descents));
  }
  context.addFile("table.md", new TextEncoder().encode(tables.join("\n\n") + "\n"));
}

function _addQuantities(
  context: Pick<ExperimentContext, "addQuantity">,
  { kind, evaluations }: KindEvaluation,
): void {
  for (const [name, { bias, sigma, quantile95, cosine }] of evaluations) {
    if (name === "exact") continue;
    for (const [what, value] of Object.entries({ bias, sigma, "95 % quantile": quantile95 })) {
      context.addQuantity(`${name}, ${kind}: ${what}`, "%", [100 * value]);
    }
    if (Number.isFinite(cosine)) context.addQuantity(`${name}, ${kind}: cosine`, "", [cosine]);
  }
}

/** The wafers that none of the surrogates was trained on. */
function _unseen(
  wafers: WaferTable,
  surrogates: readonly NamedSurrogate[],
  data: string,
): WaferTable {
  const seeds = new Set(
    surrogates.flatMap(({ trainedOn }) => trainedOn?.data === data ? [trainedOn.seed] : []),
  );
  let numbers = Array.from({ length: wafers.count }, (_, wafer) => wafer);
  for (const seed of seeds) {
    const stream = new RandomStream(seed, "split of wafers");
    const unseen = new Set(splitWafers(wafers, { stream }).validation);
    numbers = numbers.filter((wafer) => unseen.has(wafer));
  }
  if (seeds.size > 0) {
    console.error(`Judging by ${numbers.length} of ${wafers.count} wafers: those not trained on`);
  }
  return selectWafers(wafers, numbers);
}

async function _autoencoders(list: string, seed: number) {
  const reconstruct = new Map<string, (charges: Float64Array) => ArrayLike<number>>();
  const identities: string[] = [];
  for (const word of list.split(",").map((word) => word.trim()).filter((word) => word !== "")) {
    const path = word.replace(/:quantised$/, ""),
      formats = path === word ? [] : [PUBLISHED_FORMATS];
    const [{ name, weights }] = await readPublishedWeights(path);
    const network = econAutoencoderInference(econAutoencoderWeights(weights, ...formats));
    reconstruct.set(name, network.reconstruct);
    const numbers = [...weights].map(([tensor, { values }]) => `${tensor} ${values}`);
    identities.push(await checksum(new TextEncoder().encode([word, ...numbers].join("\n"))));
  }
  if (reconstruct.size === 0) {
    reconstruct.set(
      "blur",
      (charges) => reconstructWafers(charges, new RandomStream(seed, "reconstructions")),
    );
  }
  return { reconstruct, identities };
}

function _first({ x, y }: EvaluationPairs, count: number): Pick<EvaluationPairs, "x" | "y"> {
  return { x: x.slice(0, count * CELLS), y: y.slice(0, count * CELLS) };
}

async function _times({ wafers, surrogates }: EvaluationInputs, seed: number) {
  const [random] = evaluationPairs(wafers, { seed, pairs: TIMED });
  const times = new Map<string, Awaited<ReturnType<typeof evaluationTime>>>();
  for (const { name, estimator } of surrogates) {
    times.set(name, await evaluationTime(estimator, random));
  }
  return times;
}
