/**
 * Options that many scripts share. Those of training are in `training_options.ts`, since they bring
 * tfjs.
 *
 * @module
 */
import type { ChoiceOption, FlagOption } from "./command.ts";

/** Which wafers; a script says more of them by a `describe` of its own. */
export const WAFER_OPTIONS = {
  input: {
    kind: "text",
    value: "FILE",
    describe: "Wafers, .csv, .parquet or .npz: columns CALQ_0 to CALQ_47 and any further ones",
    default: "data/sample.csv",
    names: "input",
  },
  order: {
    kind: "choice",
    choices: ["train", "paper"],
    describe: "How the columns are numbered",
    default: "train",
  },
} as const;

/** How many threads solve or simulate; no result depends on it. */
export const WORKERS_OPTION = {
  kind: "integer",
  describe: "Worker threads; 0 for all cores",
  least: 0,
  default: 0,
} as const;

/**
 * How much is done.
 *
 * @param choices The presets, the default one first.
 * @param describe What they choose.
 * @returns The option.
 */
export function presetOption<const W extends string>(
  choices: readonly [W, ...W[]],
  describe = "How long to train",
): ChoiceOption<W> {
  return { kind: "choice", choices, describe, default: choices[0] };
}

/**
 * Whether to measure times, too.
 *
 * @param what What is timed.
 * @returns The option.
 */
export function speedOption(what: string): FlagOption {
  return {
    kind: "flag",
    describe:
      `Time ${what}, too; times are part of the configuration, so that each such run is new`,
  };
}
