/** Attributes of an SVG element; `undefined` leaves one out. Numbers are written to 1/100. */
export type SvgAttributes = { readonly [name: string]: string | number | undefined };

/** A place in a drawing, pixels. */
export interface Point {
  /** To the right. */
  readonly x: number;
  /** Down. */
  readonly y: number;
}

/**
 * Writes one SVG element as text.
 *
 * @param name Name of the element, for example `"circle"`.
 * @param attributes Its attributes; strings are escaped, numbers rounded by {@linkcode svgNumber}.
 * @param children Inner elements as text that is already SVG; escape plain text by
 * {@linkcode escapeXml}.
 * @returns The element.
 * @throws {RangeError} If a number is not finite.
 *
 * @example
 * ```ts
 * import { svgElement } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const dot = svgElement("circle", { r: 1 / 3, fill: "red" });
 * assertEquals(dot, '<circle r="0.33" fill="red"/>');
 * assertEquals(svgElement("g", {}, [dot, dot]), `<g>${dot}${dot}</g>`);
 * ```
 */
export function svgElement(
  name: string,
  attributes: SvgAttributes,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${_attribute(value!)}"`)
    .join("");
  const inside = children.join("");
  return inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

/**
 * Breaks an SVG into lines, one element a line, so that a change shows as a few lines in a
 * comparison of files. Text elements stay whole, since space inside them would be drawn.
 *
 * @param svg The SVG on one line.
 * @returns The same picture on many lines, without a newline at the end.
 *
 * @example
 * ```ts
 * import { svgLines } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(svgLines('<g><text>a</text><path d=""/></g>'), '<g><text>a</text>\n<path d=""/>\n</g>');
 * ```
 */
export function svgLines(svg: string): string {
  return svg.replace(/(\/>|<\/(?!tspan)\w+>)(?=<)/g, "$1\n");
}

/**
 * Text as it may stand in XML, inside an element or an attribute. Control characters, which XML
 * cannot hold, become U+FFFD.
 *
 * @param text Any text.
 * @returns The text with `& < > " '` escaped.
 *
 * @example
 * ```ts
 * import { escapeXml } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeXml('a < b & "c"'), "a &lt; b &amp; &quot;c&quot;");
 * ```
 */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;")
    // deno-lint-ignore no-control-regex
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "\ufffd");
}

/**
 * A number as SVG text: rounded to 1/100 (a hundredth of a pixel cannot be seen), no trailing zeros,
 * never `-0`. Short numbers also keep the last digits of `Math.sin` and its like, which may differ
 * between machines, out of the file.
 *
 * @param value A finite number.
 * @returns For example `"0.33"`, `"-12"`, `"0"`.
 * @throws {RangeError} If the number is not finite.
 *
 * @example
 * ```ts
 * import { svgNumber } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1 / 3, 2, -0.001].map(svgNumber), ["0.33", "2", "0"]);
 * ```
 */
export function svgNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot write SVG: a number must be finite, current value is ${value}`);
  }
  return String(Math.round(value * 100) / 100 + 0);
}

/**
 * A place as SVG paths and polygons write it.
 *
 * @param point The place.
 * @returns For example `"3.5,-2"`.
 * @throws {RangeError} If a coordinate is not finite.
 *
 * @example
 * ```ts
 * import { svgPoint } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(svgPoint({ x: 3.5, y: -2 }), "3.5,-2");
 * ```
 */
export function svgPoint(point: Point): string {
  return `${svgNumber(point.x)},${svgNumber(point.y)}`;
}

function _attribute(value: string | number): string {
  return typeof value === "number" ? svgNumber(value) : escapeXml(value);
}
