/**
 * Fig. 1 of the paper: the encoder on the detector and the decoder off the detector, with a wafer on
 * its way through both.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/fig1_overview.ts
 *
 * @module
 */
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import { buildEconAutoencoder } from "../src/models/econ_autoencoder.ts";
import {
  evaluateAutoencoder,
  integerEncoder,
  latentBits,
  loadEconAutoencoder,
  type LoadedAutoencoder,
} from "../src/models/inference/mod.ts";
import { useBackend } from "../src/tensor/mod.ts";
import { uncompressedCodec } from "../src/trigger/codecs/uncompressed_codec.ts";
import { type CellOrder, CELLS } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { seenLayers } from "./std/network_layers.ts";
import { overviewDrawing } from "./std/overview_drawing.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  input: {
    ...WAFER_OPTIONS.input,
    describe: "Wafers, of which one is shown: columns CALQ_0 to CALQ_47",
  },
  network: {
    kind: "text",
    value: "FOLDER",
    describe: "An autoencoder of scripts/train_autoencoder.ts in place of the shipped one",
    names: "input",
  },
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fig1_overview.ts",
  summary: `\
Fig. 1 of the paper: the encoder of the ECON-T on the detector, its codes, and the decoder off the
detector, drawn from the network itself, with a wafer, its codes in bits, and its reconstruction. The
wafer is the one whose EMD from its reconstruction is the median of the file.`,
  permissions: {
    "--allow-read": "the input, the network, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--input wafers.csv",
};

/** What the result depends on, besides the data. */
type Config = {
  order: CellOrder;
  /** Checksum of its weights, or `shipped`. */
  network: string;
};

/** What the experiment works on. */
export interface Fig1Inputs {
  /** Wafers with charge. */
  readonly wafers: WaferTable;
  /** A quantised autoencoder whose decoder is told nothing but the latents. */
  readonly autoencoder: LoadedAutoencoder;
}

/** Parameters of the published encoder and decoder. */
const PAPER = { encoder: 2144, decoder: 2833 } as const;
/** Electrical links of a module that go with the bits of the text and of Fig. 1. */
const LINKS = { text: 5, figure: 2 } as const;

/**
 * Runs the experiment on files.
 *
 * @param options The options of the command line.
 */
export async function fig1Overview(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, network } = options;
  const { description } = await useBackend({ backend: "wasm" });
  const wafers = await readDistinctWafers(input, order);
  const autoencoder = await loadEconAutoencoder(network);
  await runAndReport(fig1Experiment({ wafers, autoencoder }), {
    script: import.meta.url,
    config: {
      order,
      network: network === undefined ? "shipped" : await fileChecksum(`${network}/weights.f32`),
    },
    seeds: [],
    dataChecksum: await fileChecksum(input),
    backend: description,
  }, options);
}

/**
 * The experiment on wafers in memory, on the tensor backend in use.
 *
 * @param inputs Wafers and the autoencoder.
 * @returns The experiment.
 */
export function fig1Experiment(inputs: Fig1Inputs): Experiment<Config> {
  return defineExperiment<Config>({
    name: "fig1_overview",
    title: "Fig. 1: the encoder on the detector, the decoder off the detector",
    run: (context) => _run(context, inputs),
  });
}

async function _run(
  context: ExperimentContext<Config>,
  { wafers, autoencoder }: Fig1Inputs,
): Promise<void> {
  const { architecture: { formats, decoder, conditions } } = autoencoder;
  if (formats === "float" || conditions.length > 0) {
    throw new RangeError(
      "Cannot draw Fig. 1: the encoder must be quantised, and the decoder be told nothing else",
    );
  }
  const model = buildEconAutoencoder({ formats, decoder });
  const layers = await seenLayers(model, CELLS);
  model.dispose();
  const half = (name: string) => layers.filter((layer) => layer.name.startsWith(`${name}/`));
  const encoder = half("encoder");

  const { emd, median } = evaluateAutoencoder(autoencoder, wafers);
  const shown = _nearest(emd, median);
  const charges = wafers.charges.slice(shown * CELLS, (shown + 1) * CELLS);
  const bitsBefore = uncompressedCodec().bits(Float64Array.from(charges));
  const codes = integerEncoder(autoencoder.encoder).encode(charges);
  const reconstruction = autoencoder.reconstruct(charges);
  context.addFigure("overview", {
    title: "A wafer on its way through encoder and decoder",
    svg: overviewDrawing({
      charges: Array.from(charges, Number),
      reconstruction: Array.from(reconstruction),
      codes: [...codes],
      emd: emd[shown],
      bitsBefore,
      formats,
      encoder,
      decoder: half("decoder"),
    }),
  });

  const add = (name: string, value: number, paper?: number) =>
    context.addQuantity(name, "", [value], paper === undefined ? {} : { paper });
  const sum = (part: typeof layers, of: (layer: typeof layers[0]) => number) =>
    part.reduce((total, layer) => total + of(layer), 0);
  // What we chose as the paper did is no measurement: only what is counted is set beside its numbers.
  add("trigger cells of a wafer", CELLS);
  add("latents", codes.length);
  add("bits of a latent", formats.latent.bits);
  add(`bits of the codes over ${LINKS.text} links`, codes.length * latentBits(LINKS.text));
  add(`bits of the codes over ${LINKS.figure} links`, codes.length * latentBits(LINKS.figure));
  add("bits of the wafer before", bitsBefore);
  add("parameters of the encoder", sum(encoder, ({ parameters }) => parameters), PAPER.encoder);
  add(
    "parameters of the decoder",
    sum(half("decoder"), ({ parameters }) => parameters),
    PAPER.decoder,
  );
  add("multiplications of the encoder", sum(encoder, (layer) => layer.multiplications));
  context.addQuantity("EMD of the wafer shown", "half pitch", [emd[shown]]);
}

/** Where the value nearest to another stands. */
function _nearest(values: ArrayLike<number>, wanted: number): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) {
    if (Math.abs(values[k] - wanted) < Math.abs(values[best] - wanted)) best = k;
  }
  return best;
}

if (import.meta.main) await runCommand(COMMAND, fig1Overview);
