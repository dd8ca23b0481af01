import { assert, assertEquals } from "@std/assert";
import { CHART_HEIGHT, lineChart } from "../../web/line_chart.ts";

const OPTIONS = { steps: 100, yTitle: "median EMD", width: 640 };

function points(svg: string): number[][][] {
  return [...svg.matchAll(/<polyline[^>]* points="([^"]*)"/g)]
    .map(([, list]) => list.split(" ").map((point) => point.split(",").map(Number)));
}

Deno.test("lines fall where numbers fall, within the chart, and end at the last step", () => {
  const line = (label: string, values: number[]) => ({
    label,
    className: label,
    points: values.map((value, k) => ({ step: 50 * k, value })),
  });
  const svg = lineChart([line("one", [3, 2, 1]), line("other", [3, 2.5, 2])], OPTIONS);
  const [one, other] = points(svg);
  assertEquals(one.map(([x]) => x), other.map(([x]) => x));
  assert(one[0][1] < one[1][1] && one[1][1] < one[2][1]);
  assert(other[2][1] < one[2][1]); // a larger number stands higher
  for (const [x, y] of [...one, ...other]) assert(x > 0 && x < 640 && y > 0 && y < CHART_HEIGHT);
  assert(svg.includes(">one 1.00</text>") && svg.includes(">other 2.00</text>"));
});

Deno.test("texts of lines that end together stand apart", () => {
  const lines = ["a", "b"].map((label) => ({
    label,
    className: label,
    points: [{ step: 100, value: 1 }],
  }));
  const ys = [...lineChart(lines, OPTIONS).matchAll(/<text [^>]*y="([\d.]+)"[^>]*>[ab] 1\.00/g)]
    .map(([, y]) => Number(y));
  assertEquals(ys.length, 2);
  assert(Math.abs(ys[1] - ys[0]) >= 18);
});

Deno.test("a line without points is left out, and names are escaped", () => {
  const line = { label: "a<b", className: "a", points: [] };
  assert(!lineChart([line], OPTIONS).includes("polyline"));
  const svg = lineChart([{ ...line, points: [{ step: 0, value: 1 }] }], OPTIONS);
  assert(svg.includes("a&lt;b 1.00"));
});
