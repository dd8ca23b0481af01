import { type Point, svgNumber, svgPoint } from "./svg.ts";

/**
 * A rounded outline around a group of places: all that is nearer than a margin to their convex hull.
 *
 * @param points At least one place.
 * @param margin Distance of the outline from the hull, positive.
 * @returns The `d` attribute of an SVG path.
 * @throws {RangeError} If there is no place or the margin is not positive.
 *
 * @example A circle around one place
 * ```ts
 * import { groupOutline } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(groupOutline([{ x: 5, y: 5 }], 2), "M7,5A2,2,0,0,1,3,5A2,2,0,0,1,7,5Z");
 * ```
 */
export function groupOutline(points: readonly Point[], margin: number): string {
  if (points.length === 0) throw new RangeError("Cannot outline a group: it has no places");
  if (!(margin > 0)) {
    throw new RangeError(
      `Cannot outline a group: margin must be positive, current value is ${margin}`,
    );
  }
  const hull = _convexHull(points);
  const arcTo = ({ x, y }: Point) => `A${[margin, margin, 0, 0, 1, x, y].map(svgNumber).join(",")}`;
  if (hull.length === 1) {
    const [{ x, y }] = hull;
    const right = { x: x + margin, y };
    return `M${svgPoint(right)}${arcTo({ x: x - margin, y })}${arcTo(right)}Z`;
  }
  // Each side of the hull moves outwards by the margin; arcs join one side's end to the next's start.
  const sides = hull.map((from, i) => _moved(from, hull[(i + 1) % hull.length], margin));
  const joined = sides.map(([start, end], i) =>
    (i === 0 ? `M${svgPoint(start)}` : arcTo(start)) + `L${svgPoint(end)}`
  );
  return `${joined.join("")}${arcTo(sides[0][0])}Z`;
}

/** Corners of the convex hull, clockwise on the screen (Andrew's monotone chain). */
function _convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
    .filter((p, i, all) => i === 0 || p.x !== all[i - 1].x || p.y !== all[i - 1].y);
  if (sorted.length < 2) return sorted;
  return [..._chain(sorted), ..._chain(sorted.toReversed())];
}

/** Half of the hull, without its last point. */
function _chain(sorted: readonly Point[]): Point[] {
  const chain: Point[] = [];
  for (const point of sorted) {
    while (chain.length >= 2 && _turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
    chain.push(point);
  }
  return chain.slice(0, -1);
}

/** Positive where the way a, b, c turns right on the screen, whose y points down. */
function _turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** A side, moved to its left by the margin: outwards, as the hull runs clockwise on the screen. */
function _moved(from: Point, to: Point, margin: number): [Point, Point] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const dx = (to.y - from.y) / length * margin;
  const dy = -(to.x - from.x) / length * margin;
  return [{ x: from.x + dx, y: from.y + dy }, { x: to.x + dx, y: to.y + dy }];
}
