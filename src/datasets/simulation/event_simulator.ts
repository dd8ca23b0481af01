/**
 * One event: a particle in the middle of pile-up.
 *
 * @module
 */
import { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { CellEnergies, type RecordedWafer } from "./cell_energies.ts";
import { digitise } from "./digitise.ts";
import { depositShower } from "./em_shower.ts";
import type { EventSettings } from "./event_settings.ts";
import { type GeneratedParticle, generateParticle } from "./generated_particle.ts";
import { TRIGGER_LAYERS } from "./layers.ts";
import { SuppressedNoise } from "./noise.ts";
import { depositPileUp } from "./pile_up.ts";
import { showersOf } from "./upstream.ts";

/** A wafer of an event as the trigger sees it. */
export interface SimulatedWafer {
  /** The wafer. */
  readonly wafer: RecordedWafer;
  /** 48 transverse charges (CALQ), train order. Overwritten by the next wafer. */
  readonly charges: Float64Array;
  /** 48 charges before the transverse factor (tc_data). Overwritten by the next wafer. */
  readonly rawCharges: Float64Array;
  /** Energy in its cells that is the generated particle's, GeV. */
  readonly signalEnergy: number;
  /** Energy in its cells, GeV. */
  readonly energy: number;
}

/**
 * Simulates events one after the other. An event depends on the settings and its number alone: it
 * draws from streams of its own, one for the particle, one for pile-up and one for noise, so that the
 * particle is the same with and without pile-up.
 */
export class EventSimulator {
  readonly #settings: EventSettings;
  readonly #cells = new CellEnergies();
  readonly #charges = new Float64Array(CELLS);
  readonly #rawCharges = new Float64Array(CELLS);

  /** @param settings What to simulate. */
  constructor(settings: EventSettings) {
    this.#settings = settings;
  }

  /**
   * Simulates an event.
   *
   * @param event Its number, a safe integer.
   * @param eachWafer Called with each wafer around the particle's axis that is in one of the layers of
   * the settings, hit or not, by layer, u and v.
   * @returns The generated particle.
   */
  simulate(event: number, eachWafer: (wafer: SimulatedWafer) => void): GeneratedParticle {
    const { seed, particle: kind, pT, eta, pileUp, layers } = this.#settings;
    const cells = this.#cells;
    const stream = new RandomStream(seed, "generated particle", event);
    const particle = generateParticle(stream, kind, pT, eta);
    const slope = 1 / Math.sinh(particle.eta);
    const slopeX = slope * Math.cos(particle.phi), slopeY = slope * Math.sin(particle.phi);
    cells.begin(slopeX, slopeY);
    for (const shower of showersOf(stream, particle)) depositShower(cells, stream, shower);
    const signal = cells.wafers.map((_, slot) => _sum(cells.energiesOf(slot)));

    if (pileUp > 0) {
      depositPileUp(cells, new RandomStream(seed, "pile-up", event), pileUp, slopeX, slopeY);
    }

    const noise = new SuppressedNoise(new RandomStream(seed, "noise", event));
    const charges = this.#charges, rawCharges = this.#rawCharges;
    cells.wafers.forEach((wafer, slot) => {
      // All wafers draw their noise, so that a choice of layers does not change the others.
      const energies = cells.energiesOf(slot);
      digitise(wafer, energies, noise, rawCharges, charges);
      if (!layers.includes(TRIGGER_LAYERS[wafer.layer])) return;
      eachWafer({
        wafer,
        charges,
        rawCharges,
        signalEnergy: signal[slot],
        energy: _sum(energies),
      });
    });
    return particle;
  }
}

function _sum(energies: Float64Array): number {
  let sum = 0;
  for (let cell = 0; cell < energies.length; cell++) sum += energies[cell];
  return sum;
}
