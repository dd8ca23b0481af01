/**
 * Events as a table of wafers.
 *
 * @module
 */
import { CELLS } from "../../wafer/cells.ts";
import type { WaferTable } from "../wafer_table.ts";
import type { EventSettings } from "./event_settings.ts";
import { EventSimulator, type SimulatedWafer } from "./event_simulator.ts";
import { type GeneratedParticle, type ParticleKind, phiInEndcap } from "./generated_particle.ts";
import { TRIGGER_LAYER_Z, TRIGGER_LAYERS } from "./layers.ts";

/** Names of the columns of numbers, in their order. */
export const EVENT_COLUMNS = [
  "event",
  "layer",
  "waferu",
  "waferv",
  "zside",
  "density",
  "eta",
  "phi",
  "gen_pt",
  "gen_eta",
  "gen_phi",
  "gen_energy",
  "sim_energy",
  "signal_share",
] as const;

/** Wafers of whole events: arrays alone, which can be transferred between threads. */
export interface EventArrays {
  /** CALQ, 48 for each wafer, train order. */
  readonly charges: Float64Array<ArrayBuffer>;
  /** tc_data, 48 for each wafer, train order. */
  readonly rawCharges: Float64Array<ArrayBuffer>;
  /** {@linkcode EVENT_COLUMNS}, one after the other, each with one number for each wafer. */
  readonly numbers: Float64Array<ArrayBuffer>;
}

/** The trigger's sampling of every other layer halves the energy. */
const LAYERS_FOR_EACH_READ = 2;

/**
 * Simulates events and keeps their wafers.
 *
 * @param settings What to simulate.
 * @param first Number of the first event.
 * @param count How many events.
 * @returns Their wafers, by event, layer, u and v.
 */
export function simulateEvents(settings: EventSettings, first: number, count: number): EventArrays {
  const simulator = new EventSimulator(settings);
  const charges = new _Numbers(CELLS), rawCharges = new _Numbers(CELLS);
  const numbers = new _Numbers(EVENT_COLUMNS.length);
  for (let event = first; event < first + count; event++) {
    const wafers: { wafer: SimulatedWafer["wafer"]; signal: number; energy: number }[] = [];
    const particle = simulator.simulate(event, (simulated) => {
      charges.append(simulated.charges);
      rawCharges.append(simulated.rawCharges);
      const { wafer, signalEnergy: signal, energy } = simulated;
      wafers.push({ wafer, signal, energy });
    });
    for (const { wafer, signal, energy } of wafers) {
      numbers.append(_row(event, particle, wafer, signal, energy));
    }
  }
  return {
    charges: charges.rows(),
    rawCharges: rawCharges.rows(),
    numbers: _transposed(numbers.rows(), EVENT_COLUMNS.length),
  };
}

/**
 * The arrays of events as a table.
 *
 * @param arrays The arrays; kept, not copied.
 * @param kind The generated particle.
 * @returns The table.
 */
export function eventTable(arrays: EventArrays, kind: ParticleKind): WaferTable {
  const { charges, rawCharges, numbers } = arrays;
  const count = charges.length / CELLS;
  const columns = Object.fromEntries(
    EVENT_COLUMNS.map((name, k) => [name, numbers.subarray(k * count, (k + 1) * count)]),
  );
  const kinds = new Array<string>(count).fill(kind);
  return { count, order: "train", charges, rawCharges, columns: { ...columns, gen_kind: kinds } };
}

/** The numbers of a wafer, in the order of {@linkcode EVENT_COLUMNS}. */
function _row(
  event: number,
  { zside, pT, eta, phi, energy: generated }: GeneratedParticle,
  wafer: SimulatedWafer["wafer"],
  signal: number,
  energy: number,
): number[] {
  const { layer, u, v, x, y } = wafer;
  return [
    event,
    TRIGGER_LAYERS[layer],
    u,
    v,
    zside,
    wafer.sensor.density === "high_density" ? 1 : 0,
    Math.asinh(TRIGGER_LAYER_Z[layer] / Math.hypot(x, y)),
    phiInEndcap(Math.atan2(y, x), zside),
    pT,
    eta,
    phiInEndcap(phi, zside),
    generated,
    LAYERS_FOR_EACH_READ * signal,
    energy > 0 ? signal / energy : 0,
  ];
}

/** Rows of numbers whose count is not known beforehand. */
class _Numbers {
  readonly #width: number;
  #values: Float64Array<ArrayBuffer>;
  #used = 0;

  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(1024 * width);
  }

  append(row: ArrayLike<number>): void {
    if (this.#used + this.#width > this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values.set(row, this.#used);
    this.#used += this.#width;
  }

  /** The rows, in an array of just their size. */
  rows(): Float64Array<ArrayBuffer> {
    return this.#values.slice(0, this.#used);
  }
}

/** Columns one after the other, from rows one after the other. */
function _transposed(rows: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const count = rows.length / width;
  const columns = new Float64Array(rows.length);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < width; k++) columns[k * count + row] = rows[row * width + k];
  }
  return columns;
}
