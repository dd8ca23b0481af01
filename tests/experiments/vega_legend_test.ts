import { assertEquals } from "@std/assert";
import type { Figure } from "../../src/experiments/figure.ts";
import { layoutFigure } from "../../src/experiments/figure_layout.ts";
import { vegaLegend } from "../../src/experiments/vega_legend.ts";
import { figures } from "./_gallery.ts";

Deno.test("vegaLegend() lists the named series in their order, each with its symbol", () => {
  const scale = _shape(figures.resolution)!.scale;
  assertEquals(scale, {
    domain: ["central 68 %, telescope", "telescope", "exact EMD", "sliced"],
    range: ["square", "stroke", "circle", "square"],
  });
});

Deno.test("vegaLegend() stands where the figure says", () => {
  assertEquals(_shape(figures.convergence)!.legend.orient, "top-right");
  assertEquals(_shape(figures.resolution)!.legend.orient, "right");
});

Deno.test("vegaLegend() is absent without names and where it is not wanted", () => {
  assertEquals(_shape(figures.log_histogram), undefined);
  assertEquals(_shape({ ...figures.resolution, legend: "none" }), undefined);
});

/** The channel that carries the legend. */
function _shape(figure: Figure) {
  const layers = vegaLegend(figure, layoutFigure(figure)) as unknown as {
    encoding: { shape: { scale: unknown; legend: { orient: string } } };
  }[];
  return layers.at(0)?.encoding.shape;
}
