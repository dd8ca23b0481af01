import { PALETTE } from "./color_map.ts";
import { checkFigure } from "./check_figure.ts";
import type { Axis, Figure, HeatmapSeries, HistogramSeries, Series } from "./figure.ts";

/** The lowest and the highest number of an axis or a colour scale. */
export type Domain = readonly [number, number];

/** What follows from a figure whichever program draws it, so that all draw the same. */
export interface FigureLayout {
  /** Width of the plot without axes, pixels. */
  readonly width: number;
  /** Height of the plot without axes, pixels. */
  readonly height: number;
  /** Domain of the x axis. */
  readonly x: Domain;
  /** Domain of the y axis. */
  readonly y: Domain;
  /** Domain of the colours, when there is a heat map. */
  readonly color?: Domain;
  /** Colour of each series as `#rrggbb`; a heat map has none that is used. */
  readonly colors: readonly string[];
  /** Number of each series among those of its kind, from 0: it chooses the marker. */
  readonly ranks: readonly number[];
  /** Whether each reference line lies so far along its axis that its label stands before it. */
  readonly labelsBefore: readonly boolean[];
}

/** Vertices of a curve. */
export interface Curve {
  /** Positions along x. */
  readonly x: readonly number[];
  /** Positions along y, of the same length. */
  readonly y: readonly number[];
}

/**
 * Works out the domains and colours of a figure.
 *
 * A linear axis leaves 5 % of room beyond the numbers, a logarithmic one 5 % of their decades, but
 * none beyond bins nor beyond the ends of a curve; numbers that are not negative get no negative
 * room. A heat map fills its axes. Counts begin at zero, on a logarithmic axis at half the least
 * count that is not zero.
 *
 * @param figure The figure; it is checked by {@linkcode checkFigure}.
 * @returns Domains and colours.
 * @throws {TypeError | RangeError} If the figure cannot be drawn.
 *
 * @example
 * ```ts
 * import { layoutFigure } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const layout = layoutFigure({
 *   title: "EMD",
 *   x: { label: "EMD", unit: "half pitch" },
 *   y: { label: "wafers", unit: "" },
 *   series: [{ kind: "histogram", edges: [0, 1, 2], counts: [3, 20] }],
 * });
 * assertEquals([layout.x, layout.y], [[0, 2], [0, 21]]);
 * ```
 */
export function layoutFigure(figure: Figure): FigureLayout {
  checkFigure(figure);
  const heatmap = figure.series.find((series) => series.kind === "heatmap");
  const x = figure.x.domain ?? _domain(figure, "x");
  const y = figure.y.domain ?? _domain(figure, "y");
  return {
    width: figure.width ?? 440,
    height: figure.height ?? 300,
    x,
    y,
    ...(heatmap ? { color: heatmap.domain ?? _colorDomain(heatmap) } : {}),
    colors: _colors(figure.series),
    ranks: figure.series.map((series, i) =>
      figure.series.slice(0, i).filter(({ kind }) => kind === series.kind).length
    ),
    labelsBefore: (figure.references ?? []).map(({ axis, at }) =>
      _share(at, axis === "x" ? x : y, figure[axis].scale) > 0.6
    ),
  };
}

/**
 * The outline of a histogram: up from the baseline at the first edge, along the steps, and down to
 * it at the last one.
 *
 * @param series The histogram, n bins.
 * @param baseline Where the steps stand, the lower end of the y axis or zero. Lower counts, such as
 * zeros on a logarithmic axis, are lifted to it.
 * @returns 2 n + 2 vertices.
 *
 * @example
 * ```ts
 * import { stepOutline } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const outline = stepOutline({ kind: "histogram", edges: [0, 1, 3], counts: [5, 2] }, 0);
 * assertEquals(outline, { x: [0, 0, 1, 1, 3, 3], y: [0, 5, 5, 2, 2, 0] });
 * ```
 */
export function stepOutline(series: HistogramSeries, baseline: number): Curve {
  const heights = series.counts.map((count) => Math.max(count, baseline));
  return {
    x: series.edges.flatMap((edge) => [edge, edge]),
    y: [baseline, ...heights.flatMap((height) => [height, height]), baseline],
  };
}

