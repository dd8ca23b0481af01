/**
 * The paper by one command: every experiment, with a report that grows.
 *
 *     deno task reproduce
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import {
  fileStore,
  provenance,
  type Reproduction,
  REPRODUCTION_SCHEMA,
  type ReproductionPreset,
} from "../src/experiments/mod.ts";
import { duration } from "../src/experiments/duration.ts";
import { chosenNames } from "./std/chosen_names.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { presetOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { tell } from "./std/experiment_events.ts";
import { EXPERIMENTS, type ReproducedScript } from "./std/reproduced_experiments.ts";
import { checkWafers, reproduceExperiments } from "./std/reproduction.ts";
import { lockResults } from "./std/reproduction_lock.ts";
import {
  checkNames,
  experimentArguments,
  plannedMinutes,
  planTable,
} from "./std/reproduction_plan.ts";
import {
  measuredQuantities,
  type PlannedExperiment,
  readRecord,
  ReproductionRecord,
} from "./std/reproduction_record.ts";
import { EXPERIMENT_OPTIONS } from "./std/run_experiment.ts";
import { shellWord } from "./std/slurm_files.ts";
import { slowness } from "./std/speed_probe.ts";
import { STOPPED } from "./std/stop_signals.ts";
import { BACKEND_OPTION } from "./std/training_options.ts";
import { verdictCounts, verdictTable } from "./std/verdict_table.ts";

const OPTIONS = {
  preset: presetOption(["quick", "paper"], "How large experiments are"),
  only: { kind: "text", value: "NAME,...", describe: "Only these experiments", default: "" },
  ...WAFER_OPTIONS,
  seed: { kind: "integer", describe: "First seed of each experiment", default: 1 },
  backend: BACKEND_OPTION,
  jobs: { kind: "integer", describe: "How many experiments run at a time", least: 1, default: 2 },
  engine: {
    kind: "choice",
    choices: ["local", "slurm"],
    describe: "Where they run; slurm needs --allow-run=deno,sbatch,scancel,squeue",
    default: "local",
  },
  sbatch: {
    kind: "text",
    value: "OPTIONS",
    describe: "Options for sbatch, as --sbatch='--partition=short --time=60'",
    default: "",
  },
  plan: { kind: "flag", describe: "Only say what would run, and how long it may take" },
  yes: { kind: "flag", describe: "Run the paper preset: a day, and years for Table B1's search" },
  ...EXPERIMENT_OPTIONS,
} as const;

type Options = CommandValues<typeof OPTIONS>;

/** What going on means after `--force`, which the line to go on leaves out. */
const FORCE_STOPPED =
  "This keeps older results of what had not been run again yet; with --force all begins anew.";

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/reproduce.ts",
  summary: `\
Runs the experiments of the paper and some more, each in a process of its own with its own permissions:

${EXPERIMENTS.map(_described).join("\n")}

Presets:
  quick  minutes; it evaluates the shipped surrogate and trains autoencoders for a few hundred steps
  paper  the sizes of the paper: 340,000 pairs, all networks of Table B1's search, 13,000 electrons;
         experiments that are not in the paper run with their largest preset

What is done is kept: an experiment is run again when its configuration, its data or its code has
changed, or with --force, and a run that was cut off goes on where it stopped. RESULTS/reproduction.json
says how far each is, RESULTS/report.html shows what there is, from the first finished experiment on. One
run at a time has a folder of results.`,
  permissions: {
    "--allow-read": "the input, this project's code, and earlier results",
    "--allow-write=results": "results",
    "--allow-run=deno": "each experiment, in a process of its own",
  },
  options: OPTIONS,
  example: "--input wafers.csv --only fig6_autoencoder,fig7_trigger_resolution",
};

/**
 * Runs experiments.
 *
 * @param options The options of the command line.
 * @throws {RangeError} If there is no experiment of a name, the paper preset is not confirmed, or another
 * process is at work in the folder of results.
 */
