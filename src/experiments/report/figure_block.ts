import { canonicalJson } from "../canonical_json.ts";
import { dataImage } from "./data_image.ts";
import { type Html, html, scriptJson } from "./html.ts";
import type { ReportFigure } from "./types.ts";

/**
 * A figure of the report: a static picture, which the page's script replaces by Plotly's interactive one
 * when it comes into sight, with a caption and links to its files.
 *
 * @param figure The figure with what its files hold.
 * @param folder Address of the result's folder from the page.
 * @returns A `<figure>`.
 *
 * @example
 * ```ts
 * import { figureBlock } from "./figure_block.ts";
 * import { assert } from "@std/assert";
 *
 * const figure = { name: "a", title: "EMD < 1", files: ["a.svg"], svg: "<svg/>" };
 * assert(figureBlock(figure, "fig5/0a1b").text.includes('<a href="fig5/0a1b/a.svg">SVG</a>'));
 * ```
 */
export function figureBlock(figure: ReportFigure, folder: string): Html {
  const { title, files, svg, png, plotly } = figure;
  const image = dataImage(svg, png);
  const picture = image === undefined
    ? html`<p class="problem">The picture is missing</p>`
    : html`<img src="${image}" alt="${title}" loading="lazy" decoding="async">`;
  const links = files.map((file) => html`<a href="${folder}/${file}">${_kind(file)}</a>`);
  const caption =
    html`<figcaption><span class="title">${title}</span> <span class="files">${links}</span></figcaption>`;
  if (plotly === undefined) {
    return html`
      <figure
        class="drawing">${caption}<div class="scroll" tabindex="0" role="group" aria-label="${title}">${picture}</div></figure>
    `;
  }
  const { data, layout } = plotly;
  return html`
    <figure
      class="plot">${caption}<div class="area" tabindex="0" role="group" aria-label="${title}">${picture}</div>
    <script type="application/json">${scriptJson(canonicalJson({ data, layout }))}</script></figure>
  `;
}

/** What the link to a file says. */
function _kind(file: string): string {
  if (file.endsWith(".plotly.json")) return "Plotly";
  return file.slice(file.lastIndexOf(".") + 1).toUpperCase();
}
