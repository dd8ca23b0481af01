/**
 * Fits the codecs of `src/codecs` to wafers, and writes what they know of them to one JSON module:
 * `data/codecs.json`, which they use unless told otherwise, is made by it from the sample.
 *
 *     deno run --no-prompt --allow-read=data --allow-write=data scripts/fit_codecs.ts
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import { fitCodecs } from "../src/codecs/mod.ts";
import { codecFitsToJson } from "../src/codecs/fits_json.ts";
import type { CellOrder } from "../src/wafer/mod.ts";
import { type Command, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { fileChecksum } from "./std/run_experiment.ts";
import { writeJson } from "./std/write_json.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  output: {
    kind: "text",
    value: "FILE.json",
    describe: "The file to write",
    default: "data/codecs.json",
    names: "output file",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fit_codecs.ts",
  summary:
    "Fits levels, bits of a charge and principal components of the codecs to wafers, in some " +
    "seconds.",
  permissions: {
    "--allow-read=data": "the wafers",
    "--allow-write=data": "the file to write",
  },
  options: OPTIONS,
  example: "--input data/wafers.csv --output data/my_codecs.json",
};

if (import.meta.main) await runCommand(COMMAND, fitCodecsToFile);

/**
 * Fits codecs to the wafers of a file.
 *
 * @param options The wafers and where to write.
 */
export async function fitCodecsToFile(
  options: { input: string; order: CellOrder; output: string },
): Promise<void> {
  const { input, order, output } = options;
  const { charges, count } = await readDistinctWafers(input, order);
  const fits = codecFitsToJson(fitCodecs(charges), {
    data: await fileChecksum(input),
    wafers: count,
    version: config.version,
  });
  await writeJson(output, fits, "codecs");
  const chargeBits = fits.largestK.map((at) => `${at.chargeBits} from ${at.fromBits} bits on`);
  console.log(`Wrote ${output}, fitted to ${count} wafers
  bits of a kept charge: ${chargeBits.join(", ")}
  part of a super trigger cell in its largest cell: ${fits.largestPart.toFixed(3)}`);
}
