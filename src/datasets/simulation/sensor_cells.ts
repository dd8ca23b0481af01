/**
 * The hexagonal cells of a sensor, and the trigger cell that each belongs to.
 *
 * @module
 */
import { cellPositions, type Density, TRIGGER_CELLS } from "../../wafer/cells.ts";
import { SIMULATION } from "./constants.ts";
import { roundToHexagon, unpackU, unpackV } from "./hexagons.ts";

const HALF_SQRT_3 = Math.sqrt(3) / 2;

/** The cells of a sensor of one density. */
export interface SensorCells {
  /** Which density. */
  readonly density: Density;
  /** Cells along an edge, N: cell coordinates run from 0 to 2 N - 1. */
  readonly across: number;
  /** Trigger cell, in train order, of cell 2 N cu + cv; -1 where there is no cell. */
  readonly triggerCellOf: Int8Array;
  /** The numbers 2 N cu + cv for which there is a cell. */
  readonly cells: Int16Array;
  /** x and y of the trigger cells around the wafer's centre, cm, train order. */
  readonly positions: Float64Array;
  /** Radius of the circle around a cell, cm. */
  readonly cellRadius: number;
}

/** Sensors of 192 cells, 2 x 2 to a trigger cell. */
export const LOW_DENSITY: SensorCells = _sensorCells("low_density", 8, 2);

/** Sensors of 432 cells, 3 x 3 to a trigger cell. */
export const HIGH_DENSITY: SensorCells = _sensorCells("high_density", 12, 3);

/**
 * The cell of a sensor in which a point lies. The half cells along the edges belong to the nearest
 * whole one.
 *
 * @param sensor The sensor.
 * @param x x from the wafer's centre, cm, inside the wafer.
 * @param y y from the wafer's centre, cm.
 * @returns The cell's number, 2 N cu + cv.
 */
export function sensorCellAt(sensor: SensorCells, x: number, y: number): number {
  const n = sensor.across, radius = sensor.cellRadius;
  const v = (x / radius - 1) / 1.5 + n;
  const u = (y / (radius * HALF_SQRT_3) + n + v) / 2;
  const packed = roundToHexagon(u, v);
  let cu = unpackU(packed), cv = unpackV(packed);
  // Two rounds, as a step along one edge may cross the next.
  for (let round = 0; round < 2; round++) {
    cu = cu < 0 ? 0 : cu > 2 * n - 1 ? 2 * n - 1 : cu;
    cv = cv < 0 ? 0 : cv > 2 * n - 1 ? 2 * n - 1 : cv;
    if (cv - cu > n - 1) cv = cu + n - 1;
    if (cu - cv > n) cu = cv + n;
  }
  return 2 * n * cu + cv;
}

/**
 * Centre of a cell of a sensor.
 *
 * @param sensor The sensor.
 * @param cell The cell's number.
 * @returns x and y from the wafer's centre, cm.
 */
export function sensorCellCentre(sensor: SensorCells, cell: number): [x: number, y: number] {
  const n = sensor.across, radius = sensor.cellRadius;
  const cu = Math.floor(cell / (2 * n)), cv = cell % (2 * n);
  return [(1.5 * (cv - n) + 1) * radius, (2 * cu - n - cv) * radius * HALF_SQRT_3];
}

/**
 * @param density Which density.
 * @param n Cells along an edge.
 * @param merged Cells along an edge of a trigger cell.
 */
function _sensorCells(density: Density, n: number, merged: number): SensorCells {
  const triggerCellOf = new Int8Array(4 * n * n).fill(-1);
  for (let cu = 0; cu < 2 * n; cu++) {
    for (let cv = 0; cv < 2 * n; cv++) {
      if (cv - cu >= n || cu - cv > n) continue;
      const [u, v] = _triggerCellCoordinates(cu, cv, n, merged);
      triggerCellOf[2 * n * cu + cv] = TRIGGER_CELLS.find((cell) => cell.u === u && cell.v === v)!
        .train;
    }
  }
  return {
    density,
    across: n,
    triggerCellOf,
    cells: Int16Array.from(triggerCellOf.keys()).filter((cell) => triggerCellOf[cell] >= 0),
    positions: cellPositions({ geometry: density, unit: "cm" }),
    cellRadius: SIMULATION.geometry.waferPitch / (3 * n),
  };
}

/** Source: CMSSW's `HGCSiliconDetId`; one formula for each rhombus. */
function _triggerCellCoordinates(
  cu: number,
  cv: number,
  n: number,
  merged: number,
): readonly [u: number, v: number] {
  const divided = (cell: number) => Math.floor(cell / merged);
  if (cu >= n && cv >= n) return [divided(cu), divided(cv)];
  if (cu < n && cu <= cv) return [divided(cu), divided(cv - cu) + divided(cu)];
  return [1 + divided(cu - (cv % merged + 1)), divided(cv)];
}
