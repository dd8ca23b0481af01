import type { TopLevelSpec } from "npm:vega-lite@6.5.0";
import { logTicks } from "./axis_ticks.ts";
import { VIRIDIS } from "./color_map.ts";
import { axisTitle, type Figure, type ReferenceLine, type Series } from "./figure.ts";
import { type Curve, type Domain, type FigureLayout, stepOutline } from "./figure_layout.ts";

/** A layer of a Vega-Lite specification. */
export type VegaLayer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Vega's names of the markers, in the order in which series of points take them. */
export const VEGA_MARKERS: readonly string[] = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "triangle-down",
  "cross",
];

/** Lengths of strokes and gaps, pixels. */
export const VEGA_DASHES: Readonly<Record<"solid" | "dashed" | "dotted", number[]>> = {
  solid: [],
  dashed: [7, 4],
  dotted: [2, 3],
};

/** Grey of reference lines and their labels. */
const GREY = "#4d4d4d";

/** Opacity of bands and of the area below histograms. */
export const TINT = 0.25;

/**
 * The layers of the series of a figure, in their order.
 *
 * @param figure The figure.
 * @param layout Its layout.
 * @returns One or two layers a series, with their data inside.
 */
export function vegaSeries(figure: Figure, layout: FigureLayout): VegaLayer[] {
  return figure.series.flatMap((series, i) => _seriesLayers(series, i, figure, layout));
}

/**
 * The layers of the reference lines: each a rule, and its label where there is one.
 *
 * @param figure The figure.
 * @param layout Its layout.
 * @returns One or two layers a line.
 */
export function vegaReferences(figure: Figure, layout: FigureLayout): VegaLayer[] {
  return (figure.references ?? []).flatMap((line, i) => {
    const at = { ..._position(figure, layout, line.axis), datum: line.at };
    const rule: VegaLayer = {
      data: { values: [{}] },
      mark: { type: "rule", color: GREY, strokeDash: [4, 3], strokeWidth: 1.2, clip: true },
      encoding: line.axis === "x" ? { x: at } : { y: at },
    };
    return line.label === ""
      ? [rule]
      : [rule, _referenceLabel(line, layout.labelsBefore[i], figure, layout)];
  });
}

/** Position on an axis by a field of the data. */
type _FieldPosition = ReturnType<typeof _position> & { readonly field: string };

function _seriesLayers(
  series: Series,
  index: number,
  figure: Figure,
  layout: FigureLayout,
): VegaLayer[] {
  const x = { ..._position(figure, layout, "x"), field: "x" };
  const y = { ..._position(figure, layout, "y"), field: "y" };
  const color = layout.colors[index];
  switch (series.kind) {
    case "line":
      return [_curve(series, x, y, color, VEGA_DASHES[series.dash ?? "solid"])];
    case "points": {
      const { yError } = series;
      const floor = figure.y.scale === "log" ? layout.y[0] : -Infinity;
      const values = series.x.map((at, i) => ({
        x: at,
        y: series.y[i],
        // An error bar that reaches below zero ends at the foot of a logarithmic axis.
        ...(yError && { low: Math.max(series.y[i] - yError.low[i], floor) }),
        ...(yError && { high: series.y[i] + yError.high[i] }),
      }));
      const shape = VEGA_MARKERS[layout.ranks[index] % VEGA_MARKERS.length];
      const points: VegaLayer = {
        data: { values },
        mark: { type: "point", filled: true, color, shape, size: 45, opacity: 1, clip: true },
        encoding: { x, y },
      };
      if (!yError) return [points];
      const bars: VegaLayer = {
        data: { values },
        mark: { type: "rule", color, strokeWidth: 1.4, clip: true },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      };
      return [bars, points];
    }
    case "histogram": {
      const outline = stepOutline(series, figure.y.scale === "log" ? layout.y[0] : 0);
      const line = _curve(outline, x, y, color, []);
      if (series.filled === false) return [line];
      const base = outline.y[0];
      const area: VegaLayer = {
        data: { values: outline.x.map((at, i) => ({ x: at, y: outline.y[i], base })) },
        mark: { type: "area", color, opacity: TINT, line: false, clip: true },
        encoding: { x: { ...x, sort: null }, y: { ...y, stack: null }, y2: { field: "base" } },
      };
      return [area, line];
    }
    case "band":
      return [{
        data: {
          values: series.x.map((at, i) => ({ x: at, y: series.low[i], high: series.high[i] })),
        },
        mark: { type: "area", color, opacity: TINT, line: false, clip: true },
        encoding: { x: { ...x, sort: null }, y: { ...y, stack: null }, y2: { field: "high" } },
      }];
    case "heatmap": {
      const { xEdges, yEdges } = series;
      const columns = xEdges.length - 1;
      const values = series.values.map((value, i) => {
        const column = i % columns;
        const row = Math.floor(i / columns);
        return {
          x: xEdges[column],
          right: xEdges[column + 1],
          y: yEdges[row],
          top: yEdges[row + 1],
          value,
        };
      });
      return [{
        data: { values },
        // Each rectangle reaches half a pixel below the ones drawn after it, which hides the seams
        // that antialiasing leaves.
        mark: { type: "rect", x2Offset: 0.5, y2Offset: -0.5, clip: true },
        encoding: {
          x,
          y,
          x2: { field: "right" },
          y2: { field: "top" },
          fill: {
            field: "value",
            type: "quantitative",
            scale: { domain: [...layout.color!], range: [...VIRIDIS], clamp: true },
            legend: {
              title: axisTitle(series),
              gradientLength: layout.height - 30,
              orient: "right",
            },
          },
        },
      }];
    }
  }
}

