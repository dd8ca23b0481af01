import { canonicalJson } from "./canonical_json.ts";
import type { Figure } from "./figure.ts";
import { toPlotly } from "./figure_plotly.ts";
import { figureSvg } from "./figure_vega.ts";
import { svgToPng } from "./png.ts";

/** A picture that is not a plot, for example one by {@linkcode drawWafers}. */
export interface Drawing {
  /** Title, in words. */
  readonly title: string;
  /** The picture. */
  readonly svg: string;
}

/** A file by its name. */
export interface NamedFile {
  /** Name with extension. */
  readonly name: string;
  /** Content. */
  readonly bytes: Uint8Array;
}

/**
 * The files of a figure: `<name>.svg`, `<name>.png` and, for a plot, `<name>.plotly.json`.
 *
 * @param name Name without extension.
 * @param figure A plot, or a picture that is SVG already.
 * @returns The files; equal input gives equal bytes.
 * @throws {TypeError | RangeError} If the figure cannot be drawn.
 *
 * @example
 * ```ts
 * import { figureFiles } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
 * const files = await figureFiles("empty", { title: "Nothing", svg });
 * assertEquals(files.map((file) => file.name), ["empty.svg", "empty.png"]);
 * ```
 */
export async function figureFiles(name: string, figure: Figure | Drawing): Promise<NamedFile[]> {
  const encoder = new TextEncoder();
  const svg = "svg" in figure ? figure.svg : await figureSvg(figure);
  const files = [
    { name: `${name}.svg`, bytes: encoder.encode(svg) },
    { name: `${name}.png`, bytes: await svgToPng(svg) },
  ];
  if ("svg" in figure) return files;
  const plotly = encoder.encode(canonicalJson(toPlotly(figure)) + "\n");
  return [...files, { name: `${name}.plotly.json`, bytes: plotly }];
}
