import type { Axis, Figure, HeatmapSeries, Series } from "./figure.ts";

/**
 * Checks that a figure can be drawn: at least one series, equal lengths, finite numbers, increasing
 * edges, positive numbers on a logarithmic axis, names used once. Every renderer calls it first.
 *
 * @param figure The figure.
 * @throws {TypeError} If lengths do not match, or there are two heat maps.
 * @throws {RangeError} If a number is not allowed where it stands.
 *
 * @example
 * ```ts
 * import { checkFigure } from "@hexmover/hexmover/experiments";
 * import { assertThrows } from "@std/assert";
 *
 * const axis = { label: "step", unit: "" };
 * const line = { kind: "line", x: [0, 1], y: [0, NaN] } as const;
 * assertThrows(
 *   () => checkFigure({ title: "Loss", x: axis, y: axis, series: [line] }),
 *   RangeError,
 *   'Cannot draw figure "Loss": series[0].y[1] must be finite, current value is NaN',
 * );
 * ```
 */
export function checkFigure(figure: Figure): void {
  const where = `Cannot draw figure ${JSON.stringify(figure.title)}: `;
  _checkAxis(figure.x, `${where}x.`);
  _checkAxis(figure.y, `${where}y.`);
  for (const name of ["width", "height"] as const) {
    const size = figure[name];
    if (size !== undefined && !(size > 0 && size < Infinity)) {
      throw _wrong(where + name, "a positive number of pixels", size);
    }
  }
  if (figure.series.length === 0) {
    throw new RangeError(`${where}series must not be empty`);
  }
  if (figure.series.filter(({ kind }) => kind === "heatmap").length > 1) {
    throw new TypeError(`${where}series must hold at most one heat map`);
  }
  _checkNames(figure, where);
  const xLog = figure.x.scale === "log";
  const yLog = figure.y.scale === "log";
  figure.series.forEach((series, i) => _checkSeries(series, `${where}series[${i}].`, xLog, yLog));
  figure.references?.forEach(({ axis, at }, i) => {
    _checkNumber(at, `${where}references[${i}].at`, axis === "x" ? xLog : yLog);
  });
}

/** In this and the following helpers, `where` is how an error message begins. */
function _checkNames(figure: Figure, where: string): void {
  const names = figure.series.map((series) => series.kind === "heatmap" ? undefined : series.name);
  names.forEach((name, i) => {
    if (name === undefined) return;
    if (name === "") throw new RangeError(`${where}series[${i}].name must not be empty`);
    if (names.indexOf(name) < i) {
      throw _wrong(`${where}series[${i}].name`, "used once", JSON.stringify(name));
    }
  });
}

function _checkSeries(series: Series, where: string, xLog: boolean, yLog: boolean): void {
  if (series.kind === "heatmap") return _checkHeatmap(series, where, xLog, yLog);
  if (series.color !== undefined && !/^#[0-9a-f]{6}$/i.test(series.color)) {
    throw _wrong(`${where}color`, "#rrggbb", JSON.stringify(series.color));
  }
  if (series.kind === "histogram") {
    _checkEdges(series.edges, `${where}edges`, xLog);
    _checkNotNegative(series.counts, series.edges.length - 1, `${where}counts`);
    return;
  }
  const length = series.x.length;
  _checkNumbers(series.x, length, `${where}x`, xLog);
  if (series.kind === "band") {
    _checkNumbers(series.low, length, `${where}low`, yLog);
    _checkNumbers(series.high, length, `${where}high`, yLog);
    series.high.forEach((high, i) => {
      if (high >= series.low[i]) return;
      throw _wrong(`${where}high[${i}]`, `at least low[${i}] = ${series.low[i]}`, high);
    });
    return;
  }
  _checkNumbers(series.y, length, `${where}y`, yLog);
  if (series.kind === "points" && series.yError) {
    _checkNotNegative(series.yError.low, length, `${where}yError.low`);
    _checkNotNegative(series.yError.high, length, `${where}yError.high`);
  }
}

function _checkHeatmap(series: HeatmapSeries, where: string, xLog: boolean, yLog: boolean): void {
  _checkEdges(series.xEdges, `${where}xEdges`, xLog);
  _checkEdges(series.yEdges, `${where}yEdges`, yLog);
  const cells = (series.xEdges.length - 1) * (series.yEdges.length - 1);
  _checkNumbers(series.values, cells, `${where}values`, false);
  if (series.domain) _checkDomain(series.domain, `${where}domain`, false);
}

function _checkAxis(axis: Axis, where: string): void {
  if (axis.label === "") throw new RangeError(`${where}label must not be empty`);
  if (axis.domain) _checkDomain(axis.domain, `${where}domain`, axis.scale === "log");
}

function _checkDomain(domain: readonly [number, number], where: string, isLog: boolean): void {
  const [low, high] = domain;
  _checkNumber(low, `${where}[0]`, isLog);
  _checkNumber(high, `${where}[1]`, isLog);
  if (high <= low) throw _wrong(`${where}[1]`, `above the lower end, ${low}`, high);
}

function _checkEdges(edges: readonly number[], where: string, isLog: boolean): void {
  if (edges.length < 2) throw new TypeError(`${where} must hold at least two edges`);
  edges.forEach((edge, i) => {
    _checkNumber(edge, `${where}[${i}]`, isLog);
    if (i > 0 && edge <= edges[i - 1]) {
      throw _wrong(`${where}[${i}]`, `above the edge before it, ${edges[i - 1]}`, edge);
    }
  });
}

function _checkNumbers(
  list: readonly number[],
  length: number,
  where: string,
  isLog: boolean,
): void {
  if (list.length !== length) {
    throw new TypeError(`${where} must have length ${length}, current length is ${list.length}`);
  }
  if (length === 0) throw new RangeError(`${where} must not be empty`);
  list.forEach((value, i) => _checkNumber(value, `${where}[${i}]`, isLog));
}

/** Error bars and counts. */
function _checkNotNegative(list: readonly number[], length: number, where: string): void {
  _checkNumbers(list, length, where, false);
  list.forEach((value, i) => {
    if (value < 0) throw _wrong(`${where}[${i}]`, ">= 0", value);
  });
}

function _checkNumber(value: number, where: string, isLog: boolean): void {
  if (!Number.isFinite(value)) throw _wrong(where, "finite", value);
  if (isLog && value <= 0) throw _wrong(where, "positive on a logarithmic axis", value);
}

function _wrong(where: string, wanted: string, value: unknown): RangeError {
  return new RangeError(`${where} must be ${wanted}, current value is ${value}`);
}