/** A line through vertices, in their order. */
function _curve(
  curve: Curve,
  x: _FieldPosition,
  y: _FieldPosition,
  color: string,
  strokeDash: number[],
): VegaLayer {
  return {
    data: { values: curve.x.map((at, i) => ({ x: at, y: curve.y[i], order: i })) },
    mark: { type: "line", color, strokeWidth: 1.8, strokeDash, strokeJoin: "miter", clip: true },
    encoding: { x, y, order: { field: "order", type: "quantitative" } },
  };
}

/** The text of a reference line, inside the plot and beside the line, away from the nearest edge. */
function _referenceLabel(
  line: ReferenceLine,
  isBefore: boolean,
  figure: Figure,
  layout: FigureLayout,
): VegaLayer {
  const at = { ..._position(figure, layout, line.axis), datum: line.at };
  const data = { values: [{}] };
  const text = { text: line.label, color: GREY, fontSize: 11.5 };
  if (line.axis === "x") {
    const side = isBefore ? { align: "right", dx: -6 } as const : { align: "left", dx: 6 } as const;
    return {
      data,
      mark: { type: "text", ...text, ...side, baseline: "top" },
      encoding: { x: at, y: { value: 8 } },
    };
  }
  const side = isBefore
    ? { baseline: "top", dy: 6 } as const
    : { baseline: "bottom", dy: -4 } as const;
  return {
    data,
    mark: { type: "text", ...text, ...side, align: "right" },
    encoding: { x: { value: layout.width - 8 }, y: at },
  };
}

/** Position on an axis, without its field; every layer says the same, which Vega-Lite merges. */
function _position(figure: Figure, layout: FigureLayout, name: "x" | "y") {
  const axis = figure[name];
  const type = axis.scale ?? "linear";
  const domain = [...layout[name]];
  return {
    type: "quantitative",
    scale: { type, domain, nice: false, ...(type === "log" ? {} : { zero: false }) },
    axis: { title: axisTitle(axis), ...(type === "log" ? _logAxis(layout[name]) : {}) },
  } as const;
}

/** Vega writes 0.001 and 1,000 on a logarithmic axis; these ticks write powers of ten. */
function _logAxis(domain: Domain) {
  const ticks = logTicks(domain);
  const labels = JSON.stringify(ticks.map(({ label }) => label));
  const values = ticks.map(({ value }) => value);
  const label = `${labels}[indexof(${JSON.stringify(values)}, datum.value)]`;
  const length = { condition: { test: `${label} === ''`, value: 3 }, value: 6 };
  return { values, labelExpr: label, tickSize: length, labelOverlap: false };
}
