/**
 * What a reproduction is going to do: a command line for each experiment, and the minutes it may take.
 *
 * @module
 */
import { normalize } from "node:path/posix";
import type {
  ReproducedExperiment,
  Reproduction,
  ReproductionMachine,
  ReproductionPreset,
} from "../../src/experiments/mod.ts";
import { duration } from "../../src/experiments/duration.ts";
import type { Job } from "./job.ts";
import type { ReproducedScript } from "./reproduced_experiments.ts";
import { columns } from "./verdict_table.ts";

/** What all experiments are told, as far as their scripts have an option for it. */
export interface SharedArguments {
  /** The file of wafers. */
  readonly input: string;
  /** How its columns are numbered. */
  readonly order: string;
  /** The first seed. */
  readonly seed: number;
  /** What computes tensors. */
  readonly backend: string;
  /** Where results are kept. */
  readonly results: string;
}

/**
 * Refuses names with a comma: in a permission, and among several inputs, it separates names.
 *
 * @param names Files and folders of the command line.
 * @throws {RangeError} If one has a comma.
 */
export function checkNames(names: Pick<SharedArguments, "input" | "results">): void {
  for (const option of ["input", "results"] as const) {
    if (!names[option].includes(",")) continue;
    throw new RangeError(
      `Cannot reproduce: --${option} must have no comma, current value is ${names[option]}`,
    );
  }
}

/**
 * The arguments of an experiment's script: those of the preset, and what all are told.
 *
 * @param experiment The experiment.
 * @param preset Its size.
 * @param shared What all are told.
 * @returns The arguments.
 */
export function experimentArguments(
  experiment: ReproducedScript,
  preset: ReproductionPreset,
  shared: SharedArguments,
): string[] {
  const { options } = experiment.command;
  const common = Object.entries(shared).flatMap(([name, value]) => {
    const option = options[name];
    if (option === undefined) return [];
    const isDefault = "default" in option && option.default === value;
    if (isDefault) return [];
    const others = name === "input" && experiment.alongside ? `${experiment.alongside},` : "";
    return [`--${name}=${others}${value}`];
  });
  return [...experiment[preset].arguments ?? [], ...common];
}

/**
 * The job of an experiment: its script in a process of its own, with the script's permissions and no
 * others.
 *
 * @param experiment The experiment.
 * @param args The script's arguments.
 * @param chosen Names of the experiments that are run: others are not waited for.
 * @returns The job. What it prints are events, see `experiment_events.ts`.
 */
export function experimentJob(
  experiment: ReproducedScript,
  args: readonly string[],
  chosen: readonly string[],
): Job {
  const { script, permissions } = experiment.command;
  // The one backend that needs more, as its option says.
  const more = args.includes("--backend=blas") ? ["--allow-ffi"] : [];
  return {
    name: experiment.name,
    command: [
      "deno",
      "run",
      "--no-prompt",
      ...Object.keys(permissions).map((flag) => _granted(flag, args)),
      ...more,
      script,
      ...args,
      "--json",
    ],
    needs: (experiment.needs ?? []).filter((need) => chosen.includes(need)),
  };
}

/**
 * The job of an experiment on a cluster, and before it jobs that share out its trainings, which it then
 * finds done.
 *
 * @param experiment The experiment.
 * @param preset Its size.
 * @param args The script's arguments.
 * @param chosen Names of the experiments that are run.
 * @returns The jobs, the one with the experiment's name last.
 */
export function sharedOutJobs(
  experiment: ReproducedScript,
  preset: ReproductionPreset,
  args: readonly string[],
  chosen: readonly string[],
): Job[] {
  const whole = experimentJob(experiment, args, chosen), of = experiment[preset].shares ?? 1;
  if (of === 1) return [whole];
  const shares = Array.from({ length: of }, (_, k) => ({
    ...whole,
    name: `${whole.name}, share ${k + 1} of ${of}`,
    command: [...whole.command, `--shard=${k + 1}/${of}`],
  }));
  return [...shares, { ...whole, needs: [...whole.needs, ...shares.map(({ name }) => name)] }];
}

/** A permission of a script; who keeps results in another folder means that one. */
function _granted(flag: string, args: readonly string[]): string {
  const results = args.find((argument) => argument.startsWith("--results="))?.slice(10);
  if (results === undefined || normalize(`${results}/`).startsWith("results/")) return flag;
  if (flag === "--allow-write=results") return `--allow-write=${results}`;
  return flag === "--allow-read=." ? `--allow-read=.,${results}` : flag;
}

/**
 * The minutes that an experiment may take here: those of an earlier run on such a machine with the same
 * arguments, or the stored ones on a machine of this speed.
 *
 * @param experiment The experiment, with its preset and arguments.
 * @param script What is stored of it.
 * @param here This machine, how much slower it is than the one of the stored minutes, and what earlier
 * runs have left.
 * @returns Minutes.
 */
export function plannedMinutes(
  experiment: Pick<ReproducedExperiment, "name" | "preset" | "arguments">,
  script: ReproducedScript,
  here: {
    readonly machine: ReproductionMachine;
    readonly slowness: number;
    readonly earlier: Reproduction | undefined;
  },
): number {
  const found = here.earlier?.experiments.find(({ name }) => name === experiment.name);
  const isSame = found?.seconds !== undefined && found.preset === experiment.preset &&
    found.arguments.join(" ") === experiment.arguments.join(" ") &&
    (["host", "platform", "cores"] as const).every((part) =>
      found.machine?.[part] === here.machine[part]
    );
  const minutes = isSame ? found.seconds! / 60 : script[experiment.preset].minutes * here.slowness;
  return Number(minutes.toPrecision(3));
}

/**
 * The plan as a table for a terminal.
 *
 * @param experiments The experiments that are to be run.
 * @returns Lines, the last of them the sum.
 */
export function planTable(
  experiments: readonly Pick<
    ReproducedExperiment,
    "name" | "of" | "shows" | "preset" | "plannedMinutes"
  >[],
): string {
  const rows = experiments.map(({ name, of, shows, preset, plannedMinutes }) => [
    name,
    of ?? "",
    preset,
    _minutes(plannedMinutes),
    shows,
  ]);
  const total = experiments.reduce((sum, { plannedMinutes }) => sum + plannedMinutes, 0);
  return columns([
    ["experiment", "of the paper", "preset", "minutes", "what it shows"],
    ...rows,
    ["all", "", "", _minutes(total), `about ${duration(60 * total)} on this machine`],
  ]);
}

function _minutes(minutes: number): string {
  return minutes < 10 ? minutes.toFixed(1) : Math.round(minutes).toLocaleString("en");
}
