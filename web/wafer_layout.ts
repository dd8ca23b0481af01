/**
 * Where the 48 trigger cells lie in a picture of the wafer, in the pixels of {@linkcode VIEW_BOX}.
 *
 * @module
 */
import { type Point, svgPoint } from "../src/experiments/svg.ts";
import { cellPositions, CELLS } from "../src/wafer/cells.ts";

/** Distance of neighbouring cells. */
export const PITCH = 28;

/** From the centre to a corner of the wafer's outline. */
const WAFER_RADIUS = 4.2 * PITCH;

/** A little more than the wafer: its corners point up and down. */
export const VIEW_BOX = { x: -106, y: -122, width: 212, height: 244 };

/** Centres of the cells, train order; the wafer's centre is the origin, y points down. */
export const CELL_CENTRES: readonly Point[] = _centres();

/** Corners of the wafer, for the attribute `points`. */
export const OUTLINE: string = _hexagon({ x: 0, y: 0 }, WAFER_RADIUS, 90);

/**
 * Corners of a cell's hexagon, for the attribute `points`.
 *
 * @param cell Train index of the cell.
 * @returns Six points; hexagons of two rhombi do not quite overlap.
 */
export function cellHexagon(cell: number): string {
  return _hexagon(CELL_CENTRES[cell], 0.87 * PITCH / Math.sqrt(3), 0);
}

function _centres(): Point[] {
  const positions = cellPositions({ geometry: "low_density", unit: "pitch" });
  return Array.from({ length: CELLS }, (_, cell) => ({
    x: PITCH * positions[2 * cell],
    y: -PITCH * positions[2 * cell + 1],
  }));
}

function _hexagon(centre: Point, radius: number, firstAngle: number): string {
  return Array.from({ length: 6 }, (_, k) => {
    const angle = (firstAngle + 60 * k) * Math.PI / 180;
    return svgPoint({
      x: centre.x + radius * Math.cos(angle),
      y: centre.y + radius * Math.sin(angle),
    });
  }).join(" ");
}
