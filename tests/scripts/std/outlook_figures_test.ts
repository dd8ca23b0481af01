import { assert, assertEquals } from "@std/assert";
import {
  removalDrawing,
  removalFigure,
  rocFigure,
  shapesFigure,
} from "../../../scripts/std/outlook_figures.ts";
import { type Remover, REMOVERS } from "../../../scripts/std/pile_up_removal.ts";
import { RINGS } from "../../../scripts/std/tuned_shape.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";

/** Wafers whose EMDs are their numbers, times one, two, ... by the method. */
function removed(count: number) {
  const charges = new Float64Array(48 * count).fill(1);
  const table = waferTable(charges, { signal_share: new Float64Array(count).fill(0.55) });
  const left = Object.fromEntries(REMOVERS.map((remover, k) => [remover, {
    emd: Float64Array.from({ length: count }, (_, row) => (k + 1) * row),
    fractions: charges.map((charge) => charge / 48),
  }])) as Record<Remover, { emd: Float64Array; fractions: Float64Array }>;
  return { test: { amid: table, clean: table }, left };
}

Deno.test("what is left of pile-up is shown in bins that hold enough wafers", () => {
  const figure = removalFigure([removed(7), removed(7)])!;
  checkFigure(figure);
  assertEquals(
    figure.series.map((series) => series.kind === "line" && [series.x.length, series.y[0]]),
    REMOVERS.map((_, k) => [1, 3 * (k + 1)]),
  );
  assertEquals(removalFigure([removed(7)]), undefined);
  const { svg } = removalDrawing(removed(9));
  assertEquals(svg.split(">without pile-up<").length - 1, 3);
});

Deno.test("ROC curves and shapes are figures", () => {
  const samples = [{ name: "a", signal: [2, 3], background: [1, 2], color: 0 }];
  checkFigure(rocFigure("title", "subtitle", "signal", "background", samples));
  const shapes = shapesFigure(new Map([["even", new Float64Array(RINGS).fill(-3)]]));
  checkFigure(shapes);
  const [line] = shapes.series;
  assert(line.kind === "line");
  assertEquals(line.y, new Array(RINGS).fill(1));
  assertEquals(line.x[0], 0);
});
