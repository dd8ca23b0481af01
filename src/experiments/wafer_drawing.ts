import { cellPositions, CELLS } from "../wafer/cells.ts";
import type { TakenAs } from "../wafer/orders.ts";
import { checkPanels } from "./check_panels.ts";
import { colorBar } from "./color_bar.ts";
import { PALETTE, textColorOn } from "./color_map.ts";
import { type ColorScale, colorScale } from "./color_scale.ts";
import { type Axis, axisTitle } from "./figure.ts";
import { flowArrow } from "./flow_arrow.ts";
import { groupOutline } from "./group_outline.ts";
import { escapeXml, type Point, svgElement, svgLines, svgPoint } from "./svg.ts";
import { svgDocument } from "./svg_document.ts";
import { textWidth } from "./text_width.ts";

/** Charge that moves from one trigger cell to another, as `waferEmd` lists it. */
export interface CellFlow {
  /** Train index of the cell that it leaves. */
  readonly from: number;
  /** Train index of another cell, which it reaches. */
  readonly to: number;
  /** Fraction of the wafer's charge. */
  readonly mass: number;
}

/** Trigger cells that belong together, for example a supercell. */
export interface CellGroup {
  /** Train indices of the cells, at least one. */
  readonly cells: readonly number[];
  /** Colour as `#rrggbb`; by default the next one of {@linkcode PALETTE}. */
  readonly color?: string;
  /** Opacity of the fill, from 0 (outline alone) to 1; default 0.25. */
  readonly opacity?: number;
  /** Text in the middle of the group. */
  readonly label?: string;
}

/** One wafer of a drawing. All its cells are in train order. */
export interface WaferPanel {
  /** Line above the wafer. */
  readonly title: string;
  /** Smaller second line, for example the EMD with its unit. */
  readonly subtitle?: string;
  /** Charge of each cell, length 48, not negative. Cells without charge stay pale. */
  readonly charges?: TakenAs<"train">;
  /** Text on each cell, length 48; `""` for none. */
  readonly labels?: readonly string[];
  /** Transported charge, as arrows on paler cells, for example the `flows` of `waferEmd`. */
  readonly flows?: readonly CellFlow[];
  /** Groups of cells to outline, the last on top. */
  readonly groups?: readonly CellGroup[];
}

/** Options of {@linkcode drawWafers}. */
export interface WaferDrawingOptions {
  /** Line above all wafers. */
  readonly title?: string;
  /**
   * What the colours say, with unit, scale and domain, one for all wafers; needed when there are
   * charges. The domain is by default from zero (on a logarithmic scale from the least charge that
   * is not zero) to the greatest charge.
   */
  readonly color?: Axis;
  /**
   * Distance of neighbouring cells, pixels.
   *
   * @default {28}
   */
  readonly pitch?: number;
}

const INK = "#222222";
const EMPTY = "#e9e9e9";
const FLOW = "#b3002d";
const MARGIN = 16;
/** Size of a hexagon from flat to flat, in pitches: just no overlap where two rhombi meet. */
const CELL_SIZE = 0.87;
/** From the centre to a corner of the wafer's outline, in pitches. */
const WAFER_RADIUS = 4.2;

/**
 * Draws wafers side by side as hexagonal heat maps, with the optimal flow as arrows where wanted.
 *
 * A hexagon stands at the centre of each trigger cell, turned as the wafer is. Arrows are as wide as
 * the charge that they move, relative to the widest of the drawing, which a line below names.
 *
 * @param panels The wafers, from left to right; at least one.
 * @param options Title, colours and size.
 * @returns The SVG text; equal input gives equal text.
 * @throws {TypeError} If a list does not have 48 entries, or charges come without `color`.
 * @throws {RangeError} If a charge, a cell or an option is not allowed.
 *
 * @example
 * ```ts
 * import { drawWafers } from "@hexmover/hexmover/experiments";
 * import { assert } from "@std/assert";
 *
 * const charges = Float64Array.from({ length: 48 }, (_, i) => i);
 * const svg = drawWafers([{ title: "ramp", charges }], {
 *   color: { label: "charge", unit: "ADC counts" },
 * });
 * assert(svg.startsWith("<svg ") && svg.includes("charge (ADC counts)"));
 * ```
 */
