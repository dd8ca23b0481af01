/**
 * How far from its axis a shower leaves energy, as a function of depth.
 *
 * @module
 */
import { SIMULATION } from "./constants.ts";

const shower = SIMULATION.shower;
const Z = shower.atomicNumber, F = shower.inverseSamplingFactor, LACK = 1 - shower.electronOverMip;
const RADIUS = shower.moliereRadius;

/**
 * A mixture of a core and a tail, each with density 2 r w^2 / (r^2 + w^2)^2 in the distance r. Source:
 * Grindhammer and Peters, hep-ex/0001020, for sampling calorimeters; tau is the depth over that of the
 * shower's maximum.
 *
 * One object serves all spots of a shower, so that nothing is allocated in the inner loop.
 */
export class RadialProfile {
  /** Width w of the core, cm. */
  core = 0;
  /** Width w of the tail, cm. */
  tail = 0;
  /** Share of the energy in the core. */
  coreShare = 0;
  readonly #coreOffset: number;
  readonly #tailGrowth: number;
  readonly #shareScale: number;

  /** @param energy Energy of the shower, GeV. */
  constructor(energy: number) {
    const lnE = Math.log(Math.max(energy, shower.leastProfileEnergy));
    this.#coreOffset = 0.0251 + 0.00319 * lnE - 0.0203 * LACK;
    this.#tailGrowth = 0.3585 + 0.0421 * lnE;
    this.#shareScale = 1 / (1.313 - 0.0686 * lnE);
  }

  /**
   * Moves to a depth.
   *
   * @param tau Depth over that of the maximum, >= 0.
   */
  moveTo(tau: number): void {
    const decay = F * Math.exp(-tau);
    const core = this.#coreOffset + (0.1162 - 0.000381 * Z) * tau + 0.0397 * decay;
    const behind = tau - 0.645;
    const tail = (0.659 - 0.00309 * Z) *
        (Math.exp(-2.59 * behind) + Math.exp(this.#tailGrowth * behind)) -
      0.14 * LACK - 0.495 * decay;
    const x = (0.401 + 0.00187 * Z - tau) * this.#shareScale;
    const share = (2.632 - 0.00094 * Z) * Math.exp(x - Math.exp(x)) +
      LACK * (0.348 - 0.642 * F * Math.exp(-(tau - 1) * (tau - 1)));
    const safeCore = Math.max(core, 0.01);
    this.core = RADIUS * safeCore;
    this.tail = RADIUS * Math.min(Math.max(tail, 2 * safeCore), 6);
    this.coreShare = Math.min(Math.max(share, 0), 1);
  }
}
