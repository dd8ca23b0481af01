import { assert, assertEquals } from "@std/assert";
import { matrixFigure, scoresFigure, scoresTable } from "../../../scripts/std/ordinal_figures.ts";
import type { Method, OrdinalOutcome } from "../../../scripts/std/ordinal_training.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";

const outcome = (accuracy: number): OrdinalOutcome => ({
  scores: { accuracy, withinOne: 1, classError: 0.5, medianError: 0.25, squaredEmd: 0.125 },
  distances: [],
});
const OUTCOMES = new Map<Method, OrdinalOutcome[]>([
  ["cross entropy", [outcome(0.5), outcome(0.7)]],
  ["regression", [outcome(0.25), outcome(0.25)]],
]);

Deno.test("matrixFigure() has the mean over seeds, with class 0 below and to the left", () => {
  const figure = matrixFigure("task", ["a", "b"], [[0, 0.2, 0.4, 0], [0, 0.4, 0.6, 0]]);
  checkFigure(figure);
  const [map] = figure.series;
  assert(map.kind === "heatmap");
  assertEquals(map.values.map((value) => Number(value.toFixed(12))), [0, 0.3, 0.5, 0]);
  assertEquals(map.xEdges, [-0.5, 0.5, 1.5]);
  assertEquals(figure.caption, "Classes: 0 a, 1 b.");
});

Deno.test("scoresFigure() marks every seed of every method", () => {
  const figure = scoresFigure("task", OUTCOMES);
  checkFigure(figure);
  assertEquals(figure.series.map((series) => "x" in series && series.x), [[50, 70], [25, 25]]);
});

Deno.test("scoresTable() has mean and spread of every score", () => {
  const columns = {
    accuracy: { label: "accuracy", unit: "%", factor: 100 },
    withinOne: { label: "near", unit: "%", factor: 100 },
    classError: { label: "error", unit: "", factor: 1 },
    medianError: { label: "median", unit: "", factor: 1 },
    squaredEmd: { label: "EMD", unit: "", factor: 1 },
  };
  assertEquals(scoresTable("task", OUTCOMES, columns).split("\n"), [
    "## task",
    "",
    "| loss | accuracy % | near % | error | median | EMD |",
    "| --- | --- | --- | --- | --- | --- |",
    "| cross entropy | 60.0 ± 14.1 | 100.0 ± 0.0 | 0.500 ± 0.000 | 0.250 ± 0.000 | 0.125 ± 0.000 |",
    "| regression | 25.0 ± 0.0 | 100.0 ± 0.0 | 0.500 ± 0.000 | 0.250 ± 0.000 | 0.125 ± 0.000 |",
    "",
  ]);
});
