/**
 * Directions of pile-up particles: even in (eta, phi), within a disc around an axis.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";

const { discRadius, etaRange } = SIMULATION.pileUp;

/**
 * Draws directions with density 1 / (rho^2 sqrt(1 + rho^2)) in the plane of slopes (x/z, y/z), rho
 * being the distance from the beam: this is even in (eta, phi), as rho = 1 / sinh(eta). Candidates are
 * even in the disc; one is kept with the density there over the largest one.
 */
export class PileUpDisc {
  /** x/z of the direction drawn last. */
  x = 0;
  /** y/z of the direction drawn last. */
  y = 0;
  /** Its distance from the beam, rho. */
  radius = 0;
  /** How many candidates to draw for one particle in a unit of (eta, phi). */
  readonly candidates: number;
  /** cosh(eta) at the end of the disc that is nearest to the beam. */
  readonly largestCoshEta: number;
  readonly #axisX: number;
  readonly #axisY: number;
  readonly #least: number;
  readonly #most: number;

  /**
   * @param slopeX x/z of the axis.
   * @param slopeY y/z of the axis.
   */
  constructor(slopeX: number, slopeY: number) {
    const axis = Math.hypot(slopeX, slopeY);
    this.#axisX = slopeX;
    this.#axisY = slopeY;
    this.#least = Math.max(axis - discRadius, 1 / Math.sinh(etaRange[1]));
    this.#most = Math.min(axis + discRadius, 1 / Math.sinh(etaRange[0]));
    this.candidates = Math.PI * discRadius * discRadius * _density(this.#least);
    this.largestCoshEta = _coshEta(this.#least);
  }

  /** cosh(eta) of the direction drawn last. */
  get coshEta(): number {
    return _coshEta(this.radius);
  }

  /**
   * Draws a candidate.
   *
   * @param stream Where the randomness comes from.
   * @returns Whether it is kept.
   */
  draw(stream: RandomStream): boolean {
    return this.#draw(stream) < 1;
  }

  /**
   * Draws a candidate from a density that is higher by cosh(eta)^power, of which there are
   * largestCoshEta^power as many.
   *
   * @param stream Where the randomness comes from.
   * @param power The power, >= 0.
   * @returns Whether it is kept.
   */
  drawSteeper(stream: RandomStream, power: number): boolean {
    const quotient = this.#draw(stream);
    return quotient < 1 && quotient < Math.pow(this.coshEta / this.largestCoshEta, power);
  }

  /** Draws a candidate; a uniform number over the probability to keep it. */
  #draw(stream: RandomStream): number {
    let x = 0, y = 0;
    do {
      x = 2 * stream.uniform32() - 1;
      y = 2 * stream.uniform32() - 1;
    } while (x * x + y * y >= 1);
    x = this.x = this.#axisX + discRadius * x;
    y = this.y = this.#axisY + discRadius * y;
    const radius = this.radius = Math.sqrt(x * x + y * y);
    if (radius < this.#least || radius > this.#most) return Infinity;
    return stream.uniform32() * _density(this.#least) / _density(radius);
  }
}

function _density(radius: number): number {
  return 1 / (radius * radius * Math.sqrt(1 + radius * radius));
}

function _coshEta(radius: number): number {
  return Math.sqrt(1 + 1 / (radius * radius));
}
