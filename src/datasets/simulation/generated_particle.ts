/**
 * The particle that an event is about.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";

/** What is generated. */
export type ParticleKind = "electron" | "photon";

/**
 * How transverse momenta are distributed, in GeV: evenly between two numbers, or with density
 * pT^power between them (power -1 is even in the logarithm).
 */
export type PtSpectrum =
  | readonly [min: number, max: number]
  | { readonly min: number; readonly max: number; readonly power: number };

/** A generated particle, as seen in the endcap at z > 0. */
export interface GeneratedParticle {
  /** What it is. */
  readonly kind: ParticleKind;
  /** Transverse momentum, GeV. */
  readonly pT: number;
  /** |eta|. */
  readonly eta: number;
  /** Azimuth in the endcap at z > 0, in [-pi, pi). */
  readonly phi: number;
  /** Energy, GeV. */
  readonly energy: number;
  /** Charge, +1 or -1; which way an electron bends. */
  readonly charge: 1 | -1;
  /** Which endcap it flies to: that at z < 0 is the mirror image, x with the other sign. */
  readonly zside: 1 | -1;
}

/**
 * Draws a particle: pT from a spectrum, |eta| and phi evenly, endcap and charge at random.
 *
 * @param stream Where the randomness comes from.
 * @param kind What it is.
 * @param spectrum Its transverse momentum.
 * @param eta Range of |eta|.
 * @returns The particle.
 */
export function generateParticle(
  stream: RandomStream,
  kind: ParticleKind,
  spectrum: PtSpectrum,
  [least, most]: readonly [number, number],
): GeneratedParticle {
  const pT = _pt(stream.uniform(), spectrum);
  const eta = least + (most - least) * stream.uniform();
  const phi = Math.PI * (2 * stream.uniform() - 1);
  const zside = stream.integer(2) === 1 ? 1 : -1, charge = stream.integer(2) === 1 ? 1 : -1;
  return { kind, pT, eta, phi, energy: pT * Math.cosh(eta), zside, charge };
}

/**
 * Azimuth in the endcap itself of one that is seen in the endcap at z > 0: mirrored for z < 0.
 *
 * @param phi Azimuth in [-pi, pi).
 * @param zside Which endcap.
 * @returns Azimuth in [-pi, pi].
 */
export function phiInEndcap(phi: number, zside: 1 | -1): number {
  if (zside === 1) return phi;
  return phi >= 0 ? Math.PI - phi : -Math.PI - phi;
}

/** The pT below which a share u of the spectrum lies. */
function _pt(u: number, spectrum: PtSpectrum): number {
  const { min, max, power } = "power" in spectrum
    ? spectrum
    : { min: spectrum[0], max: spectrum[1], power: 0 };
  if (power === -1) return min * Math.pow(max / min, u);
  const n = power + 1, low = Math.pow(min, n), high = Math.pow(max, n);
  return Math.pow(low + u * (high - low), 1 / n);
}
