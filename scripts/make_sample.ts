/**
 * Makes the sample of wafers in `data/`, byte for byte: 2,000 toy showers.
 *
 *     deno run --no-prompt --allow-read=data --allow-write=data scripts/make_sample.ts
 *
 * @module
 */
import { toyWafers, writeWafers } from "../src/datasets/mod.ts";
import { type Command, runCommand } from "./std/command.ts";

const OPTIONS = {
  output: {
    kind: "text",
    value: "FILE.csv",
    describe: "The file to write",
    default: "data/sample.csv",
  },
  count: { kind: "integer", describe: "Number of wafers", least: 1, default: 2000 },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 2306 },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/make_sample.ts",
  summary: "Makes a sample of toy wafers: showers in pile-up, in integer counts, as CSV.",
  permissions: {
    "--allow-read=data": "to give the file its name when it is complete",
    "--allow-write=data": "to write the file",
  },
  options: OPTIONS,
  example: "--count 100 --seed 7 --output data/small.csv",
};

/**
 * Writes toy showers to a file.
 *
 * @param options Where to, how many, and the seed.
 */
export async function makeSample(
  options: { output: string; count: number; seed: number },
): Promise<void> {
  const written = await writeWafers(
    options.output,
    toyWafers("shower", options.count, options.seed),
  );
  console.log(`Wrote ${written} wafers to ${options.output}`);
}

if (import.meta.main) await runCommand(COMMAND, makeSample);
