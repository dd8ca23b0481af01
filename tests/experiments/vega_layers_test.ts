import { assert, assertEquals } from "@std/assert";
import type { Figure } from "../../src/experiments/figure.ts";
import { layoutFigure } from "../../src/experiments/figure_layout.ts";
import { vegaReferences, vegaSeries } from "../../src/experiments/vega_layers.ts";
import { figures } from "./_gallery.ts";

const AXIS = { label: "x", unit: "" };

Deno.test("vegaSeries() gives points their error bars, cut at the foot of a logarithmic axis", () => {
  const figure: Figure = {
    title: "T",
    x: AXIS,
    y: { ...AXIS, scale: "log", domain: [0.1, 100] },
    series: [{
      kind: "points",
      x: [1, 2],
      y: [10, 20],
      yError: { low: [3, 50], high: [1, 2] },
    }],
  };
  const [bars, points] = vegaSeries(figure, layoutFigure(figure)).map(_values);
  assertEquals(bars, [{ x: 1, y: 10, low: 7, high: 11 }, { x: 2, y: 20, low: 0.1, high: 22 }]);
  assertEquals(points, bars);
});

Deno.test("vegaSeries() lays a heat map out row by row from the lowest y", () => {
  const figure: Figure = {
    title: "T",
    x: AXIS,
    y: AXIS,
    series: [{
      kind: "heatmap",
      label: "n",
      unit: "",
      xEdges: [0, 1, 3],
      yEdges: [10, 20, 40],
      values: [1, 2, 3, 4],
    }],
  };
  const [cells] = vegaSeries(figure, layoutFigure(figure)).map(_values);
  assertEquals(cells[1], { x: 1, right: 3, y: 10, top: 20, value: 2 });
  assertEquals(cells[2], { x: 0, right: 1, y: 20, top: 40, value: 3 });
});

Deno.test("vegaSeries() gives each marker of several series another shape", () => {
  const layers = vegaSeries(figures.resolution, layoutFigure(figures.resolution));
  const shapes = layers.flatMap((layer) => _mark(layer).shape ?? []);
  assertEquals(shapes, ["circle", "square"]);
});

Deno.test("vegaReferences() puts a label on the side where there is room", () => {
  const figure: Figure = {
    title: "T",
    x: { ...AXIS, domain: [0, 10] },
    y: AXIS,
    series: [{ kind: "line", x: [0, 10], y: [0, 1] }],
    references: [
      { axis: "x", at: 1, label: "near" },
      { axis: "x", at: 9, label: "far" },
      { axis: "y", at: 0.5, label: "" },
    ],
  };
  const layers = vegaReferences(figure, layoutFigure(figure));
  const aligned = layers.map(_mark).flatMap(({ text, align }) =>
    text === undefined ? [] : [[text, align]]
  );
  assertEquals(aligned, [["near", "left"], ["far", "right"]]);
  assertEquals(layers.length, 5);
  assert(vegaReferences(figures.heatmap, layoutFigure(figures.heatmap)).length === 0);
});

/** The data of a layer. */
function _values(layer: unknown): Record<string, number>[] {
  return (layer as { data: { values: Record<string, number>[] } }).data.values;
}

/** The mark of a layer. */
function _mark(layer: unknown): { shape?: string; text?: string; align?: string } {
  return (layer as { mark: { shape?: string; text?: string; align?: string } }).mark;
}
