import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  codecTable,
  type JudgedCodec,
  occupancyFigure,
  rateFigure,
} from "../../../scripts/std/codec_report.ts";
import type { ReconstructionEvaluation } from "../../../src/codecs/mod.ts";

/** An evaluation whose median is as given; the second of its bins is empty. */
function evaluation(median: number): ReconstructionEvaluation {
  const summary = { count: 10, median, low: median / 2, high: 2 * median, mean: median + 0.1 };
  const none = { count: 0, median: NaN, low: NaN, high: NaN, mean: NaN };
  return {
    emds: new Float64Array(10),
    all: summary,
    byOccupancy: [{ from: 0, to: 10, ...summary }, { from: 10, to: 49, ...none }],
  };
}

/** Two codecs at two numbers of bits, each fitted to both kinds of wafers; and a setting on its own. */
const judged: JudgedCodec[] = (["sqrt_levels", "pca"] as const).flatMap((name) =>
  [48, 144].flatMap((budget) =>
    (["wafers of the file", "simulated wafers"] as const).map((fittedTo) => ({
      name,
      budget,
      bits: budget - 1,
      setting: "as told",
      fittedTo,
      evaluations: [evaluation(48 / budget), evaluation(96 / budget)],
    }))
  )
);
judged.push({
  name: "pca",
  bits: 512,
  setting: "bits float",
  fittedTo: "nothing",
  evaluations: [evaluation(0.01)],
});

Deno.test("the table has a line for each codec, with means over seeds", () => {
  const lines = codecTable(judged).split("\n");
  assertEquals(lines.filter((line) => line.includes("as told")).length, 2 * 8);
  assert(
    lines.includes(
      "| 47 | sqrt_levels | as told | wafers of the file | 1.500 | 0.750 to 3.000 | 1.600 |",
    ),
  );
  assert(lines.includes("| 512 | pca | bits float | nothing | 0.010 |"), "by occupancy");
  assert(lines.includes("| bits | codec | setting | fitted to | 0 to 9 |"), "no empty bin");
});

Deno.test("EMD against bits: fitted ones with bars, those of simulated wafers dotted", () => {
  const { series } = rateFigure(judged, 10);
  assertEquals(series.map(({ kind }) => kind), [
    "line",
    "points",
    "line",
    "line",
    "points",
    "line",
  ]);
  const [line, points, dotted] = series;
  assert(line.kind === "line" && points.kind === "points" && dotted.kind === "line");
  assertEquals(line.y, [1.5, 0.5]);
  assertEquals([line.name, dotted.dash], ["square-root levels", "dotted"]);
  assertEquals(dotted.x, [47, 143]);
  line.x.forEach((x, k) => assertAlmostEquals(x, dotted.x[k], 3));
  assertEquals(points.yError, { low: [0.75, 0.25], high: [1.5, 0.5] });
});

Deno.test("EMD against occupancy shows the codecs of one budget", () => {
  const { series, title } = occupancyFigure(judged, 144);
  assert(title.includes("144 bits"));
  assertEquals(series.length, 4);
  const [line] = series;
  assert(line.kind === "line");
  assertEquals(line.y, [0.5]);
});
