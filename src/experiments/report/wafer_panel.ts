import { cellPositions, CELLS } from "../../wafer/cells.ts";
import { viridis } from "../color_map.ts";
import { flowArrow } from "../flow_arrow.ts";
import { type Point, svgElement, svgNumber, svgPoint } from "../svg.ts";
import type { CellFlow } from "../wafer_drawing.ts";
import { type Html, trustedHtml } from "./html.ts";

/** A wafer as a small picture of a page. */
export interface WaferPanelOptions {
  /** What is to be seen, for readers who cannot see it. */
  readonly label: string;
  /** The charge of the brightest colour, > 0; a quarter of it has the middle colour. */
  readonly brightest: number;
  /** Charges below this one are shown as none. */
  readonly faintest: number;
  /** Transported charge, as arrows. */
  readonly flows?: readonly CellFlow[];
  /** The mass of the widest arrow. */
  readonly widest?: number;
}

/** Distance of neighbouring cells, pixels; the page scales the whole. */
const PITCH = 24;
/** From the centre to a corner of the wafer's outline, in pitches. */
const WAFER_RADIUS = 4.2;
/** Corner radius of a cell's hexagon, as in drawings of wafers. */
const CELL_RADIUS = 0.87 * PITCH / Math.sqrt(3);

/**
 * The shape of a cell, which every {@linkcode waferPanel} of a page refers to: it stands once on the page.
 *
 * @returns A hidden SVG.
 *
 * @example
 * ```ts
 * import { waferPanelShapes } from "./wafer_panel.ts";
 * import { assert } from "@std/assert";
 *
 * assert(waferPanelShapes().text.includes('id="cell"'));
 * ```
 */
export function waferPanelShapes(): Html {
  const cell = svgElement("polygon", { id: "cell", points: _hexagon(CELL_RADIUS, 0) });
  const outline = svgElement("polygon", {
    id: "outline",
    points: _hexagon(WAFER_RADIUS * PITCH, 90),
  });
  const defs = svgElement("defs", {}, [cell, outline]);
  return trustedHtml(
    svgElement("svg", { width: 0, height: 0, class: "shapes", "aria-hidden": "true" }, [defs]),
  );
}

/**
 * Draws a wafer, more briefly than `drawWafers` does: a page has hundreds of them, and its style sheet
 * gives the colours of outline, cells without charge and arrows, so that they follow its scheme.
 *
 * @param charges 48 charges in train order, >= 0.
 * @param options Its label, colours and arrows.
 * @returns An `<svg>` that refers to {@linkcode waferPanelShapes}.
 *
 * @example One cell with charge
 * ```ts
 * import { waferPanel } from "./wafer_panel.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = Array(48).fill(0).with(5, 70);
 * const { text } = waferPanel(charges, { label: "A hit", brightest: 70, faintest: 0.5 });
 * assertEquals(text.split('fill="#fde725"').length - 1, 1);
 * ```
 */
export function waferPanel(charges: ArrayLike<number>, options: WaferPanelOptions): Html {
  const { label, brightest, faintest, flows = [], widest = 1 } = options;
  const positions = cellPositions({ geometry: "low_density", unit: "pitch" });
  const at = (cell: number): Point => ({
    x: PITCH * positions[2 * cell],
    y: -PITCH * positions[2 * cell + 1],
  });
  const cells = Array.from({ length: CELLS }, (_, cell) => {
    // By the root, so that the other cells of a wafer with one large charge are told apart too.
    const share = Math.sqrt(Math.min(charges[cell] / brightest, 1));
    const fill = charges[cell] < faintest || charges[cell] === 0 ? undefined : viridis(share);
    return svgElement("use", { href: "#cell", ...at(cell), fill });
  });
  const arrows = flows
    .toSorted((one, other) => one.mass - other.mass)
    .map(({ from, to, mass }) =>
      flowArrow(at(from), at(to), {
        width: (0.03 + 0.22 * mass / widest) * PITCH,
        gap: 0.1 * PITCH,
        color: "currentColor",
        opacity: 0.55 + 0.4 * mass / widest,
      })
    );
  const width = Math.sqrt(3) * WAFER_RADIUS * PITCH + 4, height = 2 * WAFER_RADIUS * PITCH + 4;
  return trustedHtml(svgElement("svg", {
    class: "wafer",
    viewBox: [-width / 2, -height / 2, width, height].map(svgNumber).join(" "),
    role: "img",
    "aria-label": label,
  }, [
    svgElement("use", { class: "outline", href: "#outline" }),
    svgElement("g", { class: "cells" }, cells),
    arrows.length === 0 ? "" : svgElement("g", { class: "flows" }, arrows),
  ]));
}

/** Corners of a regular hexagon around the origin; the first lies at an angle in degrees. */
function _hexagon(radius: number, firstAngle: number): string {
  return Array.from({ length: 6 }, (_, k) => {
    const angle = (firstAngle + 60 * k) * Math.PI / 180;
    return svgPoint({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
  }).join(" ");
}
