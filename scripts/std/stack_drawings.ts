/**
 * Drawings one below the other.
 *
 * @module
 */
import { escapeXml, svgDocument, svgElement } from "../../src/experiments/mod.ts";

/** Height of the title's line, pixels. */
const TITLE = 36;

/**
 * Makes one drawing of several.
 *
 * @param title Line above all.
 * @param drawings SVG texts with width and height in pixels, at least one.
 * @returns The SVG text.
 * @throws {TypeError} If one has no size.
 */
export function stackDrawings(title: string, drawings: readonly string[]): string {
  let height = TITLE, width = 0;
  const rows = drawings.map((drawing) => {
    const [, tag] = /^<svg\b([^>]*)>/.exec(drawing) ?? [];
    const size = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(tag ?? "")?.[1]);
    const y = height;
    height += size("height");
    width = Math.max(width, size("width"));
    if (Number.isNaN(height + width)) {
      throw new TypeError("Cannot stack drawings: one of them is no SVG with width and height");
    }
    return drawing.replace(/^<svg/, `<svg y="${y}"`);
  });
  const text = { x: 16, y: 25, "font-size": 15 };
  return svgDocument({ width, height, title }, [
    svgElement("text", text, [escapeXml(title)]),
    ...rows,
  ]);
}
