/**
 * Every experiment, one after the other: `deno task reproduce [--input FILE.csv] [--only NAME,...]`.
 *
 * @module
 */
import { arena, COMMAND as ARENA } from "./arena.ts";
import { COMMAND as COMPARE_CODECS, compareCodecs } from "./compare_codecs.ts";
import { COMMAND as COMPARE_WAFERS, compareWafers } from "./compare_wafers.ts";
import { COMMAND as CONDITIONAL_DECODER, conditionalDecoder } from "./conditional_decoder.ts";
import { COMMAND as EMD_OF_WAFERS, emdOfWafers } from "./emd_of_wafers.ts";
import { fig2Telescope } from "./fig2_telescope.ts";
import { fig3Encodings } from "./fig3_encodings.ts";
import { COMMAND as FIG5_EMD_CNN, fig5EmdCnn } from "./fig5_emd_cnn.ts";
import { COMMAND as FIG6_AUTOENCODER, fig6Autoencoder } from "./fig6_autoencoder.ts";
import { COMMAND as FIG7_TRIGGER, fig7TriggerResolution } from "./fig7_trigger_resolution.ts";
import { COMMAND as ORDINAL_CLASSES, ordinalClasses } from "./ordinal_classes.ts";
import { COMMAND as OUTLOOK, outlook } from "./outlook.ts";
import { COMMAND as RATE_DISTORTION, rateDistortion } from "./rate_distortion.ts";
import { COMMAND as SPECTRAL_SHAPES, spectralShapes } from "./spectral_shapes.ts";
import {
  type Command,
  type CommandOptions,
  type CommandValues,
  parseCommand,
  runCommand,
} from "./std/command.ts";
import { EXPERIMENT_OPTIONS } from "./std/run_experiment.ts";
import { tableA1 } from "./table_a1.ts";
import { COMMAND as TABLE_B1_AUTOENCODER, tableB1Autoencoder } from "./table_b1_autoencoder.ts";
import { COMMAND as TREE_AND_CHAIN, treeAndChain } from "./tree_and_chain.ts";
import { COMMAND as VALIDATE_SIMULATION, validateSimulation } from "./validate_simulation.ts";

