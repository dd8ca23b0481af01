/**
 * Fig. 2 of the paper: the scales of the telescope loss; and beside it how the loss sees a distance.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/fig2_telescope.ts
 *
 * @module
 */
import {
  defineExperiment,
  drawWafers,
  type Experiment,
  type ExperimentContext,
  type Figure,
} from "../src/experiments/mod.ts";
import { telescopeMse, weightedMse } from "../src/losses/mod.ts";
import {
  CELLS,
  supercells2x2,
  supercells4x4,
  TRAIN_TO_PAPER,
  TRIGGER_CELLS,
  waferEmdBatch,
} from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { DRAWING_PERMISSIONS, EXPERIMENT_OPTIONS, runDrawing } from "./std/run_experiment.ts";

/** This script as seen from the command line. */
export const COMMAND: Command<typeof EXPERIMENT_OPTIONS> = {
  script: "scripts/fig2_telescope.ts",
  summary:
    "Fig. 2 of the paper: trigger cells, 2 x 2 and 4 x 4 supercells of the telescope loss; " +
    "and the loss of a unit charge that moves, against its EMD.",
  permissions: DRAWING_PERMISSIONS,
  options: EXPERIMENT_OPTIONS,
  example: "--force",
};

/** The experiment. */
export const FIG2: Experiment = defineExperiment({
  name: "fig2_telescope",
  title: "Fig. 2: the scales of the telescope loss",
  run: _run,
});

if (import.meta.main) await runCommand(COMMAND, fig2Telescope);

/**
 * Runs the experiment.
 *
 * @param options Where results go, and whether to run again.
 */
export async function fig2Telescope(
  options: CommandValues<typeof EXPERIMENT_OPTIONS>,
): Promise<void> {
  await runDrawing(FIG2, import.meta.url, options);
}

async function _run(context: ExperimentContext): Promise<void> {
  context.addFigure("scales", { title: "The scales of the telescope loss", svg: _scales() });

  const moves = _unitMoves();
  const emd = waferEmdBatch(moves.x, moves.y).values;
  const telescope = (await telescopeMse().valueAndGradient(moves.x, moves.y)).value;
  const weighted = (await weightedMse().valueAndGradient(moves.x, moves.y)).value;
  context.addFigure("loss_of_a_move", _lossOfAMove(emd, telescope));
  const spread = (values: Float64Array) => Math.max(...values) / Math.min(...values);
  context.addQuantity("largest over smallest EMD of a move", "", [spread(emd)]);
  context.addQuantity("largest over smallest telescope loss of a move", "", [spread(telescope)]);
  context.addQuantity("largest over smallest weighted MSE of a move", "", [spread(weighted)]);
}

/** One panel a scale; overlapping supercells in panels of their own. */
function _scales(): string {
  const labels = TRAIN_TO_PAPER.map(String);
  const supercells = supercells2x2();
  const isAcross = (cells: readonly number[]) =>
    new Set(cells.map((cell) => TRIGGER_CELLS[cell].rhombus)).size > 1;
  return drawWafers([
    { title: "48 trigger cells", subtitle: "numbered by q", labels },
    {
      title: "12 of 27 sums of 2 × 2",
      subtitle: "the others lie a row or column further",
      groups: supercells.slice(0, 12).map(({ cells }) => ({ cells })),
    },
    {
      title: "9 sums of 2 × 2 across seams",
      subtitle: "they overlap along a seam",
      groups: supercells.filter(({ cells }) => isAcross(cells)).map(({ cells }) => ({ cells })),
    },
    {
      title: "3 sums of 4 × 4",
      subtitle: "the rhombi",
      groups: supercells4x4().map(({ cells }) => ({ cells })),
    },
  ], { title: "The scales of the telescope loss" });
}

/** Every way to move a unit charge from one cell to another, a row each. */
function _unitMoves(): { x: Float64Array; y: Float64Array } {
  const count = CELLS * (CELLS - 1);
  const x = new Float64Array(count * CELLS), y = new Float64Array(count * CELLS);
  let row = 0;
  for (let from = 0; from < CELLS; from++) {
    for (let to = 0; to < CELLS; to++) {
      if (from === to) continue;
      x[row * CELLS + from] = y[row * CELLS + to] = 1;
      row++;
    }
  }
  return { x, y };
}

function _lossOfAMove(emd: Float64Array, telescope: Float64Array): Figure {
  return {
    title: "A unit charge moves from one cell to another",
    subtitle: `all ${emd.length.toLocaleString("en")} moves`,
    caption:
      "The telescope loss grows with the EMD for moves inside a 2 × 2 sum and hardly beyond.",
    x: { label: "EMD", unit: "half pitch" },
    y: { label: "telescope loss", unit: "", domain: [0, 1.1] },
    series: [{ kind: "points", x: [...emd], y: [...telescope] }],
    legend: "none",
  };
}
