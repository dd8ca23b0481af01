/**
 * Wafers from the trigger cells of the published ROOT samples.
 *
 * The script published with the paper that makes wafers of them has two faults, which are not repeated
 * here:
 *
 * - it selects events by `np.logical_and(pt, eta_min, eta_max)`, whose third argument is where the
 *   result is written: the upper cut on eta has no effect (a later version of the script has it);
 * - it numbers the events of each file anew, and only those that pass the cuts, and then puts files
 *   together: wafers of different events carry the same number, which no split by event survives.
 *
 * @module
 */
import { CELLS, TRIGGER_CELLS } from "../../wafer/cells.ts";
import { type EventBranches, ROOT_BRANCHES } from "./root_events.ts";
import { SIMULATION } from "../simulation/constants.ts";
import { thicknessAt } from "../simulation/layers.ts";
import { WAFER_CORNER_RADIUS, waferCentre } from "../simulation/wafer_lattice.ts";
import { type Column, type WaferTable, waferTable } from "../wafer_table.ts";

/** Which wafers, and how. */
export interface EventWafersOptions {
  /** First and last layer, integers in [1, 28]. */
  readonly layers: readonly [first: number, last: number];
  /**
   * Where the centre of a wafer is: `lattice` for CMS's geometry v12 (the published samples), checked
   * against the directions of the trigger cells; `cells` for the mean position of the wafer's trigger
   * cells with charge, in any geometry.
   */
  readonly centres: "lattice" | "cells";
}

/**
 * The wafers of an event: a row for each wafer that has a trigger cell with charge, ordered by layer,
 * waferu, waferv and zside; trigger cells that are not listed have charge 0. With tc_data the digitised
 * charge of a cell and eta the cell's own,
 *
 *     CALQ = floor(tc_data * floor(4096 / cosh(eta)) / 4096)
 *
 * as the published code calibrates, in double precision throughout.
 *
 * Columns: event, layer, waferu, waferv, zside; density (by tc_wafertype, else by the geometry);
 * |eta| and phi of the wafer's centre; gen_pt, gen_eta, gen_phi, gen_energy and gen_kind of the
 * generated particle with the greatest pT on the wafer's side (NaN and "" if there is none);
 * `simenergy`, energy of the generated particles in the wafer, GeV, and signal_share, the same over
 * the energy of its trigger cells, at most 1. Columns whose branches are not there are left out.
 *
 * @param event The event's number.
 * @param branches The branches of {@linkcode ROOT_BRANCHES}, all of those that are required.
 * @param options Layers, and where centres are.
 * @returns The wafers, with raw charges; without rows if no trigger cell lies in these layers.
 * @throws {TypeError} If a branch is missing (`tc_phi` is needed for centres by `cells`), or those of
 * trigger cells or of particles differ in length.
 * @throws {RangeError} If a layer is not one, a trigger cell has an impossible place or value or is
 * listed twice, or lies elsewhere than its wafer; the error names event and trigger cell.
 *
 * @example An event with one trigger cell
 * ```ts
 * import { wafersOfEvent } from "./root_wafers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { tc_layer: [9], tc_waferu: [3], tc_waferv: [5], tc_zside: [1] };
 * const cell = { tc_cellu: [7], tc_cellv: [4], tc_data: [100], tc_eta: [2] };
 * const wafers = wafersOfEvent(
 *   17,
 *   { gen_pt: [20], gen_eta: [2], ...place, ...cell },
 *   { layers: [5, 11], centres: "lattice" },
 * );
 * assertEquals(wafers.columns.event, Float64Array.of(17));
 * assertEquals(wafers.charges[0], 26); // 100 * floor(4096 / cosh 2) / 4096 = 26.56
 * ```
 */
export function wafersOfEvent(
  event: number,
  branches: EventBranches,
  options: EventWafersOptions,
): WaferTable {
  const [firstLayer, lastLayer] = options.layers;
  if (!(_isLayer(firstLayer) && _isLayer(lastLayer) && firstLayer <= lastLayer)) {
    throw new RangeError(
      "Cannot make wafers of trigger cells: layers must be integers in [1, 28] and in order, " +
        `current ones are ${firstLayer} to ${lastLayer}`,
    );
  }
  const particles = _checkLengths(event, branches, ROOT_BRANCHES.generated);
  const cells = _checkLengths(event, branches, ROOT_BRANCHES.cells);
  if (options.centres === "cells" && !branches.tc_phi) {
    throw new TypeError(
      `Cannot make wafers of event ${event}: centres by cells need branch tc_phi, which is missing`,
    );
  }

  const wafers = new Map<number, _Wafer>();
  for (let cell = 0; cell < cells; cell++) {
    const layer = branches.tc_layer[cell];
    if (layer < firstLayer || layer > lastLayer) continue;
    const place = _placeOf(event, branches, cell);
    let wafer = wafers.get(place.key);
    if (wafer === undefined) wafers.set(place.key, wafer = _newWafer(place, options));
    _addCell(wafer, event, branches, cell);
  }
  const sorted = [...wafers].sort(([a], [b]) => a - b).map(([, wafer]) => wafer);
  return _table(event, sorted, branches, particles);
}

