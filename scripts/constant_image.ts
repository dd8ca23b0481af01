/**
 * What a network must beat that looks at wafers: the best single image for all of them.
 *
 *     deno run --no-prompt --allow-read scripts/constant_image.ts --input wafers.csv
 *
 * @module
 */
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { bestConstantImage, emdToImage, meanImage } from "./std/constant_image.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  steps: { kind: "integer", describe: "Steps of the descent", least: 2, default: 60 },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/constant_image.ts",
  summary: `\
Finds the image whose mean exact EMD from all wafers of a file is least, and a proof that no image is
much better. A decoder that ignores its latents cannot score below this bound on these wafers.`,
  permissions: { "--allow-read": "the input" },
  options: OPTIONS,
  example: "--input data/sample.csv",
};

if (import.meta.main) await runCommand(COMMAND, constantImage);

/**
 * Finds the image and prints what it scores.
 *
 * @param options The options of the command line.
 */
export async function constantImage(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, steps } = options;
  const wafers = await readDistinctWafers(input, order);
  const { mean, bound } = bestConstantImage(wafers, { steps });
  const ofMeanWafer = emdToImage(wafers, meanImage(wafers)).reduce((a, b) => a + b) / wafers.count;
  console.log(`Mean exact EMD of ${wafers.count} wafers of ${input} to one image, half pitches:`);
  console.log(`  best image found     ${mean.toFixed(3)}`);
  console.log(`  no image is below    ${bound.toFixed(3)}`);
  console.log(`  their mean wafer     ${ofMeanWafer.toFixed(3)}`);
}
