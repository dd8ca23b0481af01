import { canonicalJson } from "./canonical_json.ts";
import type { Figure } from "./figure.ts";
import type { Drawing } from "./figure_files.ts";
import { type PlotlyFigure, toPlotly } from "./figure_plotly.ts";
import { figureSvg } from "./figure_vega.ts";
import { checksum } from "./key.ts";

/**
 * What a notebook shows of a value when it is the last of a cell: under `Symbol.for("Jupyter.display")`
 * a function that gives one content in several forms, by their MIME types.
 */
export type NotebookDisplay = Readonly<Record<symbol, () => Readonly<Record<string, unknown>>>>;

/**
 * A figure for notebooks. As the last value of a cell it is shown in the best form that a reader has:
 *
 * - `application/vnd.plotly.v1+json`: interactive, in front ends that know Plotly;
 * - `text/html`: static SVG, which becomes interactive on pages that hold Plotly (see `plotlyInit` in
 *   `notebook_plotly.ts`);
 * - `image/svg+xml`: the same SVG, for readers that run no scripts and need no server;
 * - `text/plain`: title and caption.
 *
 * A drawing, which is no plot, has the last two alone.
 *
 * @param figure A plot, or a picture that is SVG already, for example by {@linkcode drawWafers}.
 * @returns What the kernel shows; equal figures give equal outputs.
 * @throws {TypeError | RangeError} If the figure cannot be drawn.
 *
 * @example
 * ```ts
 * import { showFigure } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const shown = await showFigure({
 *   title: "Loss",
 *   x: { label: "epoch", unit: "" },
 *   y: { label: "EMD", unit: "half pitch" },
 *   series: [{ kind: "line", x: [0, 1], y: [3, 2] }],
 * });
 * assertEquals(shown[Symbol.for("Jupyter.display")]()["text/plain"], "[figure: Loss]");
 * ```
 */
export async function showFigure(figure: Figure | Drawing): Promise<NotebookDisplay> {
  const caption = "caption" in figure ? `\n${figure.caption}` : "";
  const plain = `[figure: ${figure.title}]${caption}`;
  if ("svg" in figure) {
    const { svg } = figure;
    return _display({ "image/svg+xml": svg, "text/plain": plain });
  }
  const svg = await figureSvg(figure), plotly = toPlotly(figure);
  return _display({
    "application/vnd.plotly.v1+json": plotly,
    "text/html": await _interactive(svg, plotly),
    "image/svg+xml": svg,
    "text/plain": plain,
  });
}

function _display(forms: Readonly<Record<string, unknown>>): NotebookDisplay {
  return { [Symbol.for("Jupyter.display")]: () => forms };
}

/** The SVG, and a script that puts Plotly's figure in its place where the page holds Plotly. */
async function _interactive(svg: string, { data, layout }: PlotlyFigure): Promise<string> {
  // "<" may not stand in a script: it could begin its end.
  const figure = canonicalJson({ data, layout }).replaceAll("<", "\\u003c");
  // Front ends move outputs about, so the script finds its figure by name, which follows from content.
  const name = (await checksum(new TextEncoder().encode(figure))).slice(0, 12);
  return `<div data-figure="${name}">${svg}</div>
<script>
if (globalThis.Plotly) {
  const { data, layout } = ${figure};
  for (const place of document.querySelectorAll('[data-figure="${name}"]')) {
    place.replaceChildren();
    Plotly.newPlot(place, data, layout);
  }
}
</script>`;
}
