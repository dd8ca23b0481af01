/**
 * From energies of sensor cells to charges of trigger cells.
 *
 * @module
 */
import { roundTripCharge } from "../../wafer/charge_code.ts";
import { CELLS } from "../../wafer/cells.ts";
import type { RecordedWafer } from "./cell_energies.ts";
import { SIMULATION } from "./constants.ts";
import { outerRadiusAt, TRIGGER_LAYER_Z } from "./layers.ts";
import type { SuppressedNoise } from "./noise.ts";

const { countsPerMip, noiseMip, gevPerMip, transverseSteps } = SIMULATION.electronics;
const { innerCellRadius } = SIMULATION.geometry;

/**
 * Reads out a wafer: noise and zero suppression of its sensor cells, conversion to counts, sums over
 * trigger cells, the 7-bit code, and the factor 1 / cosh(eta) of each trigger cell in steps of 1/4096.
 * Trigger cells outside of the layer's edges read zero.
 *
 * @param wafer The wafer.
 * @param energies Energies of its cells, GeV.
 * @param noise Where noise comes from.
 * @param rawCharges Receives the 48 sums after the code (tc_data), counts.
 * @param charges Receives the 48 transverse charges (CALQ), whole counts.
 */
export function digitise(
  wafer: RecordedWafer,
  energies: Float64Array,
  noise: SuppressedNoise,
  rawCharges: Float64Array,
  charges: Float64Array,
): void {
  const { sensor, thickness } = wafer;
  const noiseInMip = noiseMip[thickness];
  const inNoise = 1 / (gevPerMip * noiseInMip), countsPerNoise = countsPerMip * noiseInMip;
  const { cells, triggerCellOf } = sensor;
  rawCharges.fill(0);
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k];
    const read = noise.read(energies[cell] * inNoise);
    if (read > 0) rawCharges[triggerCellOf[cell]] += Math.floor(read * countsPerNoise);
  }

  const z = TRIGGER_LAYER_Z[wafer.layer], outerRadius = outerRadiusAt(z);
  for (let cell = 0; cell < CELLS; cell++) {
    charges[cell] = 0;
    if (rawCharges[cell] === 0) continue;
    const x = wafer.x + sensor.positions[2 * cell], y = wafer.y + sensor.positions[2 * cell + 1];
    const radius = Math.sqrt(x * x + y * y);
    const isRead = radius > innerCellRadius && radius < outerRadius;
    const raw = isRead ? roundTripCharge(rawCharges[cell], sensor.density) : 0;
    const inverseCosh = radius / Math.sqrt(radius * radius + z * z);
    const steps = Math.floor(transverseSteps * inverseCosh);
    rawCharges[cell] = raw;
    charges[cell] = Math.floor(raw * steps / transverseSteps);
  }
}
