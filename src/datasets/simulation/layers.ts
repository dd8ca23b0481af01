/**
 * The layers of the calorimeter that the trigger reads: every other one of the 28 electromagnetic
 * layers.
 *
 * @module
 */
import { SIMULATION } from "./constants.ts";

const { layerZ, layerDepth, lastHalfInterval, ...geometry } = SIMULATION.geometry;

/** Numbers of the trigger layers: 1, 3, ..., 27. Elsewhere they are counted by index, 0 to 13. */
export const TRIGGER_LAYERS: readonly number[] = Object.freeze(
  layerZ.map((_, index) => index + 1).filter((layer) => layer % 2 === 1),
);

/** z of the sensors of each trigger layer, cm. */
export const TRIGGER_LAYER_Z: readonly number[] = Object.freeze(
  TRIGGER_LAYERS.map((layer) => layerZ[layer - 1]),
);

/** Where the interval of each of the 28 layers ends: half way to the next sensor. */
const INTERVAL_ENDS = Float64Array.from(
  layerDepth,
  (depth, index) => index + 1 < 28 ? (depth + layerDepth[index + 1]) / 2 : depth + lastHalfInterval,
);
const LAST_END = INTERVAL_ENDS[27];

/** The layer in whose interval each tenth of an X0 begins, so that a search is a step or two. */
const STEPS_PER_X0 = 10;
const FIRST_LAYER = Uint8Array.from(
  { length: Math.ceil(LAST_END * STEPS_PER_X0) + 1 },
  (_, step) => INTERVAL_ENDS.filter((end) => end <= step / STEPS_PER_X0).length,
);

/**
 * The trigger layer that measures energy left at a depth. Energy in the interval of a layer that the
 * trigger does not read is lost to it: that is the trigger's sampling of every other layer.
 *
 * @param depth Depth at normal incidence, X0.
 * @returns Index of the trigger layer, 0 to 13, or -1.
 */
export function triggerLayerAt(depth: number): number {
  if (!(depth >= 0 && depth < LAST_END)) return -1;
  let layer = FIRST_LAYER[depth * STEPS_PER_X0 | 0];
  while (depth >= INTERVAL_ENDS[layer]) layer++;
  return (layer & 1) === 0 ? layer >> 1 : -1;
}

/** Thickness of a sensor: 0 for 120 um, 1 for 200 um, 2 for 300 um. */
export type Thickness = 0 | 1 | 2;

/**
 * Thickness of the sensor of a wafer.
 *
 * @param z z of the layer, cm.
 * @param radius Distance of the wafer's centre from the beam, cm.
 * @returns The thickness. Sensors of 120 um are of high density, the others of low density.
 */
export function thicknessAt(z: number, radius: number): Thickness {
  const from = Math.max(z, geometry.thicknessFromZ);
  if (radius < _polynomial(geometry.radius120um, from)) return 0;
  return radius < _polynomial(geometry.radius200um, from) ? 1 : 2;
}

/** Radius of the outer edge of a layer, cm. */
export function outerRadiusAt(z: number): number {
  return geometry.outerRadius + geometry.outerSlope * (z - geometry.frontZ);
}

/** Horner's scheme; coefficients from the highest power down. */
function _polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
