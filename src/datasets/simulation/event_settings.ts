/**
 * What is simulated: the settings of an event, checked.
 *
 * @module
 */
import { SIMULATION } from "./constants.ts";
import type { ParticleKind, PtSpectrum } from "./generated_particle.ts";
import { TRIGGER_LAYERS } from "./layers.ts";

/** What an event depends on, besides its number: plain data, which can be sent to a worker. */
export interface EventSettings {
  /** Seed of all random numbers. */
  readonly seed: number;
  /** What is generated. */
  readonly particle: ParticleKind;
  /** Its transverse momentum, GeV. */
  readonly pT: PtSpectrum;
  /** Range of |eta|. */
  readonly eta: readonly [min: number, max: number];
  /** Mean number of pile-up interactions. */
  readonly pileUp: number;
  /** The layers whose wafers are given. */
  readonly layers: readonly number[];
}

/** The default settings: those of the published sample. */
export const DEFAULT_SETTINGS: Omit<EventSettings, "seed"> = {
  particle: "electron",
  pT: [2, 35],
  eta: [1.5, 3.0],
  pileUp: 200,
  layers: TRIGGER_LAYERS,
};

/**
 * Completes and checks settings.
 *
 * @param settings The settings; those that are missing or undefined have their defaults.
 * @returns All settings.
 * @throws {RangeError} If one has an impossible value.
 */
export function eventSettings(
  settings: { readonly [K in keyof EventSettings]?: EventSettings[K] | undefined } & {
    readonly seed: number;
  },
): EventSettings {
  const { seed } = settings;
  const {
    particle = DEFAULT_SETTINGS.particle,
    pT = DEFAULT_SETTINGS.pT,
    eta = DEFAULT_SETTINGS.eta,
    pileUp = DEFAULT_SETTINGS.pileUp,
    layers = DEFAULT_SETTINGS.layers,
  } = settings;
  if (!Number.isSafeInteger(seed)) throw _wrong("seed", "a safe integer", seed);
  if (particle !== "electron" && particle !== "photon") {
    throw _wrong("particle", "electron or photon", particle);
  }
  const spectrum = "power" in pT ? pT : { min: pT[0], max: pT[1], power: 0 };
  if (!(spectrum.min > 0 && spectrum.min <= spectrum.max && spectrum.max < Infinity)) {
    throw _wrong("pT", "a range of finite numbers > 0", `${spectrum.min} to ${spectrum.max}`);
  }
  if (!Number.isFinite(spectrum.power)) throw _wrong("pT.power", "finite", spectrum.power);
  const [least, most] = SIMULATION.pileUp.etaRange;
  if (!(eta.length === 2 && eta[0] >= least && eta[0] <= eta[1] && eta[1] <= most)) {
    throw _wrong("eta", `a range within [${least}, ${most}]`, eta.join(" to "));
  }
  if (!(pileUp >= 0 && pileUp < Infinity)) throw _wrong("pileUp", "finite and >= 0", pileUp);
  const strange = layers.find((layer) => !TRIGGER_LAYERS.includes(layer));
  if (strange !== undefined) throw _wrong("layers", `among ${TRIGGER_LAYERS.join(", ")}`, strange);
  if (layers.length === 0) throw _wrong("layers", "at least one", "none");
  return { seed, particle, pT, eta, pileUp, layers };
}

function _wrong(name: string, must: string, value: unknown): RangeError {
  return new RangeError(
    `Cannot simulate events: ${name} must be ${must}, current value is ${value}`,
  );
}
