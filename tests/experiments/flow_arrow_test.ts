import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { flowArrow } from "../../src/experiments/flow_arrow.ts";
import type { Point } from "../../src/experiments/svg.ts";

const LOOKS = { width: 4, gap: 3, color: "#b3002d", opacity: 0.5 };

Deno.test("flowArrow() runs from near one end to near the other, as wide as asked", () => {
  const from = { x: 10, y: 20 };
  const to = { x: 70, y: 100 }; // 100 pixels away
  const points = _points(flowArrow(from, to, LOOKS));
  const along = points.map((p) => ((p.x - 10) * 0.6 + (p.y - 20) * 0.8));
  const across = points.map((p) => ((p.y - 20) * 0.6 - (p.x - 10) * 0.8));
  assertAlmostEquals(Math.min(...along), 3, 0.01);
  assertAlmostEquals(Math.max(...along), 97, 0.01);
  assertAlmostEquals(across[0] - across.at(-1)!, 4, 0.02);
  // The tip lies on the line between the places, and it is a mirror image of itself.
  const tip = along.indexOf(Math.max(...along));
  assertAlmostEquals(across[tip], 0, 0.01);
  assertAlmostEquals(across.reduce((sum, side) => sum + side, 0), 0, 0.05);
});

Deno.test("flowArrow() keeps shaft and head on short ways", () => {
  const points = _points(flowArrow({ x: 0, y: 0 }, { x: 8, y: 0 }, LOOKS));
  const along = points.map(({ x }) => x);
  assertAlmostEquals(along[0], 1);
  assertAlmostEquals(Math.max(...along), 7);
  assert(along[1] > along[0], "the head swallows the shaft");
});

Deno.test("flowArrow() refuses two ends at one place", () => {
  const place = { x: 1, y: 2 };
  assertThrows(() => flowArrow(place, { ...place }, LOOKS), RangeError, "its ends must differ");
});

function _points(polygon: string): Point[] {
  const [, list] = /points="([^"]+)"/.exec(polygon)!;
  return list.split(" ").map((pair) => {
    const [x, y] = pair.split(",").map(Number);
    return { x, y };
  });
}
