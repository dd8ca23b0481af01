/**
 * Fig. 4 of the paper: the layers of the network that estimates the EMD of two wafers.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/fig4_emd_cnn.ts
 *
 * @module
 */
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  svgDocument,
  svgElement,
} from "../src/experiments/mod.ts";
import { buildEmdCnn } from "../src/models/emd_cnn.ts";
import { useBackend } from "../src/tensor/mod.ts";
import { CELLS } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { networkDrawing } from "./std/network_drawing.ts";
import { type SeenLayer, seenLayers } from "./std/network_layers.ts";
import { DRAWING_PERMISSIONS, EXPERIMENT_OPTIONS, runDrawing } from "./std/run_experiment.ts";

/** This script as seen from the command line. */
export const COMMAND: Command<typeof EXPERIMENT_OPTIONS> = {
  script: "scripts/fig4_emd_cnn.ts",
  summary: `\
Fig. 4 of the paper: the layers of the EMD CNN, their shapes and parameters. They are read off the
network that the other scripts train, by running it once; nothing is drawn that it does not do.`,
  permissions: DRAWING_PERMISSIONS,
  options: EXPERIMENT_OPTIONS,
  example: "--force",
};

/** The experiment. */
export const FIG4: Experiment = defineExperiment({
  name: "fig4_emd_cnn",
  title: "Fig. 4: the EMD CNN",
  run: _run,
});

/**
 * Runs the experiment.
 *
 * @param options Where results go, and whether to run again.
 */
export async function fig4EmdCnn(
  options: CommandValues<typeof EXPERIMENT_OPTIONS>,
): Promise<void> {
  await runDrawing(FIG4, import.meta.url, options);
}

async function _run(context: ExperimentContext): Promise<void> {
  await useBackend({ backend: "wasm" });
  const network = buildEmdCnn();
  const layers = await seenLayers(network, 2 * CELLS);
  network.dispose();
  context.addFigure("layers", { title: "The EMD CNN", svg: _drawing(layers) });

  const convolutions = layers.filter(({ kind }) => kind === "convolution");
  const [hidden, output] = layers.slice(convolutions.length);
  const [rows, , , filters] = convolutions[0].kernel;
  // The layers are those of Table B1, configuration 4 (the paper's text says four convolutions): we
  // built them so, and nothing of it is a measurement to set beside the paper's.
  context.addQuantity("convolutions", "", [convolutions.length]);
  context.addQuantity("filters of a convolution", "", [filters]);
  context.addQuantity("rows of a kernel", "", [rows]);
  context.addQuantity("units of the dense layer", "", [hidden.output[0]]);
  context.addQuantity("numbers in the output", "", output.output);
  context.addQuantity("parameters", "", [_sum(layers.map(({ parameters }) => parameters))]);
  context.addQuantity("multiplications for a pair, in both orders", "", [
    _sum(layers.map(({ multiplications }) => multiplications)),
  ]);
}

const MARGIN = 20, TITLE = 44;
/** Width of the words before and after the layers. */
const BEFORE = 136, AFTER = 104;

function _drawing(layers: readonly SeenLayer[]): string {
  const network = networkDrawing(layers);
  const width = MARGIN + BEFORE + network.width + AFTER + MARGIN,
    height = TITLE + network.height + MARGIN;
  const line = (text: string, x: number, y: number, size: number) =>
    svgElement("text", { x, y, "font-size": size }, [text]);
  const [rows, columns, channels] = layers[0].input;
  return svgDocument({ width, height, title: "The EMD CNN" }, [
    line("The EMD CNN: two wafers in, an estimate of their EMD out", MARGIN, 26, 15),
    svgElement("g", { transform: `translate(${MARGIN + BEFORE},${TITLE})` }, [network.svg]),
    ...[
      "two wafers",
      "in encoding B,",
      `${rows} × ${columns} × ${channels / 2} each,`,
      "as channels of",
      "one image",
    ]
      .map((text, k) => line(text, MARGIN, TITLE + 64 + 17 * k, 12)),
    ...["mean of", "both orders:", "the EMD"].map((text, k) =>
      line(text, MARGIN + BEFORE + network.width + 14, TITLE + 80 + 17 * k, 12)
    ),
  ]);
}

function _sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

if (import.meta.main) await runCommand(COMMAND, fig4EmdCnn);