/** A wafer while its trigger cells are collected. */
interface _Wafer extends _Place {
  readonly charges: Float64Array;
  readonly rawCharges: Float64Array;
  /** The centre by the lattice, as x/z and y/z seen from the interaction point. */
  readonly centre: readonly [x: number, y: number] | undefined;
  density: number;
  /** Sums over the trigger cells: how many, their x/z and y/z, energies. */
  cells: number;
  x: number;
  y: number;
  energy: number;
  simEnergy: number;
}

/** Which wafer. */
interface _Place {
  /** Grows with layer, waferu, waferv, zside, in this order of importance. */
  readonly key: number;
  readonly layer: number;
  readonly waferu: number;
  readonly waferv: number;
  readonly zside: number;
}

/** Train index of each trigger cell by 8 u + v. */
const TRAIN_OF_UV = new Map(TRIGGER_CELLS.map(({ u, v, train }) => [8 * u + v, train]));

/** No wafer of CMS is as far from the middle of its layer. */
const LATTICE_BOUND = 32;

/** A trigger cell's centre lies well inside its wafer; this leaves room for another stack's z. */
const MOST_FROM_CENTRE = 1.5 * WAFER_CORNER_RADIUS;

function _placeOf(event: number, branches: EventBranches, cell: number): _Place {
  const layer = branches.tc_layer[cell];
  const zside = branches.tc_zside[cell];
  const [waferu, waferv] = [branches.tc_waferu[cell], branches.tc_waferv[cell]];
  if (!_isLayer(layer)) throw _cellError(event, cell, "tc_layer must be an integer", layer);
  if (zside !== 1 && zside !== -1) throw _cellError(event, cell, "tc_zside must be 1 or -1", zside);
  for (const [name, value] of [["tc_waferu", waferu], ["tc_waferv", waferv]] as const) {
    if (!Number.isInteger(value) || Math.abs(value) >= LATTICE_BOUND) {
      throw _cellError(event, cell, `${name} must be an integer below ${LATTICE_BOUND}`, value);
    }
  }
  const row = (layer * 2 * LATTICE_BOUND + waferu + LATTICE_BOUND) * 2 * LATTICE_BOUND;
  const key = 2 * (row + waferv + LATTICE_BOUND) + (zside > 0 ? 1 : 0);
  return { key, layer, waferu, waferv, zside };
}

function _newWafer(place: _Place, { centres }: EventWafersOptions): _Wafer {
  const z = SIMULATION.geometry.layerZ[place.layer - 1];
  const [x, y] = waferCentre(place.waferu, place.waferv);
  return {
    ...place,
    charges: new Float64Array(CELLS),
    rawCharges: new Float64Array(CELLS),
    centre: centres === "lattice" ? [place.zside * x / z, y / z] : undefined,
    density: thicknessAt(z, Math.hypot(x, y)) === 0 ? 1 : 0,
    cells: 0,
    x: 0,
    y: 0,
    energy: 0,
    simEnergy: 0,
  };
}

function _addCell(wafer: _Wafer, event: number, branches: EventBranches, cell: number): void {
  const [u, v] = [branches.tc_cellu[cell], branches.tc_cellv[cell]];
  const train = u >= 0 && u < 8 && v >= 0 && v < 8 ? TRAIN_OF_UV.get(8 * u + v) : undefined;
  if (train === undefined) {
    throw _cellError(event, cell, "(tc_cellu, tc_cellv) must be a place on a wafer", `${u}, ${v}`);
  }
  const data = branches.tc_data[cell];
  const eta = branches.tc_eta[cell];
  if (!(data >= 0 && data < Infinity)) {
    throw _cellError(event, cell, "tc_data must be finite and >= 0", data);
  }
  if (!(Math.abs(eta) > 0 && Math.abs(eta) < Infinity)) {
    throw _cellError(event, cell, "tc_eta must be finite and not 0", eta);
  }
  if (wafer.rawCharges[train] > 0) {
    throw _cellError(event, cell, "a trigger cell must be listed once, second tc_data", data);
  }
  wafer.rawCharges[train] = data;
  wafer.charges[train] = Math.floor(data * Math.floor(4096 / Math.cosh(eta)) / 4096);
  wafer.cells++;
  wafer.energy += _energy(event, branches, "tc_energy", cell);
  wafer.simEnergy += _energy(event, branches, "tc_simenergy", cell);
  // Sensors of 120 um are type 0; they alone are of high density.
  if (branches.tc_wafertype) wafer.density = branches.tc_wafertype[cell] === 0 ? 1 : 0;
  if (branches.tc_phi) _addPosition(wafer, event, cell, eta, branches.tc_phi[cell]);
}

/** An energy of a trigger cell; 0 where its branch is not there. */
function _energy(event: number, branches: EventBranches, name: string, cell: number): number {
  const energy = branches[name]?.[cell] ?? 0;
  if (energy >= 0 && energy < Infinity) return energy;
  throw _cellError(event, cell, `${name} must be finite and >= 0`, energy);
}