export async function reproduce(options: Options): Promise<void> {
  const asking = "Cannot reproduce: --only";
  const only = chosenNames(options.only, EXPERIMENTS.map(({ name }) => name), asking);
  const chosen = only.length === 0 ? EXPERIMENTS : EXPERIMENTS.filter(_isIn(only));
  if (options.engine === "slurm" && options.force) {
    throw new RangeError(
      "Cannot reproduce: --force goes with --engine local; choose another folder by --results",
    );
  }
  checkNames(options);
  await _checkFolder();
  await checkWafers(options.input, options.order);

  const isPlan = options.plan || (options.preset === "paper" && !options.yes);
  using _lock = isPlan ? undefined : await lockResults(options.results);
  const store = fileStore(options.results);
  const earlier = await readRecord(store);
  const here = await _here(earlier);
  const planned = chosen.map((script) => _planned(script, options, here));
  if (isPlan) {
    console.log(planTable(planned));
    if (!options.plan) _askForYes(planned);
    return;
  }

  const record = new ReproductionRecord(store, _state(planned, options, here));
  await record.save();
  const { failed, stopped } = await reproduceExperiments(chosen, record, {
    ...options,
    sbatch: options.sbatch.split(/\s+/).filter(Boolean),
    earlier,
  });
  if (stopped) {
    console.error(`Stopped; what is done is kept. To go on: ${_commandLine(options)}`);
    if (options.force) console.error(FORCE_STOPPED);
    Deno.exitCode = STOPPED;
    return;
  }
  const measured = await measuredQuantities(record.state, store);
  const verdicts = verdictTable(measured);
  if (verdicts !== "") tell(`\n${verdicts}\n\n${verdictCounts(measured)}.`, options);
  tell(`\nOpen ${options.results}/report.html in a browser.`, options);
  for (const { name, error } of failed) console.error(`${name} failed: ${error}`);
  if (failed.length > 0) Deno.exitCode = 1;
}

/** This machine, and what is known of earlier runs. */
type _Here = Parameters<typeof plannedMinutes>[2];

async function _here(earlier: Reproduction | undefined): Promise<_Here> {
  const { host, platform, cores, deno } = await provenance();
  return { machine: { host, platform, cores, deno }, slowness: slowness(), earlier };
}

function _planned(script: ReproducedScript, options: Options, here: _Here): PlannedExperiment {
  const { name, shows, of, command } = script, { preset } = options;
  const { input, order, seed, backend, results } = options;
  const shared = { input, order, seed, backend, results };
  const args = experimentArguments(script, preset, shared);
  const experiment = {
    name,
    shows,
    ...of !== undefined && { of },
    script: command.script,
    arguments: args,
    preset,
  };
  return { ...experiment, plannedMinutes: plannedMinutes(experiment, script, here) };
}

/** All experiments: those of this run wait; of others stays what earlier runs have left. */
function _state(
  planned: readonly PlannedExperiment[],
  options: Options,
  here: _Here,
): Reproduction {
  const { preset, seed, input, backend } = options;
  const rows = EXPERIMENTS.map((script) => {
    const now = planned.find(({ name }) => name === script.name);
    const before = here.earlier?.experiments.find(({ name }) => name === script.name);
    if (now !== undefined) return { ...now, state: "waiting" } as const;
    if (before === undefined) {
      return { ..._planned(script, options, here), state: "waiting" } as const;
    }
    // Whoever ran it was killed.
    return before.state === "running" ? { ...before, state: "waiting" } as const : before;
  });
  return {
    schema: REPRODUCTION_SCHEMA,
    version: config.version,
    preset: preset satisfies ReproductionPreset,
    seed,
    input,
    backend,
    startedAt: new Date().toISOString(),
    machine: here.machine,
    experiments: rows,
  };
}

function _askForYes(planned: readonly PlannedExperiment[]): never {
  const minutes = planned.reduce((sum, { plannedMinutes }) => sum + plannedMinutes, 0);
  throw new RangeError(
    `Cannot reproduce: the paper preset takes about ${duration(60 * minutes)} on this machine; ` +
      "add --yes to run it, or --only for a part of it",
  );
}

function _isIn(names: readonly string[]): (script: ReproducedScript) => boolean {
  return ({ name }) => names.includes(name);
}

function _described({ name, of, shows }: ReproducedScript): string {
  return `  ${name.padEnd(24)} ${of === undefined ? "" : `${of}: `}${shows}`;
}

/** Experiments run in the project's folder, and name files from there, as this script must. */
async function _checkFolder(): Promise<void> {
  const root = await Deno.realPath(new URL("../", import.meta.url)), here = Deno.cwd();
  if (await Deno.realPath(here) === root) return;
  throw new RangeError(`Cannot reproduce: it must be run in ${root}, current folder is ${here}`);
}

/** The command by which this run was begun, without what would begin it anew. */
function _commandLine({ engine }: Pick<Options, "engine">): string {
  const task = engine === "slurm" ? "reproduce:slurm" : "reproduce";
  const words = Deno.args.filter((word) => word !== "--force").map(shellWord);
  return ["deno task", task, ...words].join(" ");
}

if (import.meta.main) await runCommand(COMMAND, reproduce);
