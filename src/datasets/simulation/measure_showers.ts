/**
 * Showers alone, without pile-up and electronics: what validation compares with published values.
 *
 * @module
 */
import { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";
import { depositShower } from "./em_shower.ts";
import { generateParticle } from "./generated_particle.ts";
import { TRIGGER_LAYERS } from "./layers.ts";
import { depositPileUp } from "./pile_up.ts";
import { ShowerProbe } from "./shower_probe.ts";
import { showersOf } from "./upstream.ts";

/** Layers that are not read count as much as those that are. */
const LAYERS_FOR_EACH_READ = 2;

/** How electrons' energy is spread over the trigger layers. */
export interface LayerProfile {
  /** Share of each trigger layer. */
  readonly shares: readonly number[];
  /** Number of the layer with the largest share. */
  readonly peakLayer: number;
  /** Mean number of the layer, by energy. */
  readonly meanLayer: number;
}

/**
 * The layer profile of electrons with a transverse momentum of 2 to 35 GeV, even in |eta| 1.5 to 3,
 * after the material in front.
 *
 * @param seed Seed of all random numbers.
 * @param showers How many electrons.
 * @returns The profile.
 */
export function measureLayerProfile(seed: number, showers: number): LayerProfile {
  const sums = new Float64Array(TRIGGER_LAYERS.length);
  for (let index = 0; index < showers; index++) {
    const stream = new RandomStream(seed, "layer profile", index);
    const particle = generateParticle(stream, "electron", [2, 35], [1.5, 3]);
    const probe = new ShowerProbe(0, 0);
    for (const start of showersOf(stream, particle)) depositShower(probe, stream, start);
    probe.layerEnergies().forEach((energy, layer) => sums[layer] += energy);
  }
  const total = sums.reduce((sum, energy) => sum + energy, 0);
  const shares = Array.from(sums, (energy) => energy / total);
  return {
    shares,
    peakLayer: TRIGGER_LAYERS[shares.indexOf(Math.max(...shares))],
    meanLayer: shares.reduce((sum, share, layer) => sum + share * TRIGGER_LAYERS[layer], 0),
  };
}

/** Response and resolution of showers of one energy. */
export interface Resolution {
  /** Energy, GeV. */
  readonly energy: number;
  /** Mean of the measured over the true energy. */
  readonly response: number;
  /** Standard deviation of the measured energy over its mean. */
  readonly resolution: number;
}

/**
 * Response and resolution of the 14 trigger layers for electromagnetic showers at |eta| = 2, without
 * material in front, pile-up and the constant term: what is left is sampling and leakage.
 *
 * @param seed Seed of all random numbers.
 * @param energies Energies, GeV.
 * @param showers How many showers of each energy.
 * @returns What was measured at each energy.
 */
export function measureResolution(
  seed: number,
  energies: readonly number[],
  showers: number,
): Resolution[] {
  return energies.map((energy) => {
    let sum = 0, squares = 0;
    for (let index = 0; index < showers; index++) {
      const stream = new RandomStream(seed, `resolution at ${energy} GeV`, index);
      const ratio = LAYERS_FOR_EACH_READ * _showerAtEta2(stream, energy).energy() / energy;
      sum += ratio;
      squares += ratio * ratio;
    }
    const response = sum / showers;
    const variance = (squares / showers - response * response) * showers / (showers - 1);
    return { energy, response, resolution: Math.sqrt(variance) / response };
  });
}

/** Radii in cm around a shower's axis that hold 68 % and 90 % of its energy. */
export interface Containment {
  /** In all trigger layers together. */
  readonly all: { readonly r68: number; readonly r90: number };
  /** In layer 9. */
  readonly layer9: { readonly r68: number; readonly r90: number };
}

/**
 * Lateral containment of showers of 50 GeV at |eta| = 2.
 *
 * @param seed Seed of all random numbers.
 * @param showers How many showers.
 * @returns The radii of their sum.
 */
export function measureContainment(seed: number, showers: number): Containment {
  const all = new ShowerProbe(1 / Math.sinh(2), 0);
  for (let index = 0; index < showers; index++) {
    _showerAtEta2(new RandomStream(seed, "containment", index), 50, all);
  }
  const radii = (layer?: number) => ({
    r68: all.radiusHolding(0.68, layer),
    r90: all.radiusHolding(0.90, layer),
  });
  return { all: radii(), layer9: radii(TRIGGER_LAYERS.indexOf(9)) };
}

/** Mean and standard deviation of pile-up's transverse energy around an axis, GeV. */
export interface PileUpEnergy {
  /** |eta| of the axis. */
  readonly eta: number;
  /** Mean, GeV. */
  readonly mean: number;
  /** Standard deviation, GeV. */
  readonly spread: number;
}

/**
 * Transverse energy that 200 pile-up interactions leave within a slope of 0.015 of an axis, the size of
 * the trigger's clusters.
 *
 * @param seed Seed of all random numbers.
 * @param etas |eta| of the axes.
 * @param events How many events for each.
 * @returns What was measured around each.
 */
export function measurePileUpEnergy(
  seed: number,
  etas: readonly number[],
  events: number,
): PileUpEnergy[] {
  return etas.map((eta) => {
    const slope = 1 / Math.sinh(eta);
    let sum = 0, squares = 0;
    for (let event = 0; event < events; event++) {
      const probe = new ShowerProbe(slope, 0, 0.015);
      const stream = new RandomStream(seed, `pile-up energy at ${eta}`, event);
      depositPileUp(probe, stream, 200, slope, 0);
      const transverse = LAYERS_FOR_EACH_READ * probe.energy() / Math.cosh(eta);
      sum += transverse;
      squares += transverse * transverse;
    }
    const mean = sum / events;
    return { eta, mean, spread: Math.sqrt(Math.max(squares / events - mean * mean, 0)) };
  });
}

function _showerAtEta2(
  stream: RandomStream,
  energy: number,
  probe: ShowerProbe = new ShowerProbe(1 / Math.sinh(2), 0),
): ShowerProbe {
  const slopeX = 1 / Math.sinh(2);
  const startDepth = SIMULATION.shower.startDepth.photon;
  const start = { energy, slopeX, slopeY: 0, shiftX: 0, shiftY: 0, startDepth, fluctuates: true };
  depositShower(probe, stream, start);
  return probe;
}
