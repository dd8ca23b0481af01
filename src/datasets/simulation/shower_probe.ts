/**
 * A detector without cells or noise, to measure showers.
 *
 * @module
 */
import { TRIGGER_LAYER_Z } from "./layers.ts";
import type { HitSink } from "./types.ts";

/** Width of a ring, cm. */
export const RING_WIDTH = 0.05;
/** Number of rings; the last one also holds what is farther away. */
const RINGS = 400;

/** Sums energy by layer and by distance from an axis. */
export class ShowerProbe implements HitSink {
  readonly axisX: Float64Array;
  readonly axisY: Float64Array;
  readonly reach: Float64Array;
  /** Energy in each ring of each trigger layer, GeV: layer by layer. */
  readonly rings: Float64Array = new Float64Array(RINGS * TRIGGER_LAYER_Z.length);

  /**
   * @param slopeX x/z of the axis.
   * @param slopeY y/z of the axis.
   * @param slopeRadius Hits farther from the axis than this times z are not seen. Default all are.
   */
  constructor(slopeX: number, slopeY: number, slopeRadius = Infinity) {
    this.axisX = Float64Array.from(TRIGGER_LAYER_Z, (z) => slopeX * z);
    this.axisY = Float64Array.from(TRIGGER_LAYER_Z, (z) => slopeY * z);
    this.reach = Float64Array.from(TRIGGER_LAYER_Z, (z) => slopeRadius * z);
  }

  locate(layer: number, x: number, y: number): number {
    const radius = Math.hypot(x - this.axisX[layer], y - this.axisY[layer]);
    if (radius > this.reach[layer]) return -1;
    return layer * RINGS + Math.min(Math.floor(radius / RING_WIDTH), RINGS - 1);
  }

  add(place: number, energy: number): void {
    this.rings[place] += energy;
  }

  /** Energy in each trigger layer, GeV. */
  layerEnergies(): Float64Array {
    return Float64Array.from(TRIGGER_LAYER_Z, (_, layer) => _sum(this._layer(layer)));
  }

  /** Energy in all trigger layers, GeV. */
  energy(): number {
    return _sum(this.rings);
  }

  /**
   * The radius around the axis that holds a share of the energy.
   *
   * @param share The share, in (0, 1).
   * @param layer Index of a trigger layer; all layers when not given.
   * @returns The radius, cm, to half a ring's width.
   */
  radiusHolding(share: number, layer?: number): number {
    const rings = new Float64Array(RINGS);
    const layers = layer === undefined ? TRIGGER_LAYER_Z.map((_, index) => index) : [layer];
    for (const index of layers) this._layer(index).forEach((energy, ring) => rings[ring] += energy);
    const wanted = share * _sum(rings);
    let sum = 0;
    const ring = rings.findIndex((energy) => (sum += energy) >= wanted);
    return (ring + 0.5) * RING_WIDTH;
  }

  private _layer(layer: number): Float64Array {
    return this.rings.subarray(layer * RINGS, (layer + 1) * RINGS);
  }
}

function _sum(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
