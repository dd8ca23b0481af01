import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Figure, PointSeries } from "../../src/experiments/figure.ts";
import { toPlotly } from "../../src/experiments/figure_plotly.ts";
import { toVegaLite } from "../../src/experiments/figure_vega.ts";
import { figures } from "./_gallery.ts";

/** What both specifications say of an axis. */
interface AxisSaid {
  readonly title: string;
  readonly isLog: boolean;
  readonly domain: readonly number[];
}

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`toPlotly() and toVegaLite() agree on the numbers of ${name}`, () => {
    assertEquals(_plotlyNumbers(figure), _vegaNumbers(figure));
  });

  Deno.test(`toPlotly() and toVegaLite() agree on the axes of ${name}`, () => {
    for (const axis of ["x", "y"] as const) {
      const [one, other] = [_plotlyAxis(figure, axis), _vegaAxis(figure, axis)];
      assertEquals([one.title, one.isLog], [other.title, other.isLog]);
      one.domain.forEach((end, i) => assertAlmostEquals(end, other.domain[i]));
    }
  });
}

Deno.test("toPlotly() writes plain JSON", () => {
  for (const figure of Object.values(figures)) {
    const plotly = toPlotly(figure);
    assertEquals(JSON.parse(JSON.stringify(plotly)), plotly);
  }
});

Deno.test("toPlotly() gives asymmetric error bars", () => {
  const error = toPlotly(figures.resolution).data[2].error_y as Record<string, unknown>;
  const { low, high } = (figures.resolution.series[2] as PointSeries).yError!;
  assertEquals([error.array, error.arrayminus, error.symmetric], [[...high], [...low], false]);
});

Deno.test("toPlotly() takes reference lines across the plot, in data units", () => {
  const [shape] = toPlotly(figures.log_histogram).layout.shapes as Record<string, unknown>[];
  assertEquals([shape.x0, shape.x1, shape.yref, shape.y1], [35, 35, "paper", 1]);
  // Plotly wants the place of a text on a logarithmic axis as a power of ten.
  const [label] = toPlotly(figures.log_histogram).layout.annotations as Record<string, unknown>[];
  assertEquals([label.x, label.text], [Math.log10(35), "1 MIP_T"]);
});

Deno.test("toPlotly() shows the legend only when a series has a name", () => {
  assertEquals(toPlotly(figures.log_histogram).layout.showlegend, false);
  assertEquals(toPlotly(figures.resolution).layout.showlegend, true);
  assertEquals(toPlotly({ ...figures.resolution, legend: "none" }).layout.showlegend, false);
});

Deno.test("toPlotly() refuses what cannot be drawn", () => {
  assertThrows(() => toPlotly({ ...figures.histogram, series: [] }), RangeError, "Cannot draw");
});

/** All (x, y) or (x, y, value) of a figure, sorted, as Plotly is told. */
function _plotlyNumbers(figure: Figure): string[] {
  return toPlotly(figure).data.flatMap((trace) => {
    const { x, y, z } = trace as unknown as { x: number[]; y: number[]; z?: number[][] };
    if (!z) return x.map((at, i) => `${at} ${y[i]}`);
    return z.flatMap((row, j) => row.map((value, i) => `${x[i]} ${y[j]} ${value}`));
  }).sort();
}

/** The same, as Vega-Lite is told. */
function _vegaNumbers(figure: Figure): string[] {
  const { layer } = toVegaLite(figure) as unknown as {
    layer: { mark: { type: string }; data?: { values: Record<string, number>[] } }[];
  };
  const kinds = figure.series.map(({ kind }) => kind);
  return layer.flatMap(({ mark, data }) => {
    const values = data?.values ?? [];
    switch (mark.type) {
      case "line":
      case "point":
        return values.map(({ x, y }) => `${x} ${y}`);
      case "area":
        // The area below a histogram repeats its outline.
        return kinds.includes("histogram")
          ? []
          : values.flatMap(({ x, y, high }) => [`${x} ${y}`, `${x} ${high}`]);
      case "rect":
        return values.map(({ x, y, value }) => `${x} ${y} ${value}`);
      default:
        return [];
    }
  }).sort();
}

function _plotlyAxis(figure: Figure, name: "x" | "y"): AxisSaid {
  const axis = toPlotly(figure).layout[`${name}axis`] as unknown as {
    title: { text: string };
    type: string;
    range: number[];
  };
  const isLog = axis.type === "log";
  return {
    title: axis.title.text,
    isLog,
    domain: isLog ? axis.range.map((power) => 10 ** power) : axis.range,
  };
}

function _vegaAxis(figure: Figure, name: "x" | "y"): AxisSaid {
  const { layer } = toVegaLite(figure) as unknown as {
    layer: {
      encoding: Record<
        string,
        { scale: { type: string; domain: number[] }; axis: { title: string } }
      >;
    }[];
  };
  const { scale, axis } = layer[0].encoding[name];
  assert(layer.length > 0);
  return { title: axis.title, isLog: scale.type === "log", domain: scale.domain };
}
