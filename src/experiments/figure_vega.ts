import * as vega from "npm:vega@6.4.0";
import { compile, type TopLevelSpec } from "npm:vega-lite@6.5.0";
import { canonicalJson, type JsonObject } from "./canonical_json.ts";
import type { Figure } from "./figure.ts";
import { layoutFigure } from "./figure_layout.ts";
import { checksum } from "./key.ts";
import { escapeXml, svgLines } from "./svg.ts";
import { textWidth } from "./text_width.ts";
import { vegaLegend } from "./vega_legend.ts";
import { vegaReferences, vegaSeries } from "./vega_layers.ts";

type _VegaLiteSpec = Extract<TopLevelSpec, { layer: unknown }>;

// Vega measures text on a canvas where there is one, and guesses far too much where there is none.
// This is its hook for a measure of one's own (absent from its types), so that figures come out the
// same everywhere; it can only be set for the whole process.
(vega as unknown as { textMetrics: { width: typeof _measure } }).textMetrics.width = _measure;

/** The font that PNG files are drawn with leads the list. */
const FONT = "DejaVu Sans, Verdana, sans-serif";
const INK = "#222222";

/**
 * Draws a figure as SVG, through Vega. Needs no browser and no permission.
 *
 * @param figure The figure.
 * @returns The SVG text; equal figures give equal text. The names that it defines are its own, so
 * that several figures can stand in one HTML page.
 * @throws {TypeError | RangeError} If the figure cannot be drawn, see {@linkcode checkFigure}.
 *
 * @example
 * ```ts
 * import { figureSvg } from "@hexmover/hexmover/experiments";
 * import { assert } from "@std/assert";
 *
 * const svg = await figureSvg({
 *   title: "EMD of pairs",
 *   x: { label: "EMD", unit: "half pitch" },
 *   y: { label: "pairs", unit: "" },
 *   series: [{ kind: "histogram", edges: [0, 1, 2], counts: [3, 20] }],
 * });
 * assert(svg.startsWith("<svg ") && svg.includes("EMD (half pitch)"));
 * ```
 */
export async function figureSvg(figure: Figure): Promise<string> {
  const spec = _specification(figure);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
  try {
    const svg = await view.toSVG();
    const hash = await checksum(new TextEncoder().encode(canonicalJson(spec)));
    return svgLines(_described(_withOwnNames(svg, `f${hash.slice(0, 8)}`), figure));
  } finally {
    view.finalize();
  }
}

/**
 * Writes a figure as a Vega-Lite specification, with its data inside.
 *
 * @param figure The figure.
 * @returns The specification, plain JSON.
 * @throws {TypeError | RangeError} If the figure cannot be drawn, see {@linkcode checkFigure}.
 *
 * @example
 * ```ts
 * import { toVegaLite } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const axis = { label: "epoch", unit: "" };
 * const line = { kind: "line", x: [0, 1], y: [3, 2] } as const;
 * const spec = toVegaLite({ title: "Loss", x: axis, y: axis, series: [line] });
 * assertEquals(spec.title, { text: "Loss" });
 * ```
 */
export function toVegaLite(figure: Figure): JsonObject {
  return _specification(figure) as unknown as JsonObject;
}

function _specification(figure: Figure): _VegaLiteSpec {
  const layout = layoutFigure(figure);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    ...(figure.caption === undefined ? {} : { description: figure.caption }),
    title: {
      text: figure.title,
      ...(figure.subtitle === undefined ? {} : { subtitle: figure.subtitle }),
    },
    width: layout.width,
    height: layout.height,
    layer: [
      ...vegaSeries(figure, layout),
      ...vegaReferences(figure, layout),
      ...vegaLegend(figure, layout),
    ],
    config: {
      font: FONT,
      background: "#ffffff",
      padding: 12,
      // Descriptions of single marks would make up most of the file.
      aria: false,
      view: { stroke: INK },
      title: {
        anchor: "start",
        color: INK,
        fontSize: 15,
        fontWeight: "normal",
        offset: 10,
        subtitleColor: "#555555",
        subtitleFontSize: 12,
        subtitlePadding: 5,
      },
      axis: {
        domainColor: INK,
        // Above the marks, so that a heat map does not hide it.
        zindex: 1,
        grid: false,
        labelColor: INK,
        // Labels stay centred under their ticks, also at the ends.
        labelFlush: false,
        labelFontSize: 12,
        labelPadding: 5,
        tickColor: INK,
        titleColor: INK,
        titleFontSize: 13,
        titleFontWeight: "normal",
        titlePadding: 10,
      },
      legend: {
        labelColor: INK,
        labelFontSize: 12,
        labelLimit: 400,
        titleColor: INK,
        titleFontSize: 13,
        titleFontWeight: "normal",
        titleLimit: 400,
      },
    },
  };
}

/** Says title and caption to readers who cannot see the figure. */
function _described(svg: string, { title, caption }: Figure): string {
  const label = escapeXml(caption === undefined ? title : `${title}: ${caption}`);
  return svg.replace("<svg ", (start) => `${start}role="img" aria-label="${label}" `);
}

/** Width of a line of an item of Vega's scene, pixels. */
function _measure(item: { readonly fontSize?: number }, text: unknown): number {
  return textWidth(String(text ?? "").trim(), item.fontSize ?? 11);
}

/** Vega numbers clip paths and gradients over the whole process; here each figure has its own. */
function _withOwnNames(svg: string, prefix: string): string {
  const names = new Map<string, string>();
  return svg
    // "<" is escaped in text, so that only elements match; they come last, their uses first.
    .replace(/(<(?:clipPath|linearGradient) id=")([^"]+)"/g, (_, start, name) => {
      names.set(name, `${prefix}-${names.size}`);
      return `${start}${names.get(name)}"`;
    })
    .replace(/"url\(#([^)]+)\)"/g, (_, name) => `"url(#${names.get(name)})"`);
}