/** What all experiments are told. */
interface Common {
  readonly input: string;
  readonly order: CommandValues<typeof OPTIONS>["order"];
  readonly results: string;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** An experiment of the reproduction, with its quick preset. */
interface Reproduced {
  /** Its name, as in the results. */
  readonly name: string;
  /** What it shows, in a few words. */
  readonly shows: string;
  /** Runs it. */
  run(common: Common): Promise<unknown>;
}

/** In the order in which they are run: what is quick comes first, networks before their use. */
const EXPERIMENTS: readonly Reproduced[] = [
  {
    name: "emd_of_wafers",
    shows: "exact EMDs of wafers",
    run: (common) => emdOfWafers({ ..._defaults(EMD_OF_WAFERS), ...common }),
  },
  {
    name: "compare_wafers",
    shows: "shapes of wafers",
    run(common) {
      const { input } = common, sample = EMD_OF_WAFERS.options.input.default;
      return compareWafers({
        ..._defaults(COMPARE_WAFERS),
        ...common,
        input: input === sample ? sample : `${sample},${input}`,
      });
    },
  },
  { name: "fig2_telescope", shows: "Fig. 2, the sums of the telescope loss", run: fig2Telescope },
  { name: "fig3_encodings", shows: "Fig. 3, wafers as images", run: fig3Encodings },
  { name: "table_a1", shows: "Table A1, weights of the sums", run: tableA1 },
  {
    name: "compare_codecs",
    shows: "codecs that need no learning",
    run: (common) => compareCodecs({ ..._defaults(COMPARE_CODECS), ...common }),
  },
  {
    name: "spectral_shapes",
    shows: "the spectral EMD and fits of shapes",
    run: (common) => spectralShapes({ ..._defaults(SPECTRAL_SHAPES), ...common }),
  },
  {
    name: "ordinal_classes",
    shows: "squared EMD for classes of wafers",
    run: (common) => ordinalClasses({ ..._defaults(ORDINAL_CLASSES), ...common }),
  },
  {
    name: "tree_and_chain",
    shows: "the EMD on chains and trees of classes, and Sinkhorn's limits",
    run: (common) => treeAndChain({ ..._defaults(TREE_AND_CHAIN), ...common }),
  },
  {
    name: "validate_simulation",
    shows: "the simulation against published values",
    run: (common) => validateSimulation({ ..._defaults(VALIDATE_SIMULATION), ...common }),
  },
  {
    name: "fig5_emd_cnn",
    shows: "Fig. 5, the EMD CNN against the exact EMD",
    run: (common) => fig5EmdCnn({ ..._defaults(FIG5_EMD_CNN), ...common }),
  },
  {
    name: "table_b1_autoencoder",
    shows: "Table B1's last row, surrogates as losses",
    run: (common) => tableB1Autoencoder({ ..._defaults(TABLE_B1_AUTOENCODER), ...common }),
  },
  {
    name: "rate_distortion",
    shows: "what bits are worth to autoencoders and codecs",
    run: (common) => rateDistortion({ ..._defaults(RATE_DISTORTION), ...common }),
  },
  {
    name: "conditional_decoder",
    shows: "decoders that know more than the latents",
    run: (common) => conditionalDecoder({ ..._defaults(CONDITIONAL_DECODER), ...common }),
  },
  {
    name: "outlook",
    shows: "pile-up removal, anomalies, a tuned observable",
    run({ input: _input, ...options }) {
      return outlook({ ..._defaults(OUTLOOK), ...options });
    },
  },
  {
    name: "arena",
    shows: "every loss on the same autoencoder",
    run: (common) => arena({ ..._defaults(ARENA), ...common }),
  },
  {
    name: "fig6_autoencoder",
    shows: "Fig. 6, the autoencoder by its loss",
    run: _fig6,
  },
  {
    name: "fig7_trigger_resolution",
    shows: "Fig. 7, electrons in the trigger after compression",
    async run(common) {
      const networks = (await _fig6(common)).map(({ loss, folder }) => `${loss}=${folder}`);
      const { input: _input, order: _order, ...options } = common;
      await fig7TriggerResolution({
        ..._defaults(FIG7_TRIGGER),
        ...options,
        networks: networks.join(","),
      });
    },
  },
];

const OPTIONS = {
  input: EMD_OF_WAFERS.options.input,
  order: EMD_OF_WAFERS.options.order,
  only: {
    kind: "text",
    value: "NAME,...",
    describe: "Only these experiments",
    default: "",
  },
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/reproduce.ts",
  summary: `\
Runs every experiment with its quick preset, in this order:

${EXPERIMENTS.map(({ name, shows }) => `  ${name.padEnd(24)} ${shows}`).join("\n")}

Complete results are kept, so that a run which was cut off goes on where it stopped. Most experiments
have larger presets: see the --help of scripts/NAME.ts.`,
  permissions: {
    "--allow-read": "the input file, this project's src (workers), and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv --only fig6_autoencoder,fig7_trigger_resolution",
};

/**
 * Runs experiments.
 *
 * @param options The options of the command line.
 * @throws {RangeError} If there is no experiment of a name.
 */
export async function reproduce(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { only, ...common } = options;
  for (const experiment of _chosen(only)) await experiment.run(common);
  console.log("\nDone: open the .svg files above in a browser.");
}

function _chosen(only: string): readonly Reproduced[] {
  const names = only.split(",").map((name) => name.trim()).filter(Boolean);
  const known = EXPERIMENTS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot reproduce: --only must be of ${known.join(", ")}, current value is ${unknown}`,
    );
  }
  return names.length === 0 ? EXPERIMENTS : EXPERIMENTS.filter(({ name }) => names.includes(name));
}

function _fig6(common: Common) {
  return fig6Autoencoder({ ..._defaults(FIG6_AUTOENCODER), ...common });
}

/** The values that the options of a script have when none is given. */
function _defaults<const O extends CommandOptions>(command: Command<O>): CommandValues<O> {
  return parseCommand(command, [])!;
}

if (import.meta.main) await runCommand(COMMAND, reproduce);
