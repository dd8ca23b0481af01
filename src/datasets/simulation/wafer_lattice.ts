/**
 * The hexagonal lattice of wafers in a layer.
 *
 * @module
 */
import { SIMULATION } from "./constants.ts";
import { roundToHexagon } from "./hexagons.ts";

const PITCH = SIMULATION.geometry.waferPitch;
const ROW_HEIGHT = 1.5 * PITCH / Math.sqrt(3);

/** Distance from a wafer's centre to its corners, cm. */
export const WAFER_CORNER_RADIUS = PITCH / Math.sqrt(3);

/**
 * Centre of a wafer: x = (-2 u + v) pitch / 2, y = 1.5 v pitch / sqrt(3). Source: CMSSW's geometry
 * v12. In the endcap at z < 0 the same numbers stand for the mirror image, x with the other sign.
 *
 * @param u First lattice coordinate, `waferu`.
 * @param v Second lattice coordinate, `waferv`.
 * @returns x and y, cm.
 *
 * @example
 * ```ts
 * import { waferCentre } from "@hexmover/hexmover/datasets";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [x, y] = waferCentre(3, 5);
 * const [nextX, nextY] = waferCentre(4, 6);
 * assertAlmostEquals(Math.hypot(nextX - x, nextY - y), 16.74408, 1e-9);
 * ```
 */
export function waferCentre(u: number, v: number): [x: number, y: number] {
  return [(v - 2 * u) * PITCH / 2, v * ROW_HEIGHT];
}

/**
 * The wafer in which a point lies.
 *
 * @param x x, cm.
 * @param y y, cm.
 * @returns Its (u, v), packed; see {@linkcode roundToHexagon}.
 */
export function waferAt(x: number, y: number): number {
  const v = y / ROW_HEIGHT;
  return roundToHexagon(v / 2 - x / PITCH, v);
}
