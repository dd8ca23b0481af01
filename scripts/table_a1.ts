/**
 * Table A1 of the paper: the 36 supercells of 2 x 2 trigger cells and their weights in the telescope
 * loss, as printed, by the rule in the text and in the published code.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/table_a1.ts
 *
 * @module
 */
import {
  defineExperiment,
  drawWafers,
  type Experiment,
  type ExperimentContext,
} from "../src/experiments/mod.ts";
import {
  PAPER_TO_TRAIN,
  type Supercell,
  supercells2x2,
  TABLE_A1_MISPRINT,
  TRAIN_TO_PAPER,
} from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { DRAWING_PERMISSIONS, EXPERIMENT_OPTIONS, runDrawing } from "./std/run_experiment.ts";

/** This script as seen from the command line. */
export const COMMAND: Command<typeof EXPERIMENT_OPTIONS> = {
  script: "scripts/table_a1.ts",
  summary: "Table A1 of the paper: the 2 x 2 supercells and their weights, the misprint marked.",
  permissions: DRAWING_PERMISSIONS,
  options: EXPERIMENT_OPTIONS,
  example: "--force",
};

const VARIANTS = ["table_a1", "rule", "published_code"] as const;

/** The experiment. */
export const TABLE_A1: Experiment = defineExperiment({
  name: "table_a1",
  title: "Table A1: weights of the 36 supercells of 2 x 2 trigger cells",
  run: _run,
});

if (import.meta.main) await runCommand(COMMAND, tableA1);

/**
 * Runs the experiment.
 *
 * @param options Where results go, and whether to run again.
 */
export async function tableA1(options: CommandValues<typeof EXPERIMENT_OPTIONS>): Promise<void> {
  await runDrawing(TABLE_A1, import.meta.url, options);
}

function _run(context: ExperimentContext): void {
  const [printed, rule, code] = VARIANTS.map((weights) =>
    supercells2x2({ weights, order: "paper" })
  );
  const sum = (cells: readonly Supercell[]) => cells.reduce((sum, { weight }) => sum + weight, 0);
  // The paper prints no sum; this is that of its printed weights.
  context.addQuantity("sum of weights, Table A1 as printed", "", [sum(printed)]);
  context.addQuantity("sum of weights, rule of the text", "", [sum(rule)]);
  context.addQuantity("sum of weights, published code", "", [sum(code)]);
  context.addQuantity("rows of Table A1 that differ from the rule", "", [
    _rowsThatDiffer(printed, rule).length,
  ]);
  context.addQuantity("rows of the published code that differ from the rule", "", [
    _rowsThatDiffer(code, rule).length,
  ]);
  context.addFile("table_a1.md", new TextEncoder().encode(_markdown(printed, rule, code)));
  context.addFigure("misprint", { title: "Table A1: its one misprint", svg: _drawing(rule, code) });
}

/** Rows whose weights differ by more than the rounding of the printed table to 1e-4 / 4. */
function _rowsThatDiffer(some: readonly Supercell[], others: readonly Supercell[]): number[] {
  return some.flatMap(({ weight }, row) =>
    Math.abs(weight - others[row].weight) > 0.5e-4 / 4 ? [row] : []
  );
}

function _markdown(
  printed: readonly Supercell[],
  rule: readonly Supercell[],
  code: readonly Supercell[],
): string {
  const quarter = ({ weight }: Supercell) => `${(4 * weight).toFixed(4)}/4`;
  const codeDiffers = new Set(_rowsThatDiffer(code, rule));
  const rows = printed.map((supercell, row) => {
    const notes = [
      row === TABLE_A1_MISPRINT.row ? "misprint in the paper" : "",
      codeDiffers.has(row) ? "slip in the published code" : "",
    ].filter((note) => note !== "");
    const cells = supercell.cells.map((q) => `q${q}`).join(" + ");
    const weights = [supercell, rule[row], code[row]].map(quarter);
    return `| ${[cells, ...weights, notes.join("; ")].join(" | ")} |`;
  });
  return [
    "# Table A1: the 36 supercells of 2 x 2 trigger cells",
    "",
    "Cells are numbered by q of Fig. 3. A weight is the mean over the four cells of one over the",
    "number of supercells that the cell is in.",
    "",
    "| supercell | as printed | rule of the text | published code | |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** Where the misprint and the six slips are on the wafer. */
function _drawing(rule: readonly Supercell[], code: readonly Supercell[]): string {
  const inTrain = (row: number) => rule[row].cells.map((q) => PAPER_TO_TRAIN[q]);
  const labels = TRAIN_TO_PAPER.map(String);
  const slips = _rowsThatDiffer(code, rule);
  const panel = (title: string, subtitle: string, rows: readonly number[]) => ({
    title,
    subtitle,
    labels,
    groups: rows.map((row) => ({ cells: inTrain(row) })),
  });
  return drawWafers([
    panel("Table A1: one misprint", "printed 1.1667/4, rule 1.0833/4", [TABLE_A1_MISPRINT.row]),
    panel(
      "published code: three sums",
      "1.3333/4, rule 1.0833/4",
      slips.filter((row) => code[row].weight < 0.4),
    ),
    panel(
      "published code: three more",
      "1.6667/4, rule 1.1667/4",
      slips.filter((row) => code[row].weight > 0.4),
    ),
  ], { title: "Weights of 2 × 2 supercells that differ from the rule in the text" });
}
