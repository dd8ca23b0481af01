/**
 * An electromagnetic shower as a set of spots, in the form of GFLASH (Grindhammer and Peters,
 * hep-ex/0001020): each spot has the same energy, a depth from a gamma distribution and a distance from
 * the axis from a profile that widens with depth.
 *
 * @module
 */
import { gamma, poisson } from "../../numerics/distributions.ts";
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";
import { TRIGGER_LAYER_Z, triggerLayerAt } from "./layers.ts";
import { longitudinalShape } from "./longitudinal_shape.ts";
import { RadialProfile } from "./radial_profile.ts";
import type { HitSink } from "./types.ts";

/** A particle that starts an electromagnetic shower. */
export interface ShowerStart {
  /** Energy, GeV. */
  readonly energy: number;
  /** x/z of its direction. */
  readonly slopeX: number;
  /** y/z of its direction. */
  readonly slopeY: number;
  /** How far it is shifted at the calorimeter, in x, cm. */
  readonly shiftX: number;
  /** How far it is shifted at the calorimeter, in y, cm. */
  readonly shiftY: number;
  /** Material in front of the first layer, X0. */
  readonly startDepth: number;
  /** Whether depth and shape fluctuate from shower to shower. */
  readonly fluctuates: boolean;
}

const { spotEnergy, hitsPerSpot, moliereRadius, radialShare, largestRadius } = SIMULATION.shower;
const HIT_ENERGY = spotEnergy / hitsPerSpot;
const LARGEST_RADIUS = largestRadius * moliereRadius;

/**
 * Puts a shower into the detector. The number of spots is a Poisson number of mean
 * energy / spotEnergy: this is the sampling fluctuation. Energy in layers that the trigger does not
 * read is dropped.
 *
 * @param sink What receives the hits.
 * @param stream Where the randomness comes from.
 * @param start The particle.
 */
export function depositShower(sink: HitSink, stream: RandomStream, start: ShowerStart): void {
  const { energy, slopeX, slopeY, shiftX, shiftY, startDepth } = start;
  const spots = poisson(stream, energy / spotEnergy);
  if (spots === 0) return;
  const { maximum, alpha } = longitudinalShape(energy, start.fluctuates ? stream : undefined);
  const scale = maximum / (alpha - 1); // 1 / beta
  const cosTheta = 1 / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
  const profile = new RadialProfile(energy);
  for (let spot = 0; spot < spots; spot++) {
    const depth = gamma(stream, alpha) * scale;
    const layer = triggerLayerAt((depth - startDepth) * cosTheta);
    if (layer < 0) continue;
    const z = TRIGGER_LAYER_Z[layer], x = slopeX * z + shiftX, y = slopeY * z + shiftY;
    // Hits nearer to the shower's axis than the gap are outside of what is recorded.
    const dx = x - sink.axisX[layer], dy = y - sink.axisY[layer];
    const gap = Math.max(Math.sqrt(dx * dx + dy * dy) - sink.reach[layer], 0);
    if (gap > LARGEST_RADIUS) continue;
    profile.moveTo(depth / maximum);
    _depositSpot(sink, stream, profile, layer, x, y, gap);
  }
}

/**
 * The hits of a spot, at r = width sqrt(u / (1 - u)). A point in the unit disc gives both the direction
 * and u: the square s of its distance from the centre is uniform and independent of the direction.
 */
function _depositSpot(
  sink: HitSink,
  stream: RandomStream,
  profile: RadialProfile,
  layer: number,
  x: number,
  y: number,
  gap: number,
): void {
  for (let hit = 0; hit < hitsPerSpot; hit++) {
    const width = stream.uniform32() < profile.coreShare ? profile.core : profile.tail;
    let dx = 0, dy = 0, s = 1;
    while (s >= 1) {
      dx = 2 * stream.uniform32() - 1;
      dy = 2 * stream.uniform32() - 1;
      s = dx * dx + dy * dy;
    }
    let stretch = width * Math.sqrt(radialShare / (1 - radialShare * s)); // r / sqrt(s)
    const squared = stretch * stretch * s;
    if (squared < gap * gap) continue;
    if (squared > LARGEST_RADIUS * LARGEST_RADIUS) stretch = LARGEST_RADIUS / Math.sqrt(s);
    const place = sink.locate(layer, x + stretch * dx, y + stretch * dy);
    if (place >= 0) sink.add(place, HIT_ENERGY * hitFluctuation(stream));
  }
}

/** The energy of a hit over its mean: gamma-distributed with shape 3, a product of uniform numbers. */
export function hitFluctuation(stream: RandomStream): number {
  return -Math.log(stream.uniform32() * stream.uniform32() * stream.uniform32()) / 3;
}
