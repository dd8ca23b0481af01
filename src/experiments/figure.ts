/** How an axis maps numbers to lengths. */
export type AxisScale = "linear" | "log";

/** An axis of a figure. Label and unit are both required, so that no axis goes without its unit. */
export interface Axis {
  /** What is shown, for example `"EMD"`. */
  readonly label: string;
  /** Its unit, for example `"half pitch"`; `""` for a pure number. */
  readonly unit: string;
  /** Default `"linear"`. */
  readonly scale?: AxisScale;
  /** Lowest and highest number shown; by default what the series need. Marks outside are clipped. */
  readonly domain?: readonly [number, number];
}

/** What a series of any kind but a heat map may say about its looks. */
export interface SeriesStyle {
  /** Name in the legend; a series without a name is not in the legend. */
  readonly name?: string;
  /** Colour as `#rrggbb`; by default the next one of {@linkcode PALETTE}. */
  readonly color?: string;
}

/** A line through points, in the order given. */
export interface LineSeries extends SeriesStyle {
  /** Tells the kinds apart. */
  readonly kind: "line";
  /** Positions along x, length n. */
  readonly x: readonly number[];
  /** Positions along y, length n. */
  readonly y: readonly number[];
  /** Default `"solid"`. */
  readonly dash?: "solid" | "dashed" | "dotted";
}

/** Markers, with vertical error bars if wanted. */
export interface PointSeries extends SeriesStyle {
  /** Tells the kinds apart. */
  readonly kind: "points";
  /** Positions along x, length n. */
  readonly x: readonly number[];
  /** Positions along y, length n. */
  readonly y: readonly number[];
  /** Lengths of the error bars below and above each point, each not negative, length n. */
  readonly yError?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

/** Counts in bins, drawn as steps. */
export interface HistogramSeries extends SeriesStyle {
  /** Tells the kinds apart. */
  readonly kind: "histogram";
  /** Edges of the bins, increasing, length n + 1. */
  readonly edges: readonly number[];
  /** Content of each bin, not negative, length n. */
  readonly counts: readonly number[];
  /** Whether the area below is tinted; default true. */
  readonly filled?: boolean;
}

/** A tinted band between two curves, for example the central 68 %. */
export interface BandSeries extends SeriesStyle {
  /** Tells the kinds apart. */
  readonly kind: "band";
  /** Positions along x, length n. */
  readonly x: readonly number[];
  /** Lower edge, length n. */
  readonly low: readonly number[];
  /** Upper edge, at least the lower one, length n. */
  readonly high: readonly number[];
}

/** A grid of coloured rectangles, in viridis. A figure has at most one. */
export interface HeatmapSeries {
  /** Tells the kinds apart. */
  readonly kind: "heatmap";
  /** What the colour says, for the colour bar. */
  readonly label: string;
  /** Unit of the values, `""` for a pure number. */
  readonly unit: string;
  /** Edges along x, increasing, length nx + 1. */
  readonly xEdges: readonly number[];
  /** Edges along y, increasing, length ny + 1. */
  readonly yEdges: readonly number[];
  /** Values row by row from the lowest y, length ny * nx. */
  readonly values: readonly number[];
  /** Values of the darkest and the brightest colour; by default the least and the greatest value. */
  readonly domain?: readonly [number, number];
}

/** Something that a figure shows. */
export type Series = LineSeries | PointSeries | HistogramSeries | BandSeries | HeatmapSeries;

/** A straight grey line across the figure, with its label beside it. */
export interface ReferenceLine {
  /** The axis that it stands on: `"x"` gives a vertical line, `"y"` a horizontal one. */
  readonly axis: "x" | "y";
  /** Where on that axis. */
  readonly at: number;
  /** Text beside the line; `""` for none. */
  readonly label: string;
}

/** Where the legend stands: beside the plot, in one of its corners, or nowhere. */
export type LegendPlace =
  | "right"
  | "top-left"
  | "top-right"
  | "bottom-left"
  | "bottom-right"
  | "none";

/**
 * A figure: plain data, which JSON can hold, with no word on how to draw it. One value renders to
 * Plotly ({@linkcode toPlotly}), Vega-Lite ({@linkcode toVegaLite}), SVG ({@linkcode figureSvg}) and
 * from there to PNG ({@linkcode svgToPng}).
 */
export interface Figure {
  /** One line above the figure. */
  readonly title: string;
  /** A smaller second line, for example the sample and the number of wafers. */
  readonly subtitle?: string;
  /** Text for below the figure and for readers who cannot see it; not drawn. */
  readonly caption?: string;
  /** Horizontal axis. */
  readonly x: Axis;
  /** Vertical axis. */
  readonly y: Axis;
  /** What is shown, the last on top; at least one. */
  readonly series: readonly Series[];
  /** Straight lines to compare with. */
  readonly references?: readonly ReferenceLine[];
  /** Default `"right"`. */
  readonly legend?: LegendPlace;
  /** Width of the plot without axes, pixels; default 440. */
  readonly width?: number;
  /** Height of the plot without axes, pixels; default 300. */
  readonly height?: number;
}

/**
 * The text of an axis or a colour bar: its label, and its unit in parentheses.
 *
 * @param axis Label and unit.
 * @returns For example `"EMD (half pitch)"`; the label alone for a pure number.
 *
 * @example
 * ```ts
 * import { axisTitle } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(axisTitle({ label: "EMD", unit: "half pitch" }), "EMD (half pitch)");
 * assertEquals(axisTitle({ label: "η", unit: "" }), "η");
 * ```
 */
export function axisTitle(axis: { readonly label: string; readonly unit: string }): string {
  return axis.unit === "" ? axis.label : `${axis.label} (${axis.unit})`;
}
