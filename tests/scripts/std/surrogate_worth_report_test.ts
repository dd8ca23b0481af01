import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type LossWorth,
  PAPER,
  worthCorrelations,
  worthFigure,
  worthTable,
} from "../../../scripts/std/surrogate_worth_report.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";

const EVALUATION = {
  emd: new Float64Array(0),
  count: 0,
  low: 1,
  median: 1,
  high: 1,
  deadLatents: 0,
  saturated: 0,
  zeroOutputs: 0,
  unproved: 0,
};

function worth(name: string, mean: number, more: Partial<LossWorth> = {}): LossWorth {
  const evaluations = [mean - 0.5, mean + 0.5].map((mean) => ({ ...EVALUATION, mean }));
  return { name, input: "fractions", recipe: "default", evaluations, ...more };
}

const quality = (sigma: number, cosine: number) => ({
  random: { sigma, cosine },
  reconstruction: { sigma: 1 - sigma, cosine: 0.5 },
});
const QUALITIES = new Map([
  ["a", quality(0.01, 0.9)],
  ["b", quality(0.02, 0.8)],
  ["c", quality(0.03, 0.7)],
  ["d", quality(0.04, 0.6)],
]);
const WORTHS = [
  worth("exact_emd", 0.5),
  worth("d", 4),
  worth("a", 1),
  worth("c", 3),
  worth("b", 2),
  worth("a", 9, { input: "charges" }),
];
const BEST = { name: "best constant image", means: [7, 9], medians: [6, 6] };

Deno.test("the better the surrogate, the better the autoencoder: a rank correlation of 1", () => {
  const found = worthCorrelations(WORTHS, QUALITIES);
  const value = (part: string) => found.find(({ name }) => name.includes(part))!.value;
  assertAlmostEquals(value("sigma (random pairs)"), 1);
  assertAlmostEquals(value("cosine (random pairs)"), -1);
  assertAlmostEquals(value("sigma (reconstruction pairs)"), -1);
  // The cosines of reconstructions are all the same, and one as published has no order.
  assertEquals(found.length, 3);
  assertEquals(worthCorrelations(WORTHS.slice(0, 4), QUALITIES), []);
});

Deno.test("the paper's own rank correlation stands beside that of sigma", () => {
  const [{ paper }, cosine] = worthCorrelations(WORTHS, QUALITIES);
  assertEquals(cosine.paper, undefined);
  // Ranks of sigma 1, 2, 3, 4.5, 4.5, 6, 7, 8, of the mean EMD 5, 6, 7, 1, 8, 3, 4, 2.
  const sigma = [-3.5, -2.5, -1.5, 0, 0, 1.5, 2.5, 3.5];
  const emd = [0.5, 1.5, 2.5, -3.5, 3.5, -1.5, -0.5, -2.5];
  const dot = (u: number[], v: number[]) => u.reduce((sum, x, k) => sum + x * v[k], 0);
  assertAlmostEquals(paper!, dot(sigma, emd) / Math.sqrt(dot(sigma, sigma) * dot(emd, emd)), 1e-12);
  assertEquals([PAPER.sigma.length, PAPER.meanEmd.length], [8, 8]);
});

Deno.test("the table begins with the best loss and ends with what needs no training", () => {
  const lines = worthTable(WORTHS, QUALITIES, [BEST]).trim().split("\n").slice(2);
  assertEquals(lines.map((line) => line.split(" | ")[0]), [
    "| exact_emd",
    "| a",
    "| b",
    "| c",
    "| d",
    "| a",
    "| best constant image",
  ]);
  assertEquals(
    lines[1],
    "| a | fractions | default | 1.000 | 1.000 | 13 % | 0, 0 | 1.0 % | 0.900 | 99.0 % | 0.500 |",
  );
  assert(lines[0].endsWith("| - | - | - | - |"));
});

Deno.test("the figure shows surrogates alone, a series for each way to use them", () => {
  const figure = worthFigure(WORTHS, QUALITIES, BEST);
  checkFigure(figure);
  assertEquals(figure.series.length, 2);
  const [series] = figure.series;
  assert(series.kind === "points");
  assertEquals([series.x, series.y], [[4, 1, 3, 2], [4, 1, 3, 2]]);
  assertEquals(series.yError!.high, [0.5, 0.5, 0.5, 0.5]);
  assertEquals(figure.references, [{ axis: "y", at: 8, label: "best constant image" }]);
});
