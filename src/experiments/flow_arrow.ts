import { type Point, svgElement, svgPoint } from "./svg.ts";

/** How an arrow looks. */
export interface FlowArrowOptions {
  /** Width of the shaft, pixels. */
  readonly width: number;
  /** Free space at either end, pixels; at most an eighth of the way is left free. */
  readonly gap: number;
  /** Colour as `#rrggbb`. */
  readonly color: string;
  /** From 0 to 1. */
  readonly opacity: number;
}

/**
 * Draws an arrow from one place to another as one polygon, so that its opacity is even.
 *
 * @param from Where it starts.
 * @param to Where it points to, another place.
 * @param options Its looks.
 * @returns The SVG element.
 * @throws {RangeError} If both places are the same.
 *
 * @example
 * ```ts
 * import { flowArrow } from "@hexmover/hexmover/experiments";
 * import { assert } from "@std/assert";
 *
 * const looks = { width: 2, gap: 0, color: "#b00020", opacity: 1 };
 * const arrow = flowArrow({ x: 0, y: 0 }, { x: 50, y: 0 }, looks);
 * assert(arrow.includes("0,1 ") && arrow.includes(" 50,0 "));
 * ```
 */
export function flowArrow(from: Point, to: Point, options: FlowArrowOptions): string {
  const { width, color, opacity } = options;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) throw new RangeError("Cannot draw an arrow: its ends must differ");
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const at = (distance: number, side: number) =>
    svgPoint({
      x: from.x + distance * along.x - side * along.y,
      y: from.y + distance * along.y + side * along.x,
    });
  const gap = Math.min(options.gap, length / 8);
  const start = gap;
  const tip = length - gap;
  // A head wide enough to be seen on a thin shaft, and never longer than half of the arrow.
  const neck = tip - Math.min(5 + 1.5 * width, length / 2);
  const half = width / 2;
  const headHalf = 2.4 + 0.9 * width;
  const points = [
    at(start, half),
    at(neck, half),
    at(neck, headHalf),
    at(tip, 0),
    at(neck, -headHalf),
    at(neck, -half),
    at(start, -half),
  ];
  return svgElement("polygon", { points: points.join(" "), fill: color, "fill-opacity": opacity });
}
