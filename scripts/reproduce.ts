/**
 * Every experiment, one after the other: `deno task reproduce [--input FILE.csv] [--force]`.
 *
 * @module
 */
import { COMMAND as EMD_OF_WAFERS, emdOfWafers } from "./emd_of_wafers.ts";
import { COMMAND as COMPARE_CODECS, compareCodecs } from "./compare_codecs.ts";
import { COMMAND as COMPARE_WAFERS, compareWafers } from "./compare_wafers.ts";
import { COMMAND as CONDITIONAL_DECODER, conditionalDecoder } from "./conditional_decoder.ts";
import { fig2Telescope } from "./fig2_telescope.ts";
import { fig3Encodings } from "./fig3_encodings.ts";
import { COMMAND as FIG5_EMD_CNN, fig5EmdCnn } from "./fig5_emd_cnn.ts";
import {
  type Command,
  type CommandOptions,
  type CommandValues,
  parseCommand,
  runCommand,
} from "./std/command.ts";
import { EXPERIMENT_OPTIONS } from "./std/run_experiment.ts";
import { COMMAND as SPECTRAL_SHAPES, spectralShapes } from "./spectral_shapes.ts";
import { tableA1 } from "./table_a1.ts";
import { COMMAND as TABLE_B1_AUTOENCODER, tableB1Autoencoder } from "./table_b1_autoencoder.ts";
import { COMMAND as VALIDATE_SIMULATION, validateSimulation } from "./validate_simulation.ts";

const OPTIONS = {
  input: EMD_OF_WAFERS.options.input,
  order: EMD_OF_WAFERS.options.order,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/reproduce.ts",
  summary:
    "Runs every experiment: exact EMDs of wafers, shapes of wafers, codecs, Fig. 2, Fig. 3, " +
    "Table A1, the spectral EMD, the simulation against published values, and " +
    "with their quick presets Fig. 5, the last row of Table B1 and conditional decoders. Complete results are kept, so that a run which was cut off goes on where it stopped.",
  permissions: {
    "--allow-read": "the input file, this project's src (workers), and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv",
};

if (import.meta.main) {
  await runCommand(COMMAND, async (options) => {
    const { input } = options;
    await emdOfWafers({ ..._defaults(EMD_OF_WAFERS), ...options });
    const sample = EMD_OF_WAFERS.options.input.default;
    await compareWafers({
      ..._defaults(COMPARE_WAFERS),
      ...options,
      input: input === sample ? sample : `${sample},${input}`,
    });
    await compareCodecs({ ..._defaults(COMPARE_CODECS), ...options });
    await fig2Telescope(options);
    await fig3Encodings(options);
    await tableA1(options);
    await spectralShapes({ ..._defaults(SPECTRAL_SHAPES), ...options });
    await validateSimulation({ ..._defaults(VALIDATE_SIMULATION), ...options });
    await fig5EmdCnn({ ..._defaults(FIG5_EMD_CNN), ...options });
    await tableB1Autoencoder({ ..._defaults(TABLE_B1_AUTOENCODER), ...options });
    await conditionalDecoder({ ..._defaults(CONDITIONAL_DECODER), ...options });
    console.log("\nDone: open the .svg files above in a browser.");
  });
}

/** The values that the options of a script have when none is given. */
function _defaults<const O extends CommandOptions>(command: Command<O>): CommandValues<O> {
  return parseCommand(command, [])!;
}
