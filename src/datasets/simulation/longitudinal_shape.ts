/**
 * How the energy of an electromagnetic shower is spread over depth.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";

/** Parameters of the gamma distribution of depth: density t^(alpha - 1) exp(-(alpha - 1) t / maximum). */
export interface LongitudinalShape {
  /** Depth of the maximum T, X0. */
  readonly maximum: number;
  /** Shape alpha. */
  readonly alpha: number;
}

const constants = SIMULATION.shower;

/**
 * The shape of a shower: with y the energy over the critical energy,
 *
 *     <ln T> = ln(-1.396 + 1.007 ln y),  <ln alpha> = ln(-0.0433 + 0.540 ln y)
 *
 * and correlated normal fluctuations of both. Source: Grindhammer and Peters, hep-ex/0001020, with the
 * constants for a sampling calorimeter in HGCAL-FastShower.
 *
 * @param energy Energy, GeV.
 * @param stream Where fluctuations come from; without it the mean shape is returned.
 * @returns Maximum and alpha.
 */
export function longitudinalShape(energy: number, stream?: RandomStream): LongitudinalShape {
  const lnY = Math.log(Math.max(energy / constants.criticalEnergy, constants.leastScaledEnergy));
  const along = ([offset, slope]: readonly number[]) => offset + slope * lnY;
  let lnT = Math.log(along(constants.meanLogT));
  let lnAlpha = Math.log(along(constants.meanLogAlpha));
  if (stream !== undefined) {
    const correlation = along(constants.correlation);
    const same = Math.sqrt((1 + correlation) / 2) * stream.normal();
    const opposite = Math.sqrt((1 - correlation) / 2) * stream.normal();
    lnT += _spread(along(constants.spreadLogT)) * (same + opposite);
    lnAlpha += _spread(along(constants.spreadLogAlpha)) * (same - opposite);
  }
  return { maximum: Math.exp(lnT), alpha: Math.max(Math.exp(lnAlpha), constants.leastAlpha) };
}

/** One over the inverse, cut off where the published line comes near zero or crosses it. */
function _spread(inverse: number): number {
  return inverse > 0 ? Math.min(1 / inverse, constants.largestSpread) : constants.largestSpread;
}
