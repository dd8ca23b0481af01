/**
 * Fig. 3 of the paper: the numbering of the trigger cells, and encodings A and B of a wafer.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/fig3_encodings.ts
 *
 * @module
 */
import {
  defineExperiment,
  drawWafers,
  type Experiment,
  type ExperimentContext,
  PALETTE,
  svgElement,
} from "../src/experiments/mod.ts";
import {
  CELLS,
  PAPER_TO_TRAIN,
  RHOMBI,
  supercells4x4,
  toEncodingA,
  toEncodingB,
  TRAIN_TO_PAPER,
  TRIGGER_CELLS,
} from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { DRAWING_PERMISSIONS, EXPERIMENT_OPTIONS, runDrawing } from "./std/run_experiment.ts";

/** This script as seen from the command line. */
export const COMMAND: Command<typeof EXPERIMENT_OPTIONS> = {
  script: "scripts/fig3_encodings.ts",
  summary: "Fig. 3 of the paper: the trigger cells numbered by q, and encodings A (8 x 8) and B " +
    "(4 x 4 x 3) of a wafer.",
  permissions: DRAWING_PERMISSIONS,
  options: EXPERIMENT_OPTIONS,
  example: "--force",
};

/** The experiment. */
export const FIG3: Experiment = defineExperiment({
  name: "fig3_encodings",
  title: "Fig. 3: numbering and encodings of a wafer",
  run: _run,
});

const PIXEL = 40;
const GAP = 36;
const TOP = 44;

if (import.meta.main) await runCommand(COMMAND, fig3Encodings);

/**
 * Runs the experiment.
 *
 * @param options Where results go, and whether to run again.
 */
export async function fig3Encodings(
  options: CommandValues<typeof EXPERIMENT_OPTIONS>,
): Promise<void> {
  await runDrawing(FIG3, import.meta.url, options);
}

function _run(context: ExperimentContext): void {
  // Each cell carries its number as its charge, so that the encodings themselves say what is where.
  const numbers = Float64Array.from({ length: CELLS }, (_, train) => 1 + TRAIN_TO_PAPER[train]);
  const a = [...toEncodingA(numbers)], b = [...toEncodingB(numbers)];
  context.addFigure("wafer", { title: "Trigger cells of a wafer", svg: _wafer() });
  context.addFigure("encodings", { title: "Encodings of a wafer", svg: _encodings(a, b) });
  context.addQuantity("pixels of encoding A", "", [a.length]);
  context.addQuantity("pixels of encoding A without a cell", "", [a.filter((n) => n === 0).length]);
  context.addQuantity("numbers of encoding B", "", [b.length]);
}

function _wafer(): string {
  const groups = supercells4x4().map(({ cells }) => ({ cells }));
  return drawWafers([
    { title: "q of the paper", labels: TRAIN_TO_PAPER.map(String), groups },
    { title: "train order", labels: TRIGGER_CELLS.map(({ train }) => String(train)), groups },
    { title: "(u, v)", labels: TRIGGER_CELLS.map(({ u, v }) => `${u},${v}`), groups },
  ], { title: "Three numberings of the 48 trigger cells" });
}

/** Encoding A, and the three channels of encoding B beside it. */
function _encodings(a: readonly number[], b: readonly number[]): string {
  const grids = [
    { title: "encoding A: 8 × 8 × 1", side: 8, numbers: a },
    ...RHOMBI.map((rhombus, channel) => ({
      title: `encoding B, channel ${channel} (${rhombus})`,
      side: 4,
      numbers: Array.from({ length: 16 }, (_, pixel) => b[3 * pixel + channel]),
    })),
  ];
  let x = GAP / 2;
  const drawn = grids.map(({ title, side, numbers }) => {
    const svg = _grid(title, side, numbers, x);
    x += Math.max(side * PIXEL, 200) + GAP;
    return svg;
  });
  const height = TOP + 8 * PIXEL + GAP / 2;
  return svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: x,
    height,
    viewBox: `0 0 ${x} ${height}`,
    "font-family": "DejaVu Sans, sans-serif",
  }, [svgElement("rect", { width: x, height, fill: "#ffffff" }), ...drawn]);
}

/** Pixels with the q of their cell, tinted by its rhombus. */
function _grid(title: string, side: number, numbers: readonly number[], x: number): string {
  const pixels = numbers.map((number, pixel) => {
    const left = x + PIXEL * (pixel % side), top = TOP + PIXEL * Math.floor(pixel / side);
    const q = number - 1, isEmpty = number === 0;
    const rhombus = isEmpty ? 0 : RHOMBI.indexOf(TRIGGER_CELLS[PAPER_TO_TRAIN[q]].rhombus);
    return svgElement("g", {}, [
      svgElement("rect", {
        x: left,
        y: top,
        width: PIXEL,
        height: PIXEL,
        fill: isEmpty ? "#e9e9e9" : PALETTE[rhombus],
        "fill-opacity": isEmpty ? 1 : 0.25,
        stroke: "#8c8c8c",
      }),
      svgElement("text", {
        x: left + PIXEL / 2,
        y: top + PIXEL / 2 + 5,
        "text-anchor": "middle",
        "font-size": 14,
        fill: isEmpty ? "#8c8c8c" : "#222222",
      }, [isEmpty ? "0" : String(q)]),
    ]);
  });
  const heading = svgElement(
    "text",
    { x, y: TOP - 14, "font-size": 14, fill: "#222222" },
    [title],
  );
  return svgElement("g", {}, [heading, ...pixels]);
}
