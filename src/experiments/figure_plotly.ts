import type { JsonObject } from "./canonical_json.ts";
import { VIRIDIS } from "./color_map.ts";
import {
  axisTitle,
  type Figure,
  type LegendPlace,
  type ReferenceLine,
  type Series,
} from "./figure.ts";
import { type Domain, type FigureLayout, layoutFigure, stepOutline } from "./figure_layout.ts";

/** A figure as Plotly wants it. */
export interface PlotlyFigure {
  /** Traces, one or more a series. */
  readonly data: readonly JsonObject[];
  /** Axes, titles, legend, reference lines. */
  readonly layout: JsonObject;
}

const MARKERS = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];
const DASHES = { solid: "solid", dashed: "dash", dotted: "dot" };
const INK = "#222222";
const GREY = "#4d4d4d";

/**
 * Writes a figure as Plotly's `data` and `layout`, for notebooks and the HTML report. It shows the
 * same numbers in the same domains and colours as {@linkcode figureSvg}.
 *
 * @param figure The figure.
 * @returns Plain JSON; Plotly itself is not needed here.
 * @throws {TypeError | RangeError} If the figure cannot be drawn, see {@linkcode checkFigure}.
 *
 * @example
 * ```ts
 * import { toPlotly } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const axis = { label: "epoch", unit: "" };
 * const line = { kind: "line", x: [0, 1], y: [3, 2] } as const;
 * const { data } = toPlotly({ title: "Loss", x: axis, y: axis, series: [line] });
 * assertEquals([data[0].x, data[0].y], [[0, 1], [3, 2]]);
 * ```
 */
export function toPlotly(figure: Figure): PlotlyFigure {
  const layout = layoutFigure(figure);
  const subtitle = figure.subtitle === undefined ? {} : { subtitle: { text: figure.subtitle } };
  const references = figure.references ?? [];
  const showlegend = figure.legend !== "none" && figure.series.some(_isNamed);
  return {
    data: figure.series.flatMap((series, i) => _traces(series, i, figure, layout)),
    layout: {
      title: { text: figure.title, x: 0.02, xanchor: "left", font: { size: 17 }, ...subtitle },
      font: { family: "DejaVu Sans, Verdana, sans-serif", size: 13, color: INK },
      // Room for axes and titles around the plot.
      width: layout.width + 300,
      height: layout.height + 150,
      margin: { t: 80, l: 80, r: 30, b: 70 },
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
      xaxis: _axis(figure, layout, "x"),
      yaxis: _axis(figure, layout, "y"),
      showlegend,
      ...(showlegend ? { legend: _legend(figure.legend ?? "right") } : {}),
      shapes: references.map(_shape),
      annotations: references.map((line, i) => _label(line, layout.labelsBefore[i], figure)),
    },
  };
}

function _traces(
  series: Series,
  index: number,
  figure: Figure,
  layout: FigureLayout,
): JsonObject[] {
  const color = layout.colors[index];
  const tint = `${color}40`; // a quarter, as in the SVG
  const label = {
    name: "name" in series && series.name !== undefined ? series.name : "",
    showlegend: _isNamed(series),
  };
  switch (series.kind) {
    case "line":
      return [{
        type: "scatter",
        mode: "lines",
        ...label,
        x: series.x,
        y: series.y,
        line: { color, width: 2, dash: DASHES[series.dash ?? "solid"] },
      }];
    case "points": {
      const { yError } = series;
      const bars = yError &&
        { type: "data", symmetric: false, array: yError.high, arrayminus: yError.low };
      return [{
        type: "scatter",
        mode: "markers",
        ...label,
        x: series.x,
        y: series.y,
        marker: { color, size: 8, symbol: MARKERS[layout.ranks[index] % MARKERS.length] },
        ...(bars && { error_y: { ...bars, color, thickness: 1.5, width: 0 } }),
      }];
    }
    case "histogram": {
      const { x, y } = stepOutline(series, figure.y.scale === "log" ? layout.y[0] : 0);
      const fill = series.filled === false ? {} : { fill: "toself", fillcolor: tint };
      return [{
        type: "scatter",
        mode: "lines",
        ...label,
        x,
        y,
        line: { color, width: 2 },
        ...fill,
      }];
    }
    case "band":
      return [{
        type: "scatter",
        mode: "lines",
        ...label,
        // There along the lower edge, and back along the upper one.
        x: [...series.x, ...series.x.toReversed()],
        y: [...series.low, ...series.high.toReversed()],
        line: { color, width: 0 },
        fill: "toself",
        fillcolor: tint,
      }];
    case "heatmap": {
      const columns = series.xEdges.length - 1;
      return [{
        type: "heatmap",
        x: series.xEdges,
        y: series.yEdges,
        z: series.yEdges.slice(1).map((_, row) =>
          series.values.slice(row * columns, (row + 1) * columns)
        ),
        zmin: layout.color![0],
        zmax: layout.color![1],
        colorscale: VIRIDIS.map((shade, i) => [i / (VIRIDIS.length - 1), shade]),
        colorbar: { title: { text: axisTitle(series) } },
      }];
    }
  }
}

function _axis(figure: Figure, layout: FigureLayout, name: "x" | "y"): JsonObject {
  const type = figure[name].scale ?? "linear";
  const domain: Domain = layout[name];
  return {
    title: { text: axisTitle(figure[name]) },
    type,
    // Plotly wants the range of a logarithmic axis as powers of ten.
    range: type === "log" ? domain.map(Math.log10) : [...domain],
    ...(type === "log" ? { exponentformat: "power" } : {}),
    showline: true,
    mirror: true,
    linecolor: INK,
    ticks: "outside",
    showgrid: false,
    zeroline: false,
  };
}

/** A reference line over the whole plot. Shapes take data units, also on a logarithmic axis. */
function _shape(line: ReferenceLine): JsonObject {
  const across = line.axis === "x"
    ? { xref: "x", x0: line.at, x1: line.at, yref: "paper", y0: 0, y1: 1 }
    : { yref: "y", y0: line.at, y1: line.at, xref: "paper", x0: 0, x1: 1 };
  return { type: "line", ...across, line: { color: GREY, width: 1.3, dash: "dash" } };
}

/** Its label. Annotations, unlike shapes, take powers of ten on a logarithmic axis. */
function _label(line: ReferenceLine, isBefore: boolean, figure: Figure): JsonObject {
  const at = figure[line.axis].scale === "log" ? Math.log10(line.at) : line.at;
  const place = line.axis === "x"
    ? {
      xref: "x",
      x: at,
      xanchor: isBefore ? "right" : "left",
      yref: "paper",
      y: 0.99,
      yanchor: "top",
    }
    : {
      yref: "y",
      y: at,
      yanchor: isBefore ? "top" : "bottom",
      xref: "paper",
      x: 0.99,
      xanchor: "right",
    };
  return { text: line.label, showarrow: false, font: { size: 12, color: GREY }, ...place };
}

function _legend(place: LegendPlace): JsonObject {
  const [vertical, horizontal] = place.split("-");
  if (horizontal === undefined) return { x: 1.02, xanchor: "left", y: 1, yanchor: "top" };
  return {
    x: horizontal === "left" ? 0.02 : 0.98,
    xanchor: horizontal,
    y: vertical === "top" ? 0.98 : 0.02,
    yanchor: vertical,
    bgcolor: "rgba(255,255,255,0.85)",
  };
}

function _isNamed(series: Series): boolean {
  return "name" in series && series.name !== undefined;
}
