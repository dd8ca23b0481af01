import { escapeXml, svgElement } from "./svg.ts";

/** Size and title of an SVG document. */
export interface SvgDocumentOptions {
  /** Width, pixels; rounded up. */
  readonly width: number;
  /** Height, pixels; rounded up. */
  readonly height: number;
  /** What readers who do not see it are told. */
  readonly title: string;
}

/** The ink of all drawings. */
const INK = "#222222";
/** The font that PNG files are drawn with leads the list. */
const FONT = "DejaVu Sans, Verdana, sans-serif";

/**
 * An SVG document of its own on white ground, with the font and the ink of all drawings.
 *
 * @param options Its size and title.
 * @param content Elements as SVG text, the lowest first.
 * @returns The document on one line; see {@linkcode svgLines}.
 * @throws {RangeError} If a size is not finite.
 *
 * @example
 * ```ts
 * import { svgDocument, svgElement } from "@hexmover/hexmover/experiments";
 * import { assert } from "@std/assert";
 *
 * const dot = svgElement("circle", { r: 2 });
 * const svg = svgDocument({ width: 9.5, height: 8, title: "a < b" }, [dot]);
 * assert(svg.includes('viewBox="0 0 10 8"') && svg.includes("<title>a &lt; b</title>"));
 * assert(svg.endsWith('<circle r="2"/></svg>'));
 * ```
 */
export function svgDocument(
  { width, height, title }: SvgDocumentOptions,
  content: readonly string[],
): string {
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  return svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: "img",
    "font-family": FONT,
    fill: INK,
  }, [
    svgElement("title", {}, [escapeXml(title)]),
    svgElement("rect", { ...size, fill: "#ffffff" }),
    ...content,
  ]);
}
