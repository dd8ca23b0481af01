import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { differencesFigure, predictionsFigure } from "../../../scripts/std/emd_cnn_figures.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";

const PAIRS = [
  { exact: Float64Array.of(2, 4), estimate: Float64Array.of(2.31, 3.78) },
  { exact: Float64Array.of(1), estimate: Float64Array.of(9) },
];

Deno.test("differences of all seeds are counted together, far ones in the last bin", () => {
  const judged = new Map([["ours", PAIRS], ["theirs", [PAIRS[0]]]]);
  const figure = differencesFigure("random pairs", judged, { bias: -1.3, sigma: 5.3 });
  checkFigure(figure);
  const [ours, theirs] = figure.series;
  assert(ours.kind === "histogram" && theirs.kind === "histogram");
  // +15.5 %, -5.5 % and +800 %, in bins of 1 % from -40 %.
  const filled = [...ours.counts.entries()].filter(([, count]) => count > 0);
  assertEquals(filled.map(([bin]) => bin), [34, 55, 79]);
  filled.forEach(([, count]) => assertAlmostEquals(count, 1 / 3));
  assertEquals(theirs.name, "theirs: +5.0 % ± 10.5 %");
  assertEquals(figure.subtitle, "paper: −1.3 % ± 5.3 %");
});

Deno.test("predictions are a map of all pairs, exact EMDs along x", () => {
  const figure = predictionsFigure("random pairs", "EMD CNN", PAIRS);
  checkFigure(figure);
  const [map] = figure.series;
  assert(map.kind === "heatmap");
  const bins = map.xEdges.length - 1;
  const filled = map.values.flatMap((value, k) =>
    value > 0 ? [[k % bins, Math.floor(k / bins)]] : []
  );
  const centre = (bin: number) => (map.xEdges[bin] + map.xEdges[bin + 1]) / 2;
  const found = filled.map(([x, y]) => [centre(x), centre(y)]).sort(([a], [b]) => a - b);
  // The third lies above the map, which ends at 4.
  [[1, 4], [2, 2.31], [4, 3.78]].forEach(([x, y], k) => {
    assertAlmostEquals(found[k][0], x, 4 / bins);
    assertAlmostEquals(found[k][1], y, 4 / bins);
  });
  assertEquals(found.length, 3);
});
