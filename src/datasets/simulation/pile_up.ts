/**
 * Pile-up: particles of the other collisions in the same crossing of the beams, around an axis.
 *
 * @module
 */
import { gamma, poisson } from "../../numerics/distributions.ts";
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";
import { depositShower, hitFluctuation } from "./em_shower.ts";
import { depositHadron } from "./hadron.ts";
import { TRIGGER_LAYER_Z, TRIGGER_LAYERS } from "./layers.ts";
import { PileUpDisc } from "./pile_up_disc.ts";
import type { HitSink } from "./types.ts";

const constants = SIMULATION.pileUp;
const { bending, calorimeterZ } = SIMULATION.upstream;
const { gevPerMip } = SIMULATION.electronics;
const { startDepth } = SIMULATION.shower;

/**
 * Puts pile-up into the detector: photons, charged and neutral hadrons, and soft hits. Particles are
 * spread evenly over (eta, phi) and independent of one another.
 *
 * @param sink What receives the hits.
 * @param stream Where the randomness comes from.
 * @param interactions Mean number of interactions in a crossing, >= 0.
 * @param slopeX x/z of the axis.
 * @param slopeY y/z of the axis.
 */
export function depositPileUp(
  sink: HitSink,
  stream: RandomStream,
  interactions: number,
  slopeX: number,
  slopeY: number,
): void {
  const disc = new PileUpDisc(slopeX, slopeY);
  const scale = interactions * constants.interactions;
  _depositPhotons(sink, stream, scale, disc);
  _depositHadrons(sink, stream, scale, disc, true);
  _depositHadrons(sink, stream, scale, disc, false);
  _depositSoftHits(sink, stream, scale, disc);
}

function _depositPhotons(
  sink: HitSink,
  stream: RandomStream,
  scale: number,
  disc: PileUpDisc,
): void {
  const { density, meanPt } = constants.photons;
  for (let n = poisson(stream, scale * density * disc.candidates); n > 0; n--) {
    if (!disc.draw(stream)) continue;
    depositShower(sink, stream, {
      energy: _pt(stream, meanPt) * disc.coshEta,
      slopeX: disc.x,
      slopeY: disc.y,
      shiftX: 0,
      shiftY: 0,
      startDepth: startDepth.pileUp,
      fluctuates: false,
    });
  }
}

function _depositHadrons(
  sink: HitSink,
  stream: RandomStream,
  scale: number,
  disc: PileUpDisc,
  charged: boolean,
): void {
  const { density, meanPt } = charged ? constants.charged : constants.neutral;
  for (let n = poisson(stream, scale * density * disc.candidates); n > 0; n--) {
    if (!disc.draw(stream)) continue;
    const pt = _pt(stream, meanPt);
    // A track that the field turns back before it has this radius does not reach the calorimeter.
    if (charged && pt < bending * disc.radius * calorimeterZ) continue;
    depositHadron(sink, stream, pt * disc.coshEta, disc.x, disc.y, charged);
  }
}

function _depositSoftHits(
  sink: HitSink,
  stream: RandomStream,
  scale: number,
  disc: PileUpDisc,
): void {
  const { density, layerDecay, etaPower, coshReference } = constants.softHits;
  const meanCharge = constants.softCharge;
  const largest = Math.pow(disc.largestCoshEta / coshReference, etaPower);
  TRIGGER_LAYER_Z.forEach((z, layer) => {
    const inLayer = density * Math.exp(-TRIGGER_LAYERS[layer] / layerDecay);
    const mean = scale * inLayer * largest * disc.candidates;
    for (let n = poisson(stream, mean); n > 0; n--) {
      if (!disc.drawSteeper(stream, etaPower)) continue;
      const place = sink.locate(layer, disc.x * z, disc.y * z);
      if (place >= 0) sink.add(place, meanCharge * gevPerMip * hitFluctuation(stream));
    }
  });
}

/** Transverse momentum of a pile-up particle, GeV. */
function _pt(stream: RandomStream, mean: number): number {
  return gamma(stream, constants.ptShape) * mean / constants.ptShape;
}
