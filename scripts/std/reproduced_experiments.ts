/**
 * The experiments of the reproduction: what each shows, how its script is called, and how long it takes.
 *
 * @module
 */
import { COMMAND as ARENA } from "../arena.ts";
import { COMMAND as COMPARE_CODECS } from "../compare_codecs.ts";
import { COMMAND as COMPARE_WAFERS } from "../compare_wafers.ts";
import { COMMAND as CONDITIONAL_DECODER } from "../conditional_decoder.ts";
import { COMMAND as EMD_OF_WAFERS } from "../emd_of_wafers.ts";
import { COMMAND as EVALUATE_SURROGATE } from "../evaluate_surrogate.ts";
import { COMMAND as FIG1 } from "../fig1_overview.ts";
import { COMMAND as FIG2 } from "../fig2_telescope.ts";
import { COMMAND as FIG3 } from "../fig3_encodings.ts";
import { COMMAND as FIG4 } from "../fig4_emd_cnn.ts";
import { COMMAND as FIG5 } from "../fig5_emd_cnn.ts";
import { COMMAND as FIG6 } from "../fig6_autoencoder.ts";
import { COMMAND as FIG7 } from "../fig7_trigger_resolution.ts";
import { COMMAND as ORDINAL_CLASSES } from "../ordinal_classes.ts";
import { COMMAND as OUTLOOK } from "../outlook.ts";
import { COMMAND as RATE_DISTORTION } from "../rate_distortion.ts";
import { COMMAND as SPECTRAL_SHAPES } from "../spectral_shapes.ts";
import { COMMAND as TABLE_A1 } from "../table_a1.ts";
import { COMMAND as TABLE_B1_AUTOENCODER } from "../table_b1_autoencoder.ts";
import { COMMAND as TABLE_B1_GRID } from "../table_b1_grid.ts";
import { COMMAND as TREE_AND_CHAIN } from "../tree_and_chain.ts";
import { COMMAND as VALIDATE_SIMULATION } from "../validate_simulation.ts";
import type { Command, CommandOptions } from "./command.ts";

/** What a reproduction needs to know of a script. */
export type ReproducedCommand = Pick<
  Command<CommandOptions>,
  "script" | "permissions" | "options"
>;

/** An experiment with one preset. */
export interface ReproducedSize {
  /**
   * How long it takes on two cores of the machine of `speed_probe.ts`. Minutes of `quick` are measured;
   * those of `paper` are these times the number of steps, pairs or events.
   */
  readonly minutes: number;
  /** Arguments of its script. @default none */
  readonly arguments?: readonly string[];
  /** Among how many jobs of a cluster its trainings are shared out. @default 1 */
  readonly shares?: number;
}

/** An experiment of the reproduction. */
export interface ReproducedScript {
  /** Its name, as in the results. */
  readonly name: string;
  /** What it shows, in a few words. */
  readonly shows: string;
  /** The figure or table of the paper. */
  readonly of?: string;
  /** The script that runs it. */
  readonly command: ReproducedCommand;
  /** Experiments whose networks it uses. @default none */
  readonly needs?: readonly string[];
  /** A file that is compared with the input, if that is another one. @default none */
  readonly alongside?: string;
  /** Its part of a run of minutes. */
  readonly quick: ReproducedSize;
  /** As large as in the paper; where the paper has no size for it, the script's largest preset. */
  readonly paper: ReproducedSize;
}

