import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { PALETTE } from "../../src/experiments/color_map.ts";
import type { Figure, Series } from "../../src/experiments/figure.ts";
import { layoutFigure, stepOutline } from "../../src/experiments/figure_layout.ts";

const AXIS = { label: "x", unit: "" };
const LOG = { label: "x", unit: "", scale: "log" } as const;

Deno.test("layoutFigure() leaves room around points, none beyond bins and curves", () => {
  assertEquals(_domains([{ kind: "points", x: [0, 10], y: [-1, 1] }]), [[0, 10.5], [-1.1, 1.1]]);
  assertEquals(_domains([{ kind: "line", x: [2, 10], y: [100, 200] }]), [[2, 10], [95, 205]]);
  const histogram: Series = { kind: "histogram", edges: [1, 2, 5], counts: [0, 40] };
  assertEquals(_domains([histogram]), [[1, 5], [0, 42]]);
  // A marker at the end of the bins still gets its room.
  const points: Series = { kind: "points", x: [5], y: [3] };
  assertEquals(_domains([histogram, points])[0], [1, 5.2]);
});

Deno.test("layoutFigure() shows error bars and reference lines whole", () => {
  const yError = { low: [5, 0], high: [0, 1] };
  const [, y] = _domains([{ kind: "points", x: [0, 1], y: [10, 14], yError }]);
  assertEquals(y, [4.5, 15.5]);
  const line: Series = { kind: "line", x: [0, 1], y: [10, 14] };
  const references = [{ axis: "y", at: 30, label: "" }, { axis: "x", at: 2, label: "" }] as const;
  assertEquals(_domains([line], { references }), [[0, 2.1], [9, 31]]);
});

Deno.test("layoutFigure() adds no negative room to numbers that are not negative", () => {
  assertEquals(_domains([{ kind: "line", x: [0, 1], y: [0.01, 1.01] }])[1], [0, 1.06]);
});

Deno.test("layoutFigure() works in decades on a logarithmic axis", () => {
  const [, [low, high]] = _domains([{ kind: "line", x: [1, 2], y: [1, 1e4] }], { y: LOG });
  assertAlmostEquals(Math.log10(low), -0.2);
  assertAlmostEquals(Math.log10(high), 4.2);
  const histogram: Series = { kind: "histogram", edges: [1, 2, 4], counts: [0, 100] };
  assertEquals(_domains([histogram], { y: LOG })[1][0], 50);
});

Deno.test("layoutFigure() gives a domain with length to a single number", () => {
  for (const axis of [AXIS, LOG]) {
    const point: Series = { kind: "points", x: [3], y: [3] };
    for (const [low, high] of _domains([point], { x: axis, y: axis })) assert(low < 3 && high > 3);
  }
  assertEquals(_domains([{ kind: "histogram", edges: [0, 1], counts: [0] }])[1], [0, 1]);
});

Deno.test("layoutFigure() keeps a domain that is given", () => {
  const axis = { ...AXIS, domain: [0, 13.757] } as const;
  assertEquals(_domains([{ kind: "line", x: [0, 1], y: [0, 1] }], { y: axis })[1], [0, 13.757]);
});

Deno.test("layoutFigure() takes the palette in turn, around the colours that are given", () => {
  const line: Series = { kind: "line", x: [0, 1], y: [0, 1] };
  const red: Series = { ...line, color: "#ff0000" };
  const { colors, ranks } = layoutFigure(_figure([line, red, { ...line, kind: "points" }, line]));
  assertEquals(colors, [PALETTE[0], "#ff0000", PALETTE[1], PALETTE[2]]);
  assertEquals(ranks, [0, 1, 0, 2]);
});

Deno.test("layoutFigure() takes the colours of a heat map from its values", () => {
  const heatmap = {
    kind: "heatmap",
    label: "n",
    unit: "",
    xEdges: [0, 1, 2],
    yEdges: [0, 1],
  } as const;
  const domain = (values: number[]) => layoutFigure(_figure([{ ...heatmap, values }])).color;
  assertEquals(domain([3, 7]), [3, 7]);
  assertEquals(domain([4, 4]), [4, 8]);
  assertEquals(domain([0, 0]), [0, 1]);
});

Deno.test("layoutFigure() puts labels of reference lines where there is room", () => {
  const line: Series = { kind: "line", x: [1, 10000], y: [0, 1] };
  const references = [500, 5000].map((at) => ({ axis: "x", at, label: "a" } as const));
  const linear = layoutFigure(_figure([line], { references }));
  const log = layoutFigure(_figure([line], { references, x: LOG }));
  assertEquals([linear.labelsBefore, log.labelsBefore], [[false, false], [true, true]]);
});

Deno.test("layoutFigure() refuses what cannot be drawn", () => {
  assertThrows(() => layoutFigure(_figure([])), RangeError, "series must not be empty");
});

Deno.test("stepOutline() encloses the area of the histogram", () => {
  const edges = [0, 0.5, 2, 3];
  const counts = [4, 0, 6];
  const { x, y } = stepOutline({ kind: "histogram", edges, counts }, 0);
  // The shoelace formula; the outline runs clockwise.
  const area = x.reduce((sum, _, i) => {
    const j = (i + 1) % x.length;
    return sum + (x[j] * y[i] - x[i] * y[j]) / 2;
  }, 0);
  assertAlmostEquals(area, 4 * 0.5 + 0 * 1.5 + 6 * 1);
});

Deno.test("stepOutline() lifts empty bins to the baseline of a logarithmic axis", () => {
  const { y } = stepOutline({ kind: "histogram", edges: [1, 2, 3], counts: [0, 8] }, 0.5);
  assertEquals(y, [0.5, 0.5, 0.5, 8, 8, 0.5]);
});

function _figure(series: readonly Series[], change: Partial<Figure> = {}): Figure {
  return { title: "T", x: AXIS, y: AXIS, series, ...change };
}

function _domains(series: readonly Series[], change: Partial<Figure> = {}) {
  const { x, y } = layoutFigure(_figure(series, change));
  return [x, y] as const;
}
