import { assertThrows } from "@std/assert";
import { checkFigure } from "../../src/experiments/check_figure.ts";
import type { Figure, Series } from "../../src/experiments/figure.ts";
import { figures } from "./_gallery.ts";

const AXIS = { label: "x", unit: "" };
const LOG = { label: "x", unit: "", scale: "log" } as const;
const LINE: Series = { kind: "line", x: [1, 2], y: [3, 4] };
const FIGURE: Figure = { title: "T", x: AXIS, y: AXIS, series: [LINE] };

Deno.test("checkFigure() lets every stored figure pass", () => {
  for (const figure of Object.values(figures)) checkFigure(figure);
});

Deno.test("checkFigure() names the series and the entry that is wrong", () => {
  const points = { ...LINE, kind: "points" } as const;
  const histogram = { kind: "histogram", edges: [0, 1, 2], counts: [1, 2] } as const;
  const band = { kind: "band", x: [0, 1], low: [0, 0], high: [1, 1] } as const;
  const heatmap = {
    kind: "heatmap",
    label: "n",
    unit: "",
    xEdges: [0, 1, 2],
    yEdges: [0, 1],
    values: [1, 2],
  } as const;
  const cases: [Series, typeof TypeError | typeof RangeError, string][] = [
    [{ ...LINE, y: [1, NaN] }, RangeError, "y[1] must be finite, current value is NaN"],
    [{ ...LINE, x: [1, Infinity] }, RangeError, "x[1] must be finite, current value is Infinity"],
    [{ ...LINE, y: [1] }, TypeError, "y must have length 2, current length is 1"],
    [{ ...LINE, x: [], y: [] }, RangeError, "x must not be empty"],
    [{ ...LINE, name: "" }, RangeError, "name must not be empty"],
    [{ ...LINE, color: "red" }, RangeError, 'color must be #rrggbb, current value is "red"'],
    [
      { ...points, yError: { low: [1, 1], high: [1, -1] } },
      RangeError,
      "yError.high[1] must be >= 0, current value is -1",
    ],
    [{ ...points, yError: { low: [1], high: [1, 1] } }, TypeError, "yError.low must have length 2"],
    [{ ...histogram, counts: [1] }, TypeError, "counts must have length 2, current length is 1"],
    [{ ...histogram, counts: [1, -2] }, RangeError, "counts[1] must be >= 0, current value is -2"],
    [
      { ...histogram, edges: [0, 0, 1] },
      RangeError,
      "edges[1] must be above the edge before it, 0",
    ],
    [{ ...histogram, edges: [0], counts: [] }, TypeError, "edges must hold at least two edges"],
    [{ ...band, high: [1, -1] }, RangeError, "high[1] must be at least low[1] = 0"],
    [{ ...heatmap, values: [1] }, TypeError, "values must have length 2, current length is 1"],
    [{ ...heatmap, domain: [2, 2] }, RangeError, "domain[1] must be above the lower end, 2"],
  ];
  for (const [series, ErrorClass, message] of cases) {
    const figure = { ...FIGURE, series: [LINE, series] };
    const whole = `Cannot draw figure "T": series[1].${message}`;
    assertThrows(() => checkFigure(figure), ErrorClass, whole);
  }
});

Deno.test("checkFigure() wants positive numbers on a logarithmic axis", () => {
  const log = { ...FIGURE, y: LOG };
  assertThrows(
    () => checkFigure({ ...log, series: [{ ...LINE, y: [1, 0] } as Series] }),
    RangeError,
    "series[0].y[1] must be positive on a logarithmic axis, current value is 0",
  );
  // Counts may be zero: empty bins are the rule.
  checkFigure({ ...log, series: [{ kind: "histogram", edges: [0, 1, 2], counts: [0, 3] }] });
  assertThrows(
    () => checkFigure({ ...log, references: [{ axis: "y", at: -1, label: "" }] }),
    RangeError,
    "references[0].at must be positive on a logarithmic axis, current value is -1",
  );
  assertThrows(
    () => checkFigure({ ...FIGURE, y: { ...LOG, domain: [0, 1] } }),
    RangeError,
    "y.domain[0] must be positive on a logarithmic axis, current value is 0",
  );
});

Deno.test("checkFigure() refuses figures that are wrong as a whole", () => {
  const cases: [Partial<Figure>, string][] = [
    [{ series: [] }, "series must not be empty"],
    [{ x: { label: "", unit: "" } }, "x.label must not be empty"],
    [{ x: { ...AXIS, domain: [1, 1] } }, "x.domain[1] must be above the lower end, 1"],
    [{ width: 0 }, "width must be a positive number of pixels, current value is 0"],
    [{ height: NaN }, "height must be a positive number of pixels, current value is NaN"],
    [
      { series: [{ ...LINE, name: "a" } as Series, { ...LINE, name: "a" } as Series] },
      'series[1].name must be used once, current value is "a"',
    ],
  ];
  for (const [change, message] of cases) {
    assertThrows(() => checkFigure({ ...FIGURE, ...change }), RangeError, message);
  }
});

Deno.test("checkFigure() allows one heat map only", () => {
  const heatmap = figures.heatmap.series[0];
  assertThrows(
    () => checkFigure({ ...FIGURE, series: [heatmap, heatmap] }),
    TypeError,
    "at most one heat map",
  );
});
