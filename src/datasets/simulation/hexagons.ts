/**
 * Rounding to the hexagon in which a point lies.
 *
 * @module
 */

/**
 * The hexagon whose centre is nearest to a point, in axial coordinates (u, v) whose neighbours are
 * (1, 0), (0, 1), (1, 1) and their opposites. Rounds the three cube coordinates u, -v and v - u and
 * puts right the one that was rounded farthest, so that they sum to zero again.
 *
 * @param u First coordinate of the point, within +-500.
 * @param v Second coordinate.
 * @returns Both integers packed into one, because inner loops must not allocate; {@linkcode unpackU}
 * and {@linkcode unpackV} take them out.
 */
export function roundToHexagon(u: number, v: number): number {
  let a = Math.round(u), b = Math.round(-v);
  const c = Math.round(v - u);
  if (a + b + c !== 0) {
    const errorA = Math.abs(a - u), errorB = Math.abs(b + v), errorC = Math.abs(c - (v - u));
    if (errorA > errorB && errorA > errorC) a = -b - c;
    else if (errorB > errorC) b = -a - c;
  }
  return (a + 512) << 10 | (512 - b);
}

/** The first coordinate of a packed hexagon. */
export function unpackU(packed: number): number {
  return (packed >> 10) - 512;
}

/** The second coordinate of a packed hexagon. */
export function unpackV(packed: number): number {
  return (packed & 1023) - 512;
}
