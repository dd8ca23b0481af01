/**
 * The energies of the sensor cells around a particle's axis.
 *
 * @module
 */
import { SIMULATION } from "./constants.ts";
import { unpackU, unpackV } from "./hexagons.ts";
import { outerRadiusAt, type Thickness, thicknessAt, TRIGGER_LAYER_Z } from "./layers.ts";
import { HIGH_DENSITY, LOW_DENSITY, sensorCellAt, type SensorCells } from "./sensor_cells.ts";
import type { HitSink } from "./types.ts";
import { WAFER_CORNER_RADIUS, waferAt, waferCentre } from "./wafer_lattice.ts";

/** A wafer that is recorded. */
export interface RecordedWafer {
  /** Index of its trigger layer. */
  readonly layer: number;
  /** Its place in the lattice. */
  readonly u: number;
  /** Its place in the lattice. */
  readonly v: number;
  /** x of its centre, cm. */
  readonly x: number;
  /** y of its centre, cm. */
  readonly y: number;
  /** Thickness of its sensor. */
  readonly thickness: Thickness;
  /** Cells of its sensor. */
  readonly sensor: SensorCells;
}

/** Room for the energies of a wafer: cell numbers are below 24 * 24. */
const STRIDE = 24 * 24;
/** Recorded wafers of a layer lie within so many steps of the wafer on the axis. */
const WINDOW = 4;

const { recordedSlope, innerWaferRadius, outerWaferMargin } = SIMULATION.geometry;
const LAYERS = TRIGGER_LAYER_Z.length;

/**
 * The wafers around an axis, and the energy in each of their sensor cells. One object serves event
 * after event: {@linkcode CellEnergies.begin} empties it and moves it to the next axis.
 */
export class CellEnergies implements HitSink {
  readonly axisX: Float64Array = new Float64Array(LAYERS);
  readonly axisY: Float64Array = new Float64Array(LAYERS);
  readonly reach: Float64Array = Float64Array.from(TRIGGER_LAYER_Z, _recordedRadius)
    .map((radius) => radius + WAFER_CORNER_RADIUS);
  /** The recorded wafers by layer, u and v. */
  wafers: readonly RecordedWafer[] = [];
  /** Slot of each wafer in a window of 16 x 16 around the one on the axis, for each layer; or -1. */
  readonly #slots = new Int16Array(LAYERS << 8);
  readonly #originU = new Int32Array(LAYERS);
  readonly #originV = new Int32Array(LAYERS);
  #energies = new Float64Array(128 * STRIDE);

  /**
   * Forgets all energies and moves to another axis.
   *
   * @param slopeX x/z of the axis.
   * @param slopeY y/z of the axis.
   */
  begin(slopeX: number, slopeY: number): void {
    const wafers: RecordedWafer[] = [];
    this.#energies.fill(0, 0, this.wafers.length * STRIDE);
    this.#slots.fill(-1);
    TRIGGER_LAYER_Z.forEach((z, layer) => {
      const axisX = this.axisX[layer] = slopeX * z;
      const axisY = this.axisY[layer] = slopeY * z;
      const centre = waferAt(axisX, axisY);
      this.#originU[layer] = unpackU(centre) - 8;
      this.#originV[layer] = unpackV(centre) - 8;
      for (let du = 8 - WINDOW; du <= 8 + WINDOW; du++) {
        for (let dv = 8 - WINDOW; dv <= 8 + WINDOW; dv++) {
          const u = this.#originU[layer] + du, v = this.#originV[layer] + dv;
          const [x, y] = waferCentre(u, v);
          if (Math.hypot(x - axisX, y - axisY) >= _recordedRadius(z)) continue;
          const radius = Math.hypot(x, y);
          if (radius <= innerWaferRadius || radius >= outerRadiusAt(z) - outerWaferMargin) continue;
          const thickness = thicknessAt(z, radius);
          this.#slots[layer << 8 | du << 4 | dv] = wafers.length;
          const sensor = thickness === 0 ? HIGH_DENSITY : LOW_DENSITY;
          wafers.push({ layer, u, v, x, y, thickness, sensor });
        }
      }
    });
    this.wafers = wafers;
    if (wafers.length * STRIDE > this.#energies.length) {
      this.#energies = new Float64Array(wafers.length * STRIDE);
    }
  }

  locate(layer: number, x: number, y: number): number {
    const dx = x - this.axisX[layer], dy = y - this.axisY[layer], reach = this.reach[layer];
    if (dx * dx + dy * dy > reach * reach) return -1;
    const packed = waferAt(x, y);
    const du = unpackU(packed) - this.#originU[layer], dv = unpackV(packed) - this.#originV[layer];
    const slot = this.#slots[layer << 8 | du << 4 | dv];
    if (slot < 0) return -1;
    const wafer = this.wafers[slot];
    return slot * STRIDE + sensorCellAt(wafer.sensor, x - wafer.x, y - wafer.y);
  }

  add(place: number, energy: number): void {
    this.#energies[place] += energy;
  }

  /**
   * Energies of a wafer's cells.
   *
   * @param slot Its index in {@linkcode CellEnergies.wafers}.
   * @returns A view, by number of the cell, GeV.
   */
  energiesOf(slot: number): Float64Array {
    return this.#energies.subarray(slot * STRIDE, (slot + 1) * STRIDE);
  }
}

/** Centres of recorded wafers lie within this distance of the axis, cm. */
function _recordedRadius(z: number): number {
  return recordedSlope * z + WAFER_CORNER_RADIUS;
}
