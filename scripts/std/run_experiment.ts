/**
 * Running an experiment from a script: progress on standard error, results on disk, a table of the
 * numbers and the names of the figures at the end.
 *
 * @module
 */
import { createHash } from "node:crypto";
import config from "../../deno.json" with { type: "json" };
import {
  type Experiment,
  fileStore,
  formatQuantity,
  type JsonObject,
  provenance,
  runExperiment,
} from "../../src/experiments/mod.ts";
import { ProgressBar } from "./progress_bar.ts";

/** Options that every experiment's script has. */
export const EXPERIMENT_OPTIONS = {
  results: {
    kind: "text",
    value: "FOLDER",
    describe: "Where results are kept",
    default: "results",
  },
  force: { kind: "flag", describe: "Run again where a complete result exists" },
} as const;

/** Permissions of a script that draws from the module's own data. */
export const DRAWING_PERMISSIONS = {
  "--allow-read=results": "earlier results",
  "--allow-write=results": "results",
} as const;

/** What {@linkcode runAndReport} needs besides the experiment. */
export interface ScriptRun<C extends JsonObject> {
  /** The configuration. */
  readonly config: C;
  /** Seeds of the random streams. */
  readonly seeds: readonly number[];
  /** Checksum of the input file; "" without input. */
  readonly dataChecksum: string;
  /** Where results are kept. */
  readonly results: string;
  /** Whether to run again where a complete result exists. */
  readonly force: boolean;
  /** What computes tensors, where there are any. @default "typescript" */
  readonly backend?: string;
}

/**
 * Runs an experiment and tells on the terminal what came out.
 *
 * @param experiment The experiment.
 * @param run Its configuration, seeds and data, and where results go.
 * @returns The folder of the result.
 */
export async function runAndReport<C extends JsonObject>(
  experiment: Experiment<C>,
  run: ScriptRun<C>,
): Promise<string> {
  console.log(`\n${experiment.title}`);
  let bar: ProgressBar | undefined;
  let label = "";
  const { result, folder, reused } = await runExperiment(experiment, {
    config: run.config,
    seeds: run.seeds,
    dataChecksum: run.dataChecksum,
    backend: run.backend ?? "typescript",
    version: config.version,
    store: fileStore(run.results),
    provenance: await provenance(),
    force: run.force,
    onProgress: (progress) => {
      if (bar === undefined || label !== progress.label) {
        bar?.stop();
        ({ label } = progress);
        bar = new ProgressBar({ max: progress.total, label });
      }
      bar.value = progress.done;
    },
  });
  bar?.stop();
  const where = `${run.results}/${folder}`;
  if (reused) console.log("  found complete; --force runs it again");
  for (const quantity of result.quantities) console.log(`  ${formatQuantity(quantity)}`);
  console.log(`  ${where}/result.json`);
  for (const { name, files } of result.figures) {
    const endings = files.map((file) => file.slice(name.length + 1));
    console.log(`  ${where}/${name}.{${endings.join(",")}}`);
  }
  return where;
}

/**
 * Runs an experiment that needs neither configuration nor data nor random numbers.
 *
 * @param experiment The experiment.
 * @param options Where results go, and whether to run again.
 * @returns The folder of the result.
 */
export async function runDrawing(
  experiment: Experiment,
  options: { readonly results: string; readonly force: boolean },
): Promise<string> {
  return await runAndReport(experiment, { config: {}, seeds: [], dataChecksum: "", ...options });
}

/**
 * SHA-256 of a file, read in pieces, as 64 hexadecimal digits.
 *
 * @param path The file.
 * @returns The digits.
 */
export async function fileChecksum(path: string): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