export function drawWafers(
  panels: readonly WaferPanel[],
  options: WaferDrawingOptions = {},
): string {
  checkPanels(panels, options);
  const pitch = options.pitch ?? 28;
  const scale = _scale(panels, options.color);
  const widest = Math.max(0, ...panels.flatMap(({ flows = [] }) => flows.map(({ mass }) => mass)));

  const hasSubtitle = panels.some(({ subtitle }) => subtitle !== undefined);
  const top = MARGIN + (options.title === undefined ? 0 : 32) + (hasSubtitle ? 42 : 26);
  const panelWidth = Math.max(
    (Math.sqrt(3) * WAFER_RADIUS + 0.7) * pitch,
    ...panels.map(({ title, subtitle = "" }) =>
      Math.max(textWidth(title, 14), textWidth(subtitle, 12)) + 14
    ),
  );
  const middle = top + WAFER_RADIUS * pitch;
  const wafers = panels.map((panel, i) => {
    const centre = { x: MARGIN + (i + 0.5) * panelWidth, y: middle };
    return _panel(panel, { centre, pitch, scale, widest, hasSubtitle });
  });

  const right = MARGIN + panels.length * panelWidth;
  const bar = scale && colorBar(scale, {
    x: right + 6,
    y: middle - 3 * pitch,
    height: 6 * pitch,
    label: axisTitle(options.color!),
  });
  const width = Math.max(
    right + (bar ? 6 + bar.width : 0) + MARGIN,
    textWidth(options.title ?? "", 15) + 2 * MARGIN,
  );
  const height = middle + WAFER_RADIUS * pitch + (widest > 0 ? 20 : 0) + MARGIN;
  return _document(width, height, options.title ?? panels.map(({ title }) => title).join(", "), [
    options.title === undefined ? "" : _text(options.title, { x: MARGIN, y: MARGIN + 15 }, 15),
    ...wafers,
    bar?.svg ?? "",
  ]);
}

/** What a panel needs to know of the drawing. */
interface _Place {
  readonly centre: Point;
  readonly pitch: number;
  readonly scale: ColorScale | undefined;
  /** Greatest mass of all flows. */
  readonly widest: number;
  /** Whether any wafer has a second line, so that all first lines stand at one height. */
  readonly hasSubtitle: boolean;
}

function _panel(panel: WaferPanel, place: _Place): string {
  const { centre, pitch, widest } = place;
  const positions = cellPositions({ geometry: "low_density", unit: "pitch" });
  const cells = Array.from({ length: CELLS }, (_, i) => ({
    x: centre.x + pitch * positions[2 * i],
    y: centre.y - pitch * positions[2 * i + 1],
  }));
  const lowestTitle = centre.y - WAFER_RADIUS * pitch - 12;
  const title = { x: centre.x, y: lowestTitle - (place.hasSubtitle ? 17 : 0) };
  const foot = { x: centre.x, y: centre.y + WAFER_RADIUS * pitch + 18 };
  return svgElement("g", {}, [
    _text(panel.title, title, 14, { "text-anchor": "middle" }),
    _text(panel.subtitle ?? "", { x: centre.x, y: lowestTitle }, 12, {
      "text-anchor": "middle",
      fill: "#555555",
    }),
    svgElement("polygon", {
      points: _hexagon(centre, WAFER_RADIUS * pitch, 90),
      fill: "none",
      stroke: "#8c8c8c",
      "stroke-width": 1.2,
    }),
    _cells(panel, cells, place),
    ..._groups(panel, cells, place),
    ..._arrows(panel, cells, place),
    ..._labels(panel, cells, place),
    (panel.flows ?? []).length > 0 ? _widthNote(widest, foot) : "",
  ]);
}

function _cells(panel: WaferPanel, cells: readonly Point[], place: _Place): string {
  const radius = CELL_SIZE * place.pitch / Math.sqrt(3);
  // Paler under arrows, which would be lost on the full colours.
  const opacity = panel.flows === undefined ? undefined : 0.4;
  return svgElement(
    "g",
    { "fill-opacity": opacity },
    cells.map((cell, i) =>
      svgElement("polygon", { points: _hexagon(cell, radius, 0), fill: _fill(panel, i, place) })
    ),
  );
}

