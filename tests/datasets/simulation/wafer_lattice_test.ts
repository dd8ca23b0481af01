import { assertAlmostEquals, assertEquals } from "@std/assert";
import { unpackU, unpackV } from "../../../src/datasets/simulation/hexagons.ts";
import {
  WAFER_CORNER_RADIUS,
  waferAt,
  waferCentre,
} from "../../../src/datasets/simulation/wafer_lattice.ts";

const NEIGHBOURS = [[1, 0], [0, 1], [1, 1], [-1, 0], [0, -1], [-1, -1]];

Deno.test("waferCentre() has six neighbours at the pitch", () => {
  const [x, y] = waferCentre(2, -3);
  for (const [du, dv] of NEIGHBOURS) {
    const [nextX, nextY] = waferCentre(2 + du, -3 + dv);
    assertAlmostEquals(Math.hypot(nextX - x, nextY - y), 16.74408, 1e-9);
  }
});

Deno.test("waferAt() finds a wafer from its centre and from just inside its edges", () => {
  for (const [u, v] of [[0, 0], [5, -4], [-7, 2], [3, 8]]) {
    const [x, y] = waferCentre(u, v);
    for (const [du, dv] of [[0, 0], ...NEIGHBOURS]) {
      const [nextX, nextY] = waferCentre(u + du, v + dv);
      const packed = waferAt(x + 0.499 * (nextX - x), y + 0.499 * (nextY - y));
      assertEquals([unpackU(packed), unpackV(packed)], [u, v]);
    }
  }
});

Deno.test("wafers have corners above and below, between three wafers", () => {
  assertAlmostEquals(WAFER_CORNER_RADIUS, 16.74408 / Math.sqrt(3), 1e-12);
  const packed = waferAt(0, 0.999 * WAFER_CORNER_RADIUS);
  assertEquals([unpackU(packed), unpackV(packed)], [0, 0]);
});