/** In the order in which they begin: what is quick first, networks before their use, years last. */
export const EXPERIMENTS: readonly ReproducedScript[] = [
  {
    name: "emd_of_wafers",
    shows: "exact EMDs of wafers",
    command: EMD_OF_WAFERS,
    quick: { minutes: 0.041 },
    paper: { minutes: 0.33, arguments: ["--pairs", "340000"] },
  },
  {
    name: "fig1_overview",
    shows: "encoder, codes and decoder of a wafer",
    of: "Fig. 1",
    command: FIG1,
    quick: { minutes: 0.026 },
    paper: { minutes: 0.026 },
  },
  {
    name: "fig2_telescope",
    shows: "the sums of the telescope loss",
    of: "Fig. 2",
    command: FIG2,
    quick: { minutes: 0.023 },
    paper: { minutes: 0.023 },
  },
  {
    name: "fig3_encodings",
    shows: "wafers as images",
    of: "Fig. 3",
    command: FIG3,
    quick: { minutes: 0.02 },
    paper: { minutes: 0.02 },
  },
  {
    name: "fig4_emd_cnn",
    shows: "the layers of the EMD CNN",
    of: "Fig. 4",
    command: FIG4,
    quick: { minutes: 0.02 },
    paper: { minutes: 0.02 },
  },
  {
    name: "table_a1",
    shows: "weights of the sums",
    of: "Table A1",
    command: TABLE_A1,
    quick: { minutes: 0.02 },
    paper: { minutes: 0.02 },
  },
  {
    name: "compare_wafers",
    shows: "shapes of wafers",
    command: COMPARE_WAFERS,
    alongside: "data/sample.csv",
    quick: { minutes: 0.049 },
    paper: { minutes: 0.049 },
  },
  {
    name: "fig6_autoencoder",
    shows: "the autoencoder by its loss",
    of: "Fig. 6",
    command: FIG6,
    quick: { minutes: 1, shares: 8 },
    paper: { minutes: 150, arguments: ["--preset", "paper"], shares: 20 },
  },
  {
    name: "fig7_trigger_resolution",
    shows: "electrons in the trigger after compression",
    of: "Fig. 7",
    command: FIG7,
    needs: ["fig6_autoencoder"],
    quick: { minutes: 0.65, arguments: ["--fig6", "quick"] },
    paper: { minutes: 16, arguments: ["--preset", "paper", "--fig6", "paper"] },
  },
  {
    name: "fig5_emd_cnn",
    shows: "the EMD CNN against the exact EMD",
    of: "Fig. 5",
    command: FIG5,
    quick: { minutes: 1 },
    paper: { minutes: 1100, arguments: ["--preset", "paper"] },
  },
  {
    name: "table_b1_autoencoder",
    shows: "surrogates as losses, the last row of Table B1",
    of: "Table B1",
    command: TABLE_B1_AUTOENCODER,
    quick: { minutes: 0.44 },
    paper: { minutes: 65, arguments: ["--preset", "standard"] },
  },
  {
    name: "evaluate_surrogate",
    shows: "the shipped estimates of the EMD and of its gradient",
    command: EVALUATE_SURROGATE,
    quick: { minutes: 0.12 },
    paper: { minutes: 0.12 },
  },
  {
    name: "compare_codecs",
    shows: "codecs that need no learning",
    command: COMPARE_CODECS,
    quick: { minutes: 0.14 },
    paper: { minutes: 0.14 },
  },
  {
    name: "rate_distortion",
    shows: "what bits are worth to autoencoders and codecs",
    command: RATE_DISTORTION,
    needs: ["fig6_autoencoder"],
    quick: { minutes: 0.44 },
    paper: { minutes: 11, arguments: ["--preset", "standard"] },
  },
  {
    name: "conditional_decoder",
    shows: "decoders that know more than the latents",
    command: CONDITIONAL_DECODER,
    quick: { minutes: 0.38 },
    paper: { minutes: 69, arguments: ["--preset", "standard"] },
  },
  {
    name: "arena",
    shows: "every loss on the same autoencoder",
    command: ARENA,
    quick: { minutes: 0.37, shares: 6 },
    paper: { minutes: 4.1, arguments: ["--preset", "standard"], shares: 12 },
  },
  {
    name: "outlook",
    shows: "pile-up removal, anomalies, a tuned observable",
    command: OUTLOOK,
    quick: { minutes: 0.26 },
    paper: { minutes: 1.3, arguments: ["--preset", "standard"] },
  },
  {
    name: "validate_simulation",
    shows: "the simulation against published values",
    command: VALIDATE_SIMULATION,
    quick: { minutes: 0.73 },
    paper: { minutes: 0.73 },
  },
  {
    name: "spectral_shapes",
    shows: "the spectral EMD and fits of shapes",
    command: SPECTRAL_SHAPES,
    quick: { minutes: 0.11 },
    paper: { minutes: 0.11 },
  },
  {
    name: "ordinal_classes",
    shows: "squared EMD for classes of wafers",
    command: ORDINAL_CLASSES,
    quick: { minutes: 0.18 },
    paper: { minutes: 15, arguments: ["--preset", "standard"] },
  },
  {
    name: "tree_and_chain",
    shows: "the EMD on chains and trees of classes, and Sinkhorn's limits",
    command: TREE_AND_CHAIN,
    quick: { minutes: 0.4 },
    paper: { minutes: 10, arguments: ["--preset", "standard"] },
  },
  {
    name: "table_b1_grid",
    shows: "the search for the EMD CNN",
    of: "Table B1",
    command: TABLE_B1_GRID,
    quick: { minutes: 0.71, arguments: ["--visits", "8000", "--repeats", "2"], shares: 8 },
    paper: { minutes: 7e6, arguments: ["--preset", "paper"], shares: 384 },
  },
];
