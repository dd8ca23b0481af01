/**
 * Running an experiment from a script: progress on standard error, results on disk, a table of the
 * numbers and the names of the figures at the end.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  type Experiment,
  fileStore,
  formatQuantity,
  type JsonObject,
  type Progress,
  provenance,
  runExperiment,
} from "../../src/experiments/mod.ts";
import { codeVersion } from "./code_checksum.ts";
import type { CommandValues } from "./command.ts";
import { tell, tellEvent } from "./experiment_events.ts";
import { ProgressBar } from "./progress_bar.ts";

/** Options that every experiment's script has. */
export const EXPERIMENT_OPTIONS = {
  results: {
    kind: "text",
    value: "FOLDER",
    describe: "Where results are kept",
    default: "results",
    names: "output folder",
  },
  force: { kind: "flag", describe: "Run again where a complete result exists" },
  quiet: { kind: "flag", describe: "Say nothing but what went wrong" },
  json: { kind: "flag", describe: "Say how far it is as one JSON object a line" },
} as const;

/** Permissions of a script that draws from the module's own data. */
export const DRAWING_PERMISSIONS = {
  "--allow-read=.": "earlier results, and this project's code, of which a result keeps a checksum",
  "--allow-write=results": "results",
} as const;

/** What {@linkcode runAndReport} needs besides the experiment. */
export interface ScriptRun<C extends JsonObject> {
  /** The script: `import.meta.url`. A result is found again as long as its code is the same. */
  readonly script: string;
  /** The configuration. */
  readonly config: C;
  /** Seeds of the random streams. */
  readonly seeds: readonly number[];
  /** Checksum of the input file; "" without input. */
  readonly dataChecksum: string;
  /** What computes tensors, where there are any. @default "typescript" */
  readonly backend?: string;
}

/** Milliseconds between two lines of progress with `--json`. */
const EVENT_INTERVAL = 200;

/**
 * Runs an experiment and tells on the terminal what came out.
 *
 * @param experiment The experiment.
 * @param run Its configuration, seeds and data.
 * @param options Where results go, whether to run again, and how much is said.
 * @returns The folder of the result.
 */
export async function runAndReport<C extends JsonObject>(
  experiment: Experiment<C>,
  run: ScriptRun<C>,
  options: CommandValues<typeof EXPERIMENT_OPTIONS>,
): Promise<string> {
  const { script, ...inputs } = run, { results, force } = options;
  const started = performance.now();
  tell(`\n${experiment.title}`, options);
  using shown = options.quiet ? _nothing() : options.json ? _events() : _bars();
  const { result, folder, reused } = await runExperiment(experiment, {
    backend: "typescript",
    ...inputs,
    version: await codeVersion(script),
    store: fileStore(results),
    provenance: await provenance(),
    force,
    onProgress: (progress) => shown.show(progress),
  });
  shown[Symbol.dispose]();
  const where = `${results}/${folder}`;
  if (options.json) {
    const seconds = Math.round(performance.now() - started) / 1000;
    tellEvent({ event: "result", experiment: experiment.name, folder, reused, seconds });
  }
  if (reused) tell("  found complete; --force runs it again", options);
  for (const quantity of result.quantities) tell(`  ${formatQuantity(quantity)}`, options);
  tell(`  ${where}/result.json`, options);
  for (const { name, files } of result.figures) {
    const endings = files.map((file) => file.slice(name.length + 1));
    tell(`  ${where}/${name}.{${endings.join(",")}}`, options);
  }
  return where;
}

/**
 * Runs an experiment that needs neither configuration nor data nor random numbers.
 *
 * @param experiment The experiment.
 * @param script The script: `import.meta.url`.
 * @param options Where results go, whether to run again, and how much is said.
 * @returns The folder of the result.
 */
export async function runDrawing(
  experiment: Experiment,
  script: string,
  options: CommandValues<typeof EXPERIMENT_OPTIONS>,
): Promise<string> {
  return await runAndReport(
    experiment,
    { script, config: {}, seeds: [], dataChecksum: "" },
    options,
  );
}

/** Shows progress somewhere, until it is disposed of. */
interface _Shown extends Disposable {
  show(progress: Progress): void;
}

function _nothing(): _Shown {
  return { show: () => {}, [Symbol.dispose]: () => {} };
}

/** A bar for each label. */
function _bars(): _Shown {
  let bar: ProgressBar | undefined, label = "";
  return {
    show(progress) {
      if (bar === undefined || label !== progress.label) {
        bar?.stop();
        ({ label } = progress);
        bar = new ProgressBar({ max: progress.total, label });
      }
      bar.value = progress.done;
    },
    [Symbol.dispose]: () => bar?.stop(),
  };
}

/** Lines of JSON, a few a second, and one for each new label. */
function _events(): _Shown {
  let told = -Infinity, label = "";
  return {
    show(progress) {
      const now = performance.now();
      if (progress.label === label && now - told < EVENT_INTERVAL) return;
      told = now;
      ({ label } = progress);
      tellEvent({ event: "progress", ...progress });
    },
    [Symbol.dispose]: () => {},
  };
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
