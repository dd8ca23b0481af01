import { assert, assertEquals } from "@std/assert";
import { figureBlock } from "../../../src/experiments/report/figure_block.ts";
import { donePart, NASTY } from "./_parts.ts";

const [PLOT, DRAWING] = donePart().found!.figures;

Deno.test("a plot has its picture, its size, its data and links to its files", () => {
  const { text } = figureBlock(PLOT, "fig6_autoencoder/0a1b");
  assert(text.includes('class="plot"') && text.includes("2 seeds"));
  assert(/alt="Medians by eta"\s+width="40" height="20"/.test(text));
  const [, json] = /<script type="application\/json">([\s\S]*?)<\/script>/.exec(text)!;
  assertEquals(JSON.parse(json), PLOT.plotly);
  assert(text.includes("--height: 410px"));
  const links = [...text.matchAll(/href="([^"]+)">(\w+)</g)].map(([, href, kind]) => [href, kind]);
  assertEquals(links, [
    ["fig6_autoencoder/0a1b/medians.svg", "SVG"],
    ["fig6_autoencoder/0a1b/medians.png", "PNG"],
    ["fig6_autoencoder/0a1b/medians.plotly.json", "Plotly"],
  ]);
});

Deno.test("a drawing has no data, and what is missing is told", () => {
  assert(!figureBlock(DRAWING, "a/b").text.includes("<script"));
  const { svg: _svg, ...lost } = DRAWING;
  assert(figureBlock(lost, "a/b").text.includes("The picture is missing"));
});

Deno.test("titles and data cannot leave their places", () => {
  const { text } = figureBlock({
    ...PLOT,
    title: NASTY,
    svg: `<svg><text>"${NASTY}"</text></svg>`,
    plotly: { data: [], layout: { title: { text: NASTY } } },
  }, "a/b");
  assertEquals(text.match(/<img /g)?.length, 1, "the picture alone");
  assertEquals(text.match(/<\/script>/g)?.length, 1);
});
