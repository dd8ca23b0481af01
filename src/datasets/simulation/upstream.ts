/**
 * What happens to the generated particle before the calorimeter: it loses energy in the tracker and
 * its services, and an electron radiates photons that the magnetic field leaves behind.
 *
 * @module
 */
import { gamma, poisson } from "../../numerics/distributions.ts";
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";
import type { ShowerStart } from "./em_shower.ts";
import type { GeneratedParticle } from "./generated_particle.ts";

const constants = SIMULATION.upstream;

/**
 * The showers that a generated particle starts in the calorimeter.
 *
 * @param stream Where the randomness comes from.
 * @param particle The particle.
 * @returns First that of the particle itself, then those of the photons it radiated.
 */
export function showersOf(stream: RandomStream, particle: GeneratedParticle): ShowerStart[] {
  const { kind, eta, phi } = particle;
  const slope = 1 / Math.sinh(eta);
  const shower = (energy: number, shift: number): ShowerStart => ({
    energy,
    slopeX: slope * Math.cos(phi),
    slopeY: slope * Math.sin(phi),
    shiftX: -shift * Math.sin(phi),
    shiftY: shift * Math.cos(phi),
    startDepth: SIMULATION.shower.startDepth[kind],
    fluctuates: true,
  });
  const smearing = constants.constantTerm * stream.normal();
  if (kind === "photon") return [shower(particle.energy * _arriving(smearing, 0), 0)];

  const [lossScale, lossDecay] = constants.meanLoss;
  const meanLoss = lossScale * Math.exp(-(Math.max(eta, 1.5) - 1.6) / lossDecay);
  const energy = particle.energy * _arriving(smearing, meanLoss * stream.exponential());
  const kept = _keptShare(stream, eta);
  const showers = [shower(kept * energy, 0)];
  for (const share of _photonShares(stream)) {
    const shift = _shift(stream, particle, kept);
    const photonEnergy = share * (1 - kept) * energy;
    if (photonEnergy >= constants.leastPhotonEnergy) showers.push(shower(photonEnergy, shift));
  }
  return showers;
}

/** Share of the energy that reaches the calorimeter. */
function _arriving(smearing: number, loss: number): number {
  return Math.max(constants.leastShare, 1 + smearing - loss);
}

/** Share of its energy that an electron keeps: Bethe and Heitler's distribution for thin material. */
function _keptShare(stream: RandomStream, eta: number): number {
  const [offset, height, width] = constants.thickness;
  const thickness = offset + height * Math.exp(-(((eta - 1.5) / width) ** 2));
  const shape = constants.radiatingShare * thickness / Math.LN2;
  return Math.max(Math.exp(-gamma(stream, shape)), constants.leastElectronShare);
}

/** Shares of the photons in the radiated energy, which sum to one: a Dirichlet distribution. */
function _photonShares(stream: RandomStream): number[] {
  const count = 1 + poisson(stream, constants.furtherPhotons);
  const parts = Array.from({ length: count }, () => gamma(stream, constants.photonShares));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/**
 * How far a photon arrives from the electron, along phi, cm. With k = bending / pT the electron leaves
 * its first direction by k r^2; a photon that leaves it at radius a goes on along the tangent there
 * and arrives at 2 k a R - k a^2. The difference at the calorimeter's radius R is k (R - a)^2.
 */
function _shift(stream: RandomStream, particle: GeneratedParticle, kept: number): number {
  const [least, most] = constants.radiatingRadius;
  const arrival = constants.calorimeterZ / Math.sinh(particle.eta);
  const radiated = least + (Math.min(arrival, most) - least) * stream.uniform();
  const meanPt = particle.pT * Math.max((1 + kept) / 2, constants.leastBendingShare);
  const shift = 100 * constants.bending / meanPt * (arrival - radiated) ** 2;
  return particle.charge * Math.min(shift, constants.largestShift);
}
