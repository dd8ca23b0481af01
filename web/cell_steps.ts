import { CELL_CENTRES, PITCH } from "./wafer_layout.ts";

/** Where the arrow keys point, y down. */
const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** A step may lead aside by as much as it leads on, and a little more. */
const STEEPEST = Math.cos(50 * Math.PI / 180);

/**
 * The cell that an arrow key leads to: the nearest one of those that lie about in its direction.
 *
 * @param cell Train index of the cell to start from.
 * @param key `KeyboardEvent.key`.
 * @returns The cell's train index; the same cell at the wafer's edge; `undefined` for other keys.
 */
export function cellTowards(cell: number, key: string): number | undefined {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return undefined;
  let nearest = cell, least = 1.6 * PITCH;
  CELL_CENTRES.forEach(({ x, y }, other) => {
    const dx = x - CELL_CENTRES[cell].x, dy = y - CELL_CENTRES[cell].y;
    const distance = Math.hypot(dx, dy);
    const along = (dx * direction[0] + dy * direction[1]) / distance;
    // What lies straight ahead comes before what is as near and lies aside.
    const cost = distance * (2 - along);
    if (other !== cell && along > STEEPEST && cost < least) {
      nearest = other;
      least = cost;
    }
  });
  return nearest;
}
