import { assert, assertEquals, assertRejects } from "@std/assert";
import { figureFiles } from "../../src/experiments/figure_files.ts";
import { toPlotly } from "../../src/experiments/figure_plotly.ts";
import { figureSvg } from "../../src/experiments/figure_vega.ts";
import { svgToPng } from "../../src/experiments/png.ts";
import { drawings, figures } from "./_gallery.ts";

Deno.test("figureFiles() gives a plot as SVG, PNG and Plotly JSON", async () => {
  const files = await figureFiles("emd", figures.convergence);
  assertEquals(files.map(({ name }) => name), ["emd.svg", "emd.png", "emd.plotly.json"]);
  const [svg, png, plotly] = files.map(({ bytes }) => bytes);
  assertEquals(new TextDecoder().decode(svg), await figureSvg(figures.convergence));
  assertEquals(png, await svgToPng(await figureSvg(figures.convergence)));
  assertEquals(JSON.parse(new TextDecoder().decode(plotly)), toPlotly(figures.convergence));
});

Deno.test("figureFiles() gives a drawing as SVG and PNG", async () => {
  const svg = drawings.wafer_groups;
  const files = await figureFiles("wafers", { title: "Wafers", svg });
  assertEquals(files.map(({ name }) => name), ["wafers.svg", "wafers.png"]);
  assertEquals(new TextDecoder().decode(files[0].bytes), svg);
});

Deno.test("figureFiles() gives the same bytes each time", async () => {
  const [one, other] = [
    await figureFiles("a", figures.log_histogram),
    await figureFiles("a", structuredClone(figures.log_histogram)),
  ];
  assertEquals(one, other);
  assert(one.every(({ bytes }) => bytes.length > 500));
});

Deno.test("figureFiles() rejects a drawing that is not SVG", async () => {
  await assertRejects(() => figureFiles("a", { title: "A", svg: "no" }), TypeError, "must be SVG");
});