/** What a series asks of an axis. */
interface _Extent {
  /** Numbers that must be seen. */
  readonly values: readonly number[];
  /** Whether room is wanted below the least and above the greatest of them. */
  readonly roomBelow: boolean;
  readonly roomAbove: boolean;
}

const ROOM = { roomBelow: true, roomAbove: true };
const NO_ROOM = { roomBelow: false, roomAbove: false };

function _domain(figure: Figure, name: "x" | "y"): Domain {
  const isLog = figure[name].scale === "log";
  const extents = figure.series.map((series) => _extent(series, name, isLog));
  const lines = (figure.references ?? []).filter(({ axis }) => axis === name);
  extents.push(...lines.map(({ at }) => ({ values: [at], ...ROOM })));

  const low = _least(extents.flatMap(({ values }) => values));
  const high = _greatest(extents.flatMap(({ values }) => values));
  const atLow = extents.filter(({ values }) => _least(values) === low);
  const atHigh = extents.filter(({ values }) => _greatest(values) === high);
  const hasHeatmap = figure.series.some(({ kind }) => kind === "heatmap");
  const roomBelow = !hasHeatmap && atLow.some((extent) => extent.roomBelow);
  const roomAbove = !hasHeatmap && atHigh.some((extent) => extent.roomAbove);
  if (isLog) {
    const room = high > low ? (high / low) ** 0.05 : 2;
    return [roomBelow ? low / room : low, roomAbove ? high * room : high];
  }
  const room = high > low ? 0.05 * (high - low) : Math.abs(low) / 2 || 1;
  // Room below must not suggest negative numbers where there are none.
  const below = low >= 0 ? Math.max(low - room, 0) : low - room;
  return [roomBelow ? below : low, roomAbove ? high + room : high];
}

function _extent(series: Series, name: "x" | "y", isLog: boolean): _Extent {
  switch (series.kind) {
    case "heatmap":
      return { values: name === "x" ? series.xEdges : series.yEdges, ...NO_ROOM };
    case "histogram": {
      if (name === "x") return { values: series.edges, ...NO_ROOM };
      const filled = series.counts.filter((count) => count > 0);
      const base = isLog ? _least(filled.length > 0 ? filled : [2]) / 2 : 0;
      return { values: [base, ...filled], roomBelow: false, roomAbove: true };
    }
    case "band":
      if (name === "x") return { values: series.x, ...NO_ROOM };
      return { values: [...series.low, ...series.high], ...ROOM };
    case "line":
      return { values: series[name], ...(name === "x" ? NO_ROOM : ROOM) };
    case "points": {
      const { y, yError } = series;
      if (name === "x" || !yError) return { values: series[name], ...ROOM };
      const ends = y.flatMap((at, i) => [at - yError.low[i], at + yError.high[i]]);
      // An error bar that reaches below zero has no lower end on a logarithmic axis.
      return { values: [...y, ...ends.filter((end) => !isLog || end > 0)], ...ROOM };
    }
  }
}

function _colorDomain(heatmap: HeatmapSeries): Domain {
  const low = _least(heatmap.values);
  const high = _greatest(heatmap.values);
  return high > low ? [low, high] : [low, low + (Math.abs(low) || 1)];
}

/** How far along a domain a number lies, 0 to 1. */
function _share(value: number, domain: Domain, scale: Axis["scale"]): number {
  const [at, low, high] = [value, ...domain].map((v) => scale === "log" ? Math.log(v) : v);
  return (at - low) / (high - low);
}

/** The colour that a series asks for, else the palette's next one. */
function _colors(series: readonly Series[]): string[] {
  let next = 0;
  return series.map((one) => {
    if (one.kind === "heatmap") return PALETTE[0];
    return one.color ?? PALETTE[next++ % PALETTE.length];
  });
}

/** Math.min of a list of any length (spread arguments have a limit). */
function _least(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function _greatest(values: readonly number[]): number {
  return values.reduce((greatest, value) => Math.max(greatest, value), -Infinity);
}
