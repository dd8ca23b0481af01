import { assert, assertEquals } from "@std/assert";
import {
  descentFigure,
  descentTable,
  differencesFigure,
  DRAWN_STEPS,
  evaluationTable,
  timeTable,
} from "../../../scripts/std/evaluation_report.ts";
import { checkFigure } from "../../../src/experiments/check_figure.ts";
import type { SurrogateEvaluation } from "../../../src/models/surrogates/evaluate.ts";

const evaluation: SurrogateEvaluation = {
  count: 4,
  differences: Float64Array.of(-0.9, 0.001, 0.002, 5),
  bias: -0.0123,
  sigma: 0.05,
  quantile95: 0.1,
  correlation: 0.98765,
  cosine: 0.9,
  approach: [{ share: 0.1, bias: 7.5, sigma: 0.25 }],
  atEquality: 0.3333,
};
const kind = {
  kind: "random",
  evaluations: new Map([["exact", { ...evaluation, sigma: 0 }], ["one", evaluation]]),
};

Deno.test("evaluationTable() has a row for each kind and surrogate, in per cent", () => {
  const lines = evaluationTable([kind, { ...kind, kind: "near" }]).split("\n");
  assertEquals(lines.length, 2 + 4);
  assertEquals(new Set(lines.map((line) => line.length)).size, 1);
  const cells = lines[3].split("|").map((cell) => cell.trim()).slice(1, -1);
  assertEquals(cells, [
    ...["random", "one", "4", "-1.23", "5.00", "10.00", "0.9877", "0.900"],
    ...["750 / 25.00", "0.33"],
  ]);
});

Deno.test("descentTable() and timeTable() show what was asked for", () => {
  const steps = [0, 20, 25, 60, 150];
  const descent = { steps, exact: [1, 0.5, 0.4, 0.2, 0.03], estimate: [1, 0.5, 0.4, 0.2, 0.01] };
  const [, , row] = descentTable(new Map([["one", descent]])).split("\n");
  const cells = row.split("|").map((cell) => cell.trim()).slice(1, -1);
  assertEquals(cells, ["one", "1.000", "0.500", "0.200", "0.030", "0.010"]);
  assert(timeTable(new Map([["one", { value: 1.234, gradient: 789.6 }]])).includes("1.23"));
  assertEquals([DRAWN_STEPS[0], DRAWN_STEPS.at(-1)], [0, 150]);
  for (const step of [20, 60]) assert(DRAWN_STEPS.includes(step));
  checkFigure(descentFigure(new Map([["one", descent]]), "reconstructions"));
});

Deno.test("differencesFigure() puts what lies beyond into the outer bins, and leaves out the exact", () => {
  const figure = differencesFigure(kind, "4 pairs")!;
  checkFigure(figure);
  assertEquals(figure.series.length, 1);
  const [series] = figure.series;
  assert(series.kind === "histogram" && series.name === "one: -1.23 ± 5.00 %");
  assertEquals([series.counts[0], series.counts.at(-1)], [0.25, 0.25]);
  assertEquals(series.counts[40], 0.5);
  const exact = { kind: "random", evaluations: new Map([["exact", evaluation]]) };
  assertEquals(differencesFigure(exact, ""), undefined);
});
