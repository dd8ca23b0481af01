/**
 * A chart of lines that grow: falling numbers against steps.
 *
 * @module
 */
import { linearTicks } from "../src/experiments/axis_ticks.ts";
import { escapeXml, svgElement, svgPoint } from "../src/experiments/svg.ts";

/** A line of the chart. */
export interface ChartLine {
  /** Text at its end. */
  readonly label: string;
  /** Class of the line and of its text, which gives them their colour. */
  readonly className: string;
  /** Its points so far, from left to right. */
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** What a chart shows besides its lines. */
export interface ChartOptions {
  /** Right end of the horizontal axis, > 0. */
  readonly steps: number;
  /** Title of the vertical axis. */
  readonly yTitle: string;
  /** Width of the whole, pixels. */
  readonly width: number;
}

/** Height of a chart, pixels. */
export const CHART_HEIGHT = 300;

const LEFT = 52, RIGHT = 150, TOP = 14, BOTTOM = 44;
/** Least distance of two texts, pixels. */
const LINE_HEIGHT = 18;

/**
 * Draws lines with axes from zero; each line's text and last value stand to the right, at the height
 * of its end.
 *
 * @param lines The lines; those without points are left out.
 * @param options Axes and width.
 * @returns SVG elements; colours are left to classes.
 */
export function lineChart(lines: readonly ChartLine[], options: ChartOptions): string {
  const { steps, yTitle, width } = options;
  const drawn = lines.filter(({ points }) => points.length > 0);
  const highest = Math.max(1, ...drawn.flatMap(({ points }) => points.map(({ value }) => value)));
  const right = width - RIGHT, bottom = CHART_HEIGHT - BOTTOM;
  const x = (step: number) => LEFT + (right - LEFT) * step / steps;
  const y = (value: number) => bottom - (bottom - TOP) * value / (1.05 * highest);
  return [
    ...linearTicks([0, 1.05 * highest]).map(({ value, label }) =>
      svgElement("line", { x1: LEFT, x2: right, y1: y(value), y2: y(value), class: "rule" }) +
      _text(label, LEFT - 8, y(value) + 4, "end")
    ),
    ...linearTicks([0, steps]).map(({ value, label }) =>
      _text(label, x(value), bottom + 18, "middle")
    ),
    _text("step", (LEFT + right) / 2, CHART_HEIGHT - 6, "middle"),
    svgElement("text", {
      transform: `translate(13 ${(TOP + bottom) / 2}) rotate(-90)`,
      "text-anchor": "middle",
    }, [escapeXml(yTitle)]),
    ...drawn.map(({ points, className }) =>
      svgElement("polyline", {
        class: className,
        points: points.map(({ step, value }) => svgPoint({ x: x(step), y: y(value) })).join(" "),
      })
    ),
    ..._ends(drawn, x, y, right),
  ].join("");
}

/** Dots at the ends of the lines, and their texts, moved apart where they would overlap. */
function _ends(
  lines: readonly ChartLine[],
  x: (step: number) => number,
  y: (value: number) => number,
  right: number,
): string[] {
  const ends = lines
    .map((line) => ({ ...line, last: line.points.at(-1)! }))
    .sort((one, other) => y(one.last.value) - y(other.last.value));
  let lowest = -Infinity;
  return ends.map(({ label, className, last }) => {
    lowest = Math.max(y(last.value) + 4, lowest + LINE_HEIGHT);
    const text = `${label} ${last.value.toFixed(2)}`;
    return svgElement("circle", {
      cx: x(last.step),
      cy: y(last.value),
      r: 3.5,
      class: className,
    }) + _text(text, right + 9, lowest, "start", className);
  });
}

function _text(text: string, x: number, y: number, anchor: string, className?: string): string {
  return svgElement("text", { x, y, "text-anchor": anchor, class: className }, [escapeXml(text)]);
}
