import { canonicalJson, type JsonObject } from "../canonical_json.ts";
import { dataImage } from "./data_image.ts";
import { type Html, html, scriptJson, trustedHtml } from "./html.ts";
import type { ReportFigure } from "./types.ts";

/** Height that a figure's title would take, pixels. */
const TITLE = 40;
/** Greatest height of an interactive figure, pixels. */
const HIGHEST = 460;

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
  const { title, files, plotly } = figure;
  const links = files.map((file) => html`<a href="${folder}/${file}">${_kind(file)}</a>`);
  const caption = html`
    <figcaption>
      <span><span class="title">${title}</span> ${_subtitle(plotly?.layout)}</span>
      <span class="files">${links}</span>
    </figcaption>
  `;
  if (plotly === undefined) {
    return html`
      <figure class="drawing">
        ${caption}
        <div class="scroll" tabindex="0" role="group" aria-label="${title}">${_picture(
          figure,
        )}</div>
      </figure>
    `;
  }
  const { data, layout } = plotly;
  return html`
    <figure class="plot" style="--height: ${_height(layout.height)}px">
      ${caption}
      <div class="area" tabindex="0" role="group" aria-label="${title}">${_picture(figure)}</div>
      <script type="application/json">${scriptJson(canonicalJson({ data, layout }))}</script>
    </figure>
  `;
}

/** The second line of a figure, which its interactive form leaves to the caption. */
function _subtitle(layout: JsonObject | undefined): string | undefined {
  const title = layout?.title as { subtitle?: { text?: string } } | undefined;
  return title?.subtitle?.text;
}

/** The static picture. Its size stands beside it, so that the page need not move when it is there. */
function _picture({ title, svg, png }: ReportFigure): Html {
  const image = dataImage(svg, png);
  if (image === undefined) return html`<p class="problem">The picture is missing</p>`;
  const [tag] = /^<svg\b[^>]*>/.exec(svg ?? "") ?? [""];
  const size = ["width", "height"].map((name) => new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1]);
  const attributes = size.includes(undefined) ? "" : ` width="${size[0]}" height="${size[1]}"`;
  return html`
    <img src="${image}" alt="${title}" ${trustedHtml(attributes)} loading="lazy">
  `;
}

/** Height of the interactive figure, which has no title of its own. */
function _height(layout: unknown): number {
  return typeof layout === "number" ? Math.min(layout - TITLE, HIGHEST) : HIGHEST;
}

/** What the link to a file says. */
function _kind(file: string): string {
  if (file.endsWith(".plotly.json")) return "Plotly";
  return file.slice(file.lastIndexOf(".") + 1).toUpperCase();
}
