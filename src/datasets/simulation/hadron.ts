/**
 * A hadron of the pile-up in the electromagnetic section: a track, and a shower if it interacts there.
 *
 * @module
 */
import { gamma, poisson } from "../../numerics/distributions.ts";
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";
import { hitFluctuation } from "./em_shower.ts";
import { TRIGGER_LAYER_Z } from "./layers.ts";
import type { HitSink } from "./types.ts";

const { layersToInteraction, hadronResponse, hadronDepth, hadronRadius, mipShape } =
  SIMULATION.pileUp;
const { spotEnergy, hitsPerSpot } = SIMULATION.shower;
const { gevPerMip } = SIMULATION.electronics;
const LAYERS = 28;

/**
 * Puts a hadron into the detector. A charged one leaves the charge of a MIP, over cos(theta), in every
 * layer before its interaction; after it, spots with an exponential distance from the line of flight.
 *
 * @param sink What receives the hits.
 * @param stream Where the randomness comes from.
 * @param energy Energy, GeV.
 * @param slopeX x/z of its direction.
 * @param slopeY y/z of its direction.
 * @param charged Whether it has a track.
 */
export function depositHadron(
  sink: HitSink,
  stream: RandomStream,
  energy: number,
  slopeX: number,
  slopeY: number,
  charged: boolean,
): void {
  const cosTheta = 1 / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
  // Layers are counted from 0 here; the trigger reads the even ones.
  const interaction = -Math.log(stream.uniform32()) * layersToInteraction * cosTheta;
  if (charged) {
    const last = Math.min(Math.ceil(interaction), LAYERS);
    for (let layer = 0; 2 * layer < last; layer++) {
      const z = TRIGGER_LAYER_Z[layer];
      const place = sink.locate(layer, slopeX * z, slopeY * z);
      if (place < 0) continue;
      sink.add(place, gamma(stream, mipShape) * gevPerMip / (mipShape * cosTheta));
    }
  }
  if (interaction >= LAYERS) return;
  const spots = poisson(stream, hadronResponse * energy / spotEnergy);
  const [shape, scale] = hadronDepth;
  for (let spot = 0; spot < spots; spot++) {
    const layer = Math.floor(interaction + cosTheta * gamma(stream, shape) * scale);
    if (layer >= LAYERS || (layer & 1) === 1) continue;
    _depositSpot(sink, stream, layer >> 1, slopeX, slopeY);
  }
}

function _depositSpot(
  sink: HitSink,
  stream: RandomStream,
  layer: number,
  slopeX: number,
  slopeY: number,
): void {
  const z = TRIGGER_LAYER_Z[layer];
  for (let hit = 0; hit < hitsPerSpot; hit++) {
    // A point in the unit disc gives the direction and, by the square of its distance, the radius.
    let dx = 0, dy = 0, s = 1;
    while (s >= 1) {
      dx = 2 * stream.uniform32() - 1;
      dy = 2 * stream.uniform32() - 1;
      s = dx * dx + dy * dy;
    }
    const stretch = -hadronRadius * Math.log(s) / Math.sqrt(s);
    const place = sink.locate(layer, slopeX * z + stretch * dx, slopeY * z + stretch * dy);
    if (place >= 0) sink.add(place, spotEnergy / hitsPerSpot * hitFluctuation(stream));
  }
}
