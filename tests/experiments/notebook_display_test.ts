import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Figure } from "../../src/experiments/figure.ts";
import { toPlotly } from "../../src/experiments/figure_plotly.ts";
import { figureSvg } from "../../src/experiments/figure_vega.ts";
import { type NotebookDisplay, showFigure } from "../../src/experiments/notebook_display.ts";

const FIGURE: Figure = {
  title: "EMD </script> of pairs",
  caption: "Twenty pairs",
  x: { label: "EMD", unit: "half pitch" },
  y: { label: "pairs", unit: "" },
  series: [{ kind: "histogram", edges: [0, 1, 2], counts: [3, 17], name: "pairs" }],
};

Deno.test("showFigure() gives the figure as Plotly, as SVG within HTML and alone, and in words", async () => {
  const forms = _forms(await showFigure(FIGURE)), svg = await figureSvg(FIGURE);
  assertEquals(forms["application/vnd.plotly.v1+json"], toPlotly(FIGURE));
  assertEquals(forms["image/svg+xml"], svg);
  assertEquals(forms["text/plain"], "[figure: EMD </script> of pairs]\nTwenty pairs");
  const html = forms["text/html"] as string;
  assert(html.includes(svg));
  assertEquals(html.split("</script").length, 2, "text of the figure ends no script");
});

Deno.test("the script in the HTML leaves the SVG alone without Plotly, and draws with it", async () => {
  const html = _forms(await showFigure(FIGURE))["text/html"] as string;
  const [, name] = /data-figure="(\w+)"/.exec(html)!;
  const [, script] = /<script>([\s\S]*)<\/script>/.exec(html)!;
  const run = new Function("globalThis", "Plotly", "document", script);

  run({}, undefined, undefined); // throws if it touches the page
  const drawn: unknown[] = [], places = [{ children: ["svg"], replaceChildren: () => {} }];
  const Plotly = { newPlot: (...call: unknown[]) => drawn.push(call) };
  const document = {
    querySelectorAll: (selector: string) => selector === `[data-figure="${name}"]` ? places : [],
  };
  run({ Plotly }, Plotly, document);
  const { data, layout } = JSON.parse(JSON.stringify(toPlotly(FIGURE)));
  assertEquals(drawn, [[places[0], data, layout]]);
});

Deno.test("showFigure() shows a drawing as it is", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  assertEquals(_forms(await showFigure({ title: "Wafer", svg })), {
    "image/svg+xml": svg,
    "text/plain": "[figure: Wafer]",
  });
});

Deno.test("showFigure() gives equal figures equal outputs, and others other names", async () => {
  const name = async (figure: Figure) =>
    /data-figure="(\w+)"/.exec(_forms(await showFigure(figure))["text/html"] as string)![1];
  assertEquals(await name(FIGURE), await name(structuredClone(FIGURE)));
  assert(await name(FIGURE) !== await name({ ...FIGURE, title: "Others" }));
});

Deno.test("showFigure() refuses what cannot be drawn", async () => {
  await assertRejects(() => showFigure({ ...FIGURE, series: [] }), Error, "Cannot draw");
});

function _forms(display: NotebookDisplay): Readonly<Record<string, unknown>> {
  return display[Symbol.for("Jupyter.display")]();
}
