import type { ColorScale } from "./color_scale.ts";

import { escapeXml, svgElement } from "./svg.ts";
import { textWidth } from "./text_width.ts";

/** Where a colour bar stands and what it says. */
export interface ColorBarOptions {
  /** Left edge, pixels. */
  readonly x: number;
  /** Upper edge, pixels. */
  readonly y: number;
  /** Height, pixels. */
  readonly height: number;
  /** Text along the bar: what the colours say, and the unit. */
  readonly label: string;
}

/** A drawn colour bar. */
export interface ColorBar {
  /** SVG elements. */
  readonly svg: string;
  /** Width with ticks and text, pixels. */
  readonly width: number;
}

const STRIPS = 64;
const BAR_WIDTH = 14;
const TICK_SIZE = 11;
const LABEL_SIZE = 12;

/**
 * Draws an upright colour bar, dark end down, with ticks and its label at the right.
 *
 * @param scale The colours.
 * @param options Place and label.
 * @returns The elements and how wide they are.
 *
 * @example
 * ```ts
 * import { colorBar, colorScale } from "@hexmover/hexmover/experiments";
 * import { assert } from "@std/assert";
 *
 * const label = "charge (ADC counts)";
 * const bar = colorBar(colorScale([0, 100], "linear"), { x: 0, y: 0, height: 80, label });
 * assert(bar.svg.includes(">charge (ADC counts)</text>"));
 * ```
 */
export function colorBar(scale: ColorScale, options: ColorBarOptions): ColorBar {
  const { x, y, height, label } = options;
  const strip = height / STRIPS;
  const strips = Array.from({ length: STRIPS }, (_, i) =>
    svgElement("rect", {
      x,
      y: y + height - (i + 1) * strip,
      width: BAR_WIDTH,
      // Each strip reaches under the one before it, so that no seam shows.
      height: strip + (i === 0 ? 0 : 0.5),
      fill: scale.colorAt((i + 0.5) / STRIPS),
    }));
  const right = x + BAR_WIDTH;
  const ticks = scale.ticks.flatMap((tick) => {
    const at = y + height * (1 - scale.share(tick.value));
    const length = tick.label === "" ? 2 : 4;
    const line = { x1: right, x2: right + length, y1: at, y2: at, stroke: "#222222" };
    const text = { x: right + 7, y: at + 0.36 * TICK_SIZE, "font-size": TICK_SIZE };
    return [
      svgElement("line", line),
      ...(tick.label === "" ? [] : [svgElement("text", text, [escapeXml(tick.label)])]),
    ];
  });
  const tickWidth = Math.max(...scale.ticks.map((tick) => textWidth(tick.label, TICK_SIZE)));
  const labelX = right + 7 + tickWidth + 8 + LABEL_SIZE;
  const title = svgElement("text", {
    transform: `translate(${labelX.toFixed(2)},${(y + height / 2).toFixed(2)}) rotate(-90)`,
    "text-anchor": "middle",
    "font-size": LABEL_SIZE,
  }, [escapeXml(label)]);
  return { svg: [...strips, ...ticks, title].join(""), width: labelX + 4 - x };
}
