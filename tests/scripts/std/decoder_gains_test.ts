import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { gainFigure, gains, gainTable } from "../../../scripts/std/decoder_gains.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";

const SCORES = [
  { decoder: "convolutional", told: "nothing", medians: [1, 2] },
  { decoder: "convolutional", told: "eta", medians: [0.9, 2] },
  { decoder: "dense", told: "nothing", medians: [0.8, 1] },
  { decoder: "dense", told: "eta", medians: [0.6, 1.1] },
];

Deno.test("gains of what is told and of the size are told apart, seed by seed", () => {
  const expected = [
    ["convolutional decoder: gain of being told eta", 10, 0],
    ["dense decoder: gain of its size", 20, 50],
    ["dense decoder: gain of being told eta", 25, -10],
    ["dense decoder told eta: gain over convolutional told nothing", 40, 45],
  ];
  const found = gains(SCORES);
  assertEquals(found.map(({ name }) => name), expected.map(([name]) => name));
  found.forEach(({ values }, k) => {
    values.forEach((value, seed) => assertAlmostEquals(value, expected[k][1 + seed] as number));
  });
});

Deno.test("the table has medians and both gains, with the spread of the seeds", () => {
  const lines = gainTable(SCORES).split("\n");
  assertEquals(lines[2], "| convolutional | nothing | 1.500 ± 0.707 | - | - |");
  assertEquals(lines[4], "| dense | nothing | 0.900 ± 0.141 | - | 35.0 ± 21.2 % |");
  assertEquals(lines[5], "| dense | eta | 0.850 ± 0.354 | 7.5 ± 24.7 % | 42.5 ± 3.5 % |");
  const one = SCORES.map((score) => ({ ...score, medians: score.medians.slice(0, 1) }));
  assert(gainTable(one).includes("| dense | eta | 0.600 | 25.0 % | 40.0 % |"));
});

Deno.test("the figure has a series for each decoder, with bars over the seeds", () => {
  const figure = gainFigure(SCORES);
  checkFigure(figure);
  const [series] = figure.series;
  assert(series.kind === "points" && series.name === "convolutional decoder");
  assertEquals(series.y, [1.5, 1.45]);
  assertEquals(series.yError!.low[0], 0.5);
});