function _groups(panel: WaferPanel, cells: readonly Point[], { pitch }: _Place): string[] {
  return (panel.groups ?? []).flatMap((group, i) => {
    const color = group.color ?? PALETTE[i % PALETTE.length];
    const opacity = group.opacity ?? 0.25;
    const members = group.cells.map((cell) => cells[cell]);
    const middle = {
      x: members.reduce((sum, { x }) => sum + x, 0) / members.length,
      y: members.reduce((sum, { y }) => sum + y, 0) / members.length + 0.13 * pitch,
    };
    const fill = opacity > 0.5 ? textColorOn(color) : INK;
    return [
      svgElement("path", {
        d: groupOutline(members, 0.38 * pitch),
        fill: color,
        "fill-opacity": opacity,
        stroke: color,
        "stroke-width": 0.07 * pitch,
      }),
      _text(group.label ?? "", middle, 0.4 * pitch, { "text-anchor": "middle", fill }),
    ];
  });
}

function _arrows(panel: WaferPanel, cells: readonly Point[], place: _Place): string[] {
  const { pitch, widest } = place;
  return (panel.flows ?? [])
    .toSorted((one, other) => one.mass - other.mass)
    .map(({ from, to, mass }) =>
      flowArrow(cells[from], cells[to], {
        width: (0.03 + 0.22 * mass / widest) * pitch,
        gap: 0.1 * pitch,
        color: FLOW,
        opacity: 0.5 + 0.4 * mass / widest,
      })
    );
}

function _labels(panel: WaferPanel, cells: readonly Point[], place: _Place): string[] {
  const size = 0.36 * place.pitch;
  return (panel.labels ?? []).map((label, i) => {
    const fill = panel.flows === undefined ? textColorOn(_fill(panel, i, place)) : INK;
    const at = { x: cells[i].x, y: cells[i].y + 0.36 * size };
    return _text(label, at, size, { "text-anchor": "middle", fill });
  });
}

function _fill(panel: WaferPanel, cell: number, { scale }: _Place): string {
  const charge = panel.charges?.[cell] ?? 0;
  return charge > 0 && scale ? scale.color(charge) : EMPTY;
}

/** The colour scale of all charges, or none when there are none. */
function _scale(panels: readonly WaferPanel[], axis: Axis | undefined): ColorScale | undefined {
  if (axis === undefined || panels.every(({ charges }) => charges === undefined)) return undefined;
  const kind = axis.scale ?? "linear";
  const charges = panels.flatMap((panel) => Array.from(panel.charges ?? [])).filter((c) => c > 0);
  // Wafers without any charge still get a scale, for the bar to have numbers.
  const high = Math.max(...charges, charges.length === 0 ? 1 : 0);
  const low = kind === "linear" ? 0 : Math.min(...charges, high / 10);
  return colorScale(axis.domain ?? [low, high], kind);
}

function _widthNote(widest: number, at: Point): string {
  const percent = Number((100 * widest).toPrecision(2));
  return _text(`widest arrow: ${percent} % of the charge`, at, 11, {
    "text-anchor": "middle",
    fill: "#555555",
  });
}

function _document(
  width: number,
  height: number,
  title: string,
  content: readonly string[],
): string {
  return svgLines(svgDocument({ width, height, title }, content));
}

function _text(
  text: string,
  at: Point,
  size: number,
  attributes: Record<string, string> = {},
): string {
  if (text === "") return "";
  return svgElement("text", { ...at, "font-size": size, ...attributes }, [escapeXml(text)]);
}

/** Corners of a regular hexagon; the first lies at an angle in degrees. */
function _hexagon(centre: Point, radius: number, firstAngle: number): string {
  return Array.from({ length: 6 }, (_, k) => {
    const angle = (firstAngle + 60 * k) * Math.PI / 180;
    const x = centre.x + radius * Math.cos(angle);
    return svgPoint({ x, y: centre.y + radius * Math.sin(angle) });
  }).join(" ");
}
