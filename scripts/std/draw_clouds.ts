/**
 * A grid of point clouds with shapes laid over them.
 *
 * @module
 */
import {
  escapeXml,
  PALETTE,
  svgDocument,
  svgElement,
  svgLines,
  svgPoint,
  textWidth,
} from "../../src/experiments/mod.ts";
import type { ToyEvent } from "./toy_events.ts";

/** A cloud with a shape over it. */
export interface CloudPanel {
  /** The cloud, drawn as discs whose area is the energy. */
  readonly event: ToyEvent;
  /** The shape: a line through points, or points as rings whose area is the energy. */
  readonly overlay:
    | { readonly kind: "line"; readonly positions: ArrayLike<number>; readonly closed: boolean }
    | { readonly kind: "points"; readonly points: ToyEvent };
  /** Text below. */
  readonly note: string;
  /** Whether the note is set off, by a frame. */
  readonly marked: boolean;
}

/** A row of panels that share their scale. */
export interface CloudRow {
  /** Text at the left. */
  readonly label: string;
  /** The panels, one a column. */
  readonly panels: readonly CloudPanel[];
}

const SIZE = 130, GAP = 14, MARGIN = 16, NOTE = 22, INK = "#222222", SHAPE = "#b3002d";
/** Area of all discs of an event, in units of the panel's. */
const FILLED = 0.06;

/**
 * Draws rows of clouds.
 *
 * @param title Line above all.
 * @param subtitle A smaller second line.
 * @param columns Text above each column.
 * @param rows The rows.
 * @returns The SVG text; equal input gives equal text.
 */
export function drawClouds(
  title: string,
  subtitle: string,
  columns: readonly string[],
  rows: readonly CloudRow[],
): string {
  const left = MARGIN + Math.max(...rows.map(({ label }) => textWidth(label, 13))) + GAP;
  const top = MARGIN + 78;
  const width = Math.max(
    left + columns.length * (SIZE + GAP) + MARGIN,
    textWidth(title, 15) + 2 * MARGIN,
  );
  const height = top + rows.length * (SIZE + NOTE + GAP) + MARGIN;
  const heads = columns.map((column, c) => {
    const x = left + c * (SIZE + GAP) + SIZE / 2;
    return _text(column, x, top - 12, 13, { "text-anchor": "middle" });
  });
  const content = rows.flatMap((row, r) => {
    const y = top + r * (SIZE + NOTE + GAP);
    return [
      _text(row.label, MARGIN, y + SIZE / 2, 13),
      ...row.panels.map((panel, c) => _panel(panel, left + c * (SIZE + GAP), y)),
    ];
  });
  return svgLines(svgDocument({ width, height, title }, [
    _text(title, MARGIN, MARGIN + 15, 15),
    _text(subtitle, MARGIN, MARGIN + 34, 12, { fill: "#555555" }),
    ...heads,
    ...content,
  ]));
}

function _panel({ event, overlay, note, marked }: CloudPanel, left: number, top: number): string {
  const place = _placing(event.positions, left, top);
  const total = event.energies.reduce((sum, energy) => sum + energy, 0);
  const radius = (energy: number) => SIZE * Math.sqrt(FILLED * energy / total / Math.PI);
  const discs = [...event.energies].flatMap((energy, k) =>
    energy === 0 ? [] : [svgElement("circle", {
      ..._at(place(event.positions[2 * k], event.positions[2 * k + 1])),
      r: radius(energy),
      fill: PALETTE[0],
      "fill-opacity": 0.55,
    })]
  );
  return svgElement("g", {}, [
    svgElement("rect", {
      x: left,
      y: top,
      width: SIZE,
      height: SIZE,
      fill: "#f4f4f4",
      stroke: marked ? SHAPE : "none",
    }),
    ...discs,
    ..._overlay(overlay, place, radius),
    _text(note, left + SIZE / 2, top + SIZE + 15, 12, {
      "text-anchor": "middle",
      fill: marked ? SHAPE : INK,
    }),
  ]);
}

function _overlay(
  overlay: CloudPanel["overlay"],
  place: (x: number, y: number) => { x: number; y: number },
  radius: (energy: number) => number,
): string[] {
  const style = { fill: "none", stroke: SHAPE, "stroke-width": 2 };
  if (overlay.kind === "line") {
    const points = [];
    for (let k = 0; k < overlay.positions.length; k += 2) {
      points.push(svgPoint(place(overlay.positions[k], overlay.positions[k + 1])));
    }
    return [
      svgElement(overlay.closed ? "polygon" : "polyline", { points: points.join(" "), ...style }),
    ];
  }
  const { energies, positions } = overlay.points;
  return [...energies].map((energy, k) =>
    svgElement("circle", {
      ..._at(place(positions[2 * k], positions[2 * k + 1])),
      r: Math.max(2, radius(energy)),
      ...style,
    })
  );
}

/** Maps coordinates, y upwards, into a panel, with room around the points. */
function _placing(positions: Float64Array, left: number, top: number) {
  const [xs, ys] = [0, 1].map((axis) => positions.filter((_, k) => k % 2 === axis));
  const middle = (values: Float64Array) => (Math.min(...values) + Math.max(...values)) / 2;
  const extent = (values: Float64Array) => Math.max(...values) - Math.min(...values);
  const scale = SIZE / (1.6 * Math.max(extent(xs), extent(ys)));
  const [x0, y0] = [middle(xs), middle(ys)];
  return (x: number, y: number) => ({
    x: left + SIZE / 2 + scale * (x - x0),
    y: top + SIZE / 2 - scale * (y - y0),
  });
}

function _at({ x, y }: { x: number; y: number }) {
  return { cx: x, cy: y };
}

function _text(
  text: string,
  x: number,
  y: number,
  size: number,
  attributes: Record<string, string> = {},
): string {
  return svgElement("text", { x, y, "font-size": size, ...attributes }, [escapeXml(text)]);
}