/** Adds the direction of a trigger cell, and checks that it points to its wafer. */
function _addPosition(wafer: _Wafer, event: number, cell: number, eta: number, phi: number): void {
  const radius = 1 / Math.sinh(Math.abs(eta));
  const [x, y] = [radius * Math.cos(phi), radius * Math.sin(phi)];
  wafer.x += x;
  wafer.y += y;
  if (wafer.centre === undefined) return;
  const z = SIMULATION.geometry.layerZ[wafer.layer - 1];
  const distance = z * Math.hypot(x - wafer.centre[0], y - wafer.centre[1]);
  if (!(distance <= MOST_FROM_CENTRE)) {
    throw _cellError(
      event,
      cell,
      `its centre must lie within ${MOST_FROM_CENTRE.toFixed(1)} cm of that of wafer ` +
        `(${wafer.waferu}, ${wafer.waferv}) in layer ${wafer.layer}, else the sample has another ` +
        "geometry (centres: cells takes it as it is); distance in cm",
      distance,
    );
  }
}

function _table(
  event: number,
  wafers: readonly _Wafer[],
  branches: EventBranches,
  particles: number,
): WaferTable {
  const charges = new Float64Array(wafers.length * CELLS);
  const rawCharges = new Float64Array(wafers.length * CELLS);
  wafers.forEach((wafer, row) => {
    charges.set(wafer.charges, row * CELLS);
    rawCharges.set(wafer.rawCharges, row * CELLS);
  });
  const centres = wafers.map(({ centre, cells, x, y }) => centre ?? [x / cells, y / cells]);
  const numbers = (value: (wafer: _Wafer, row: number) => number) =>
    Float64Array.from(wafers, value);

  const columns: Record<string, Column> = {
    event: numbers(() => event),
    layer: numbers(({ layer }) => layer),
    waferu: numbers(({ waferu }) => waferu),
    waferv: numbers(({ waferv }) => waferv),
    zside: numbers(({ zside }) => zside),
    density: numbers(({ density }) => density),
    eta: numbers((_, row) => Math.asinh(1 / Math.hypot(...centres[row]))),
    phi: numbers((_, row) => Math.atan2(centres[row][1], centres[row][0])),
  };
  const leading = { 1: _leading(branches, particles, 1), [-1]: _leading(branches, particles, -1) };
  const particleOf = ({ zside }: _Wafer) => leading[zside as 1 | -1];
  for (const name of ["gen_pt", "gen_eta", "gen_phi", "gen_energy"]) {
    if (branches[name]) {
      columns[name] = numbers((wafer) => branches[name][particleOf(wafer)] ?? NaN);
    }
  }
  const { gen_pdgid, tc_simenergy, tc_energy } = branches;
  if (gen_pdgid) {
    columns.gen_kind = wafers.map((wafer) => _kind(gen_pdgid[particleOf(wafer)]));
  }
  if (tc_simenergy) columns.simenergy = numbers(({ simEnergy }) => simEnergy);
  if (tc_simenergy && tc_energy) {
    columns.signal_share = numbers(({ simEnergy, energy }) =>
      simEnergy > 0 ? Math.min(simEnergy / energy, 1) : 0
    );
  }
  return waferTable(charges, columns, rawCharges);
}

/** The particle with the greatest pT that flies to a side; -1 if there is none. */
function _leading({ gen_pt, gen_eta }: EventBranches, particles: number, zside: number): number {
  let leading = -1;
  for (let particle = 0; particle < particles; particle++) {
    const isBetter = leading < 0 || gen_pt[particle] > gen_pt[leading];
    if (gen_eta[particle] * zside > 0 && isBetter) leading = particle;
  }
  return leading;
}

/** The kind of a particle by its number in the scheme of the Particle Data Group. */
function _kind(pdg: number | undefined): string {
  if (pdg === undefined) return "";
  if (Math.abs(pdg) === 11) return "electron";
  return pdg === 22 ? "photon" : `pdg ${pdg}`;
}

/** The common length of branches. */
function _checkLengths(
  event: number,
  branches: EventBranches,
  names: { readonly required: readonly string[]; readonly optional: readonly string[] },
): number {
  const length = branches[names.required[0]]?.length;
  for (const name of names.required) {
    if (!branches[name]) {
      throw new TypeError(`Cannot make wafers of event ${event}: branch ${name} is missing`);
    }
  }
  for (const name of [...names.required, ...names.optional]) {
    if (branches[name] && branches[name].length !== length) {
      throw new TypeError(
        `Cannot make wafers of event ${event}: ${name} must have ${length} values as ` +
          `${names.required[0]}, current number is ${branches[name].length}`,
      );
    }
  }
  return length;
}

function _isLayer(layer: number): boolean {
  return Number.isInteger(layer) && layer >= 1 && layer <= 28;
}

function _cellError(event: number, cell: number, must: string, value: unknown): RangeError {
  return new RangeError(
    `Cannot make wafers of event ${event}: trigger cell ${cell}: ${must}, current value is ${value}`,
  );
}
