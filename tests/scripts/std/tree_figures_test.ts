import { assertEquals } from "@std/assert";
import { descentFigure, linesFigure } from "../../../scripts/std/tree_figures.ts";

Deno.test("linesFigure() leaves out what a logarithm does not show", () => {
  const words = {
    title: "",
    subtitle: "",
    x: { label: "x", unit: "" },
    y: { label: "y", unit: "", scale: "log" },
  } as const;
  const { series } = linesFigure(words, [1, 2, 3], { a: [1, 0, 2, 7] });
  assertEquals(series, [{ kind: "line", name: "a", x: [1, 3], y: [1, 2] }]);
});

Deno.test("descentFigure() shows geometric means by step or by time", () => {
  const descents = new Map([["exact", { rate: 0.1, curves: [[1, 0.5], [1, 0.125]] }]]);
  assertEquals(descentFigure("chain", descents).series, [
    { kind: "line", name: "exact (0.1)", x: [0, 1], y: [1, Math.exp(Math.log(0.5 * 0.125) / 2)] },
  ]);
  const { series, x } = descentFigure("chain", descents, () => 5);
  assertEquals([x.unit, series[0].kind === "line" && series[0].x], ["ms", [5]]);
});
