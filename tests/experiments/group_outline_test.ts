import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { groupOutline } from "../../src/experiments/group_outline.ts";
import type { Point } from "../../src/experiments/svg.ts";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("groupOutline() encloses each place at the margin or farther", () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = new RandomStream(seed, "outline");
    const places = Array.from({ length: 1 + random.integer(12) }, () => ({
      x: 100 * random.uniform(),
      y: 100 * random.uniform(),
    }));
    const margin = 1 + 5 * random.uniform();
    const corners = _corners(groupOutline(places, margin));
    for (const corner of corners) {
      const nearest = Math.min(...places.map((place) => _distance(place, corner)));
      // The ends of straight sides are exactly one margin away from a place of the hull.
      assertAlmostEquals(nearest, margin, 0.02);
    }
    assertEquals(new Set(corners.map((corner) => `${corner.x},${corner.y}`)).size >= 2, true);
  }
});

Deno.test("groupOutline() has the area of hull, margin strips and corner circle", () => {
  const square = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 0, y: 10 }];
  const inner = { x: 4, y: 6 };
  const path = groupOutline([...square, inner, square[0]], 2);
  // Without the arcs, what is left is an octagon: hull + strips + corner triangles.
  const corners = _corners(path);
  assertEquals(corners.length, 8 + 1); // closed on its first corner
  assertAlmostEquals(Math.abs(_area(corners)), 100 + 4 * 10 * 2 + 4 * 2 * 2 / 2, 0.05);
  assertEquals(path.match(/A2,2,0,0,1,/g)!.length, 4);
});

Deno.test("groupOutline() makes a capsule of two places or of places on one line", () => {
  const line = [{ x: 0, y: 0 }, { x: 5, y: 0 }, { x: 10, y: 0 }];
  const expected = "M0,-1L10,-1A1,1,0,0,1,10,1L0,1A1,1,0,0,1,0,-1Z";
  assertEquals(groupOutline(line, 1), expected);
  assertEquals(groupOutline([line[2], line[0]], 1), expected);
});

Deno.test("groupOutline() refuses no places and no margin", () => {
  assertThrows(() => groupOutline([], 1), RangeError, "it has no places");
  for (const margin of [0, -1, NaN]) {
    assertThrows(() => groupOutline([{ x: 0, y: 0 }], margin), RangeError, `value is ${margin}`);
  }
});

/** End points of the lines and arcs of a path. */
function _corners(path: string): Point[] {
  const ends = Array.from(path.matchAll(/[MLA][^MLAZ]*?(-?[\d.]+),(-?[\d.]+)(?=[MLAZ])/g));
  assert(ends.length > 0);
  return ends.map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

function _distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function _area(points: readonly Point[]): number {
  return points.reduce((sum, p, i) => {
    const q = points[(i + 1) % points.length];
    return sum + (p.x * q.y - q.x * p.y) / 2;
  }, 0);
}
