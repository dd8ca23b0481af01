/**
 * Classes to be told from the charges of a wafer alone: ordered ones (the electron's energy in the
 * wafer, the layer, pseudorapidity) and one without order (what made the charge).
 *
 * @module
 */
import { concatenateWafers, simulate, type WaferTable } from "../../src/datasets/mod.ts";
import { quantiles, RandomStream } from "../../src/numerics/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";

/** Wafers with labels. Rows of one event stand on one side of the split. */
export interface OrdinalTask {
  /** Name, in words. */
  readonly name: string;
  /** Name of each class. */
  readonly classes: readonly string[];
  /** Whether classes have an order. */
  readonly ordered: boolean;
  /** Rows to learn from, and to judge by. */
  readonly train: LabelledRows;
  readonly test: LabelledRows;
}

/** Inputs of the network with labels. */
export interface LabelledRows {
  /** log(1 + CALQ / 35), 48 a row. */
  readonly inputs: Float32Array;
  /** Index of the class of each row. */
  readonly labels: Uint8Array;
}

/** Counts of a minimum-ionising particle at normal incidence. */
const MIP_COUNTS = 35;
/** Part of the events to learn from. */
const TRAIN_SHARE = 0.7;
/** The particle's energy in a wafer from which it counts as hit, GeV. */
const LEAST_ENERGY = 0.2;
/** For the task without order: enough energy that what made it can matter, in layers amid the shower. */
const CLEAR_ENERGY = 1, MIDDLE_LAYERS = [5, 7, 9, 11, 13];

/** Names of what can have made the charge. */
const SOURCES = ["pile-up", "electron", "photon", "two photons", "noise"] as const;

/** Columns of simulated wafers that are used here. */
type _Columns = Readonly<Record<"event" | "layer" | "eta" | "sim_energy", Float64Array>>;

/**
 * Simulates events and makes the four tasks of them.
 *
 * @param events Events of electrons; as many of photons, with and without pile-up.
 * @param seed Seed of the simulation.
 * @returns Tasks: energy, layer, eta, source.
 */
export async function ordinalTasks(events: number, seed: number): Promise<OrdinalTask[]> {
  const draw = async (particle: "electron" | "photon", pileUp: number, first: number) =>
    concatenateWafers(
      await Array.fromAsync(
        simulate({ seed, events, firstEvent: first * events, particle, pileUp }),
      ),
    );
  const electrons = await draw("electron", 200, 0);
  const photons = await draw("photon", 200, 1), pure = await draw("photon", 0, 2);
  const { sim_energy: energy, layer, eta } = _columns(electrons);
  const hit = _where(electrons, (w) => energy[w] > LEAST_ENERGY);
  const charged = _where(electrons, (w) => _sum(electrons, w) > 0);
  const layers = [...new Set(layer)].sort((a, b) => a - b);
  return [
    _binned("energy of the electron", electrons, hit, energy, 8, "GeV"),
    {
      name: "layer",
      classes: layers.map(String),
      ordered: true,
      ..._split(electrons, hit, hit.map((w) => layers.indexOf(layer[w]))),
    },
    // One in three suffices, and tells no more of any event than the other tasks do.
    _binned("pseudorapidity", electrons, charged.filter((_, k) => k % 3 === 0), eta, 10, ""),
    _sources(electrons, photons, pure, seed),
  ];
}

/**
 * Classes of a number, each with as many wafers, within half a class, as the others.
 */
function _binned(
  name: string,
  table: WaferTable,
  wafers: readonly number[],
  values: Float64Array,
  count: number,
  unit: string,
): OrdinalTask {
  const chosen = wafers.map((w) => values[w]);
  const edges = quantiles(chosen, Array.from({ length: count + 1 }, (_, k) => k / count));
  const inside = [...edges].slice(1, -1);
  const text = (edge: number) => `${Number(edge.toPrecision(3))}`;
  return {
    name,
    classes: inside.concat(Infinity).map((edge, k) =>
      edge === Infinity
        ? `above ${text(inside[k - 1])} ${unit}`.trim()
        : `below ${text(edge)} ${unit}`.trim()
    ),
    ordered: true,
    ..._split(table, wafers, chosen.map((value) => inside.filter((edge) => value >= edge).length)),
  };
}

/** What made the charge; two photons are the charges of two wafers added up, one without pile-up. */
function _sources(
  electrons: WaferTable,
  photons: WaferTable,
  pure: WaferTable,
  seed: number,
): OrdinalTask {
  const amid = (table: WaferTable, has: (energy: number) => boolean) => {
    const { layer, sim_energy } = _columns(table);
    return _where(
      table,
      (w) => MIDDLE_LAYERS.includes(layer[w]) && has(sim_energy[w]) && _sum(table, w) > 0,
    );
  };
  const clear = (energy: number) => energy > CLEAR_ENERGY, none = (energy: number) => energy === 0;
  const second = amid(pure, clear);
  const random = new RandomStream(seed, "second photon");
  const groups: readonly [WaferTable, number[]][] = [
    [electrons, amid(electrons, none)],
    [electrons, amid(electrons, clear)],
    [photons, amid(photons, clear)],
    [photons, amid(photons, clear)],
    [pure, amid(pure, none)],
  ];
  const least = Math.min(...groups.map(([, wafers]) => wafers.length));
  const parts = groups.map(([table, wafers], label) => {
    // Every n-th, so that all events have their share.
    const chosen = Array.from(
      { length: least },
      (_, k) => wafers[Math.floor(k * wafers.length / least)],
    );
    const add = SOURCES[label] === "two photons" ? [pure, second] as const : undefined;
    return _split(table, chosen, chosen.map(() => label), add, random);
  });
  const join = (side: "train" | "test"): LabelledRows => ({
    inputs: Float32Array.from(parts.flatMap((part) => [...part[side].inputs])),
    labels: Uint8Array.from(parts.flatMap((part) => [...part[side].labels])),
  });
  return {
    name: "source of the charge",
    classes: SOURCES,
    ordered: false,
    train: join("train"),
    test: join("test"),
  };
}

/** Rows on both sides, whole events on each; perhaps with the charges of random other wafers added. */
function _split(
  table: WaferTable,
  wafers: readonly number[],
  labels: readonly number[],
  add?: readonly [WaferTable, readonly number[]],
  random?: RandomStream,
): { train: LabelledRows; test: LabelledRows } {
  const { event } = _columns(table);
  const first = event[0], last = event[table.count - 1];
  const border = first + TRAIN_SHARE * (last + 1 - first);
  const side = (isTrain: boolean): LabelledRows => {
    const rows = wafers.keys().filter((k) => event[wafers[k]] < border === isTrain).toArray();
    const inputs = new Float32Array(rows.length * CELLS);
    const others = add === undefined ? [] : _half(add[0], add[1], isTrain);
    rows.forEach((k, row) => {
      const other = add === undefined ? -1 : others[random!.integer(others.length)];
      for (let cell = 0; cell < CELLS; cell++) {
        const added = add === undefined ? 0 : add[0].charges[other * CELLS + cell];
        const charge = table.charges[wafers[k] * CELLS + cell] + added;
        inputs[row * CELLS + cell] = Math.log1p(charge / MIP_COUNTS);
      }
    });
    return { inputs, labels: Uint8Array.from(rows, (k) => labels[k]) };
  };
  return { train: side(true), test: side(false) };
}

/** Those wafers that belong to the events of a side. */
function _half(table: WaferTable, wafers: readonly number[], isTrain: boolean): number[] {
  const { event } = _columns(table);
  const first = event[0], last = event[table.count - 1];
  const border = first + TRAIN_SHARE * (last + 1 - first);
  return wafers.filter((w) => event[w] < border === isTrain);
}

function _columns(table: WaferTable): _Columns {
  return table.columns as unknown as _Columns;
}

function _where(table: WaferTable, keep: (wafer: number) => boolean): number[] {
  return Array.from({ length: table.count }, (_, w) => w).filter(keep);
}

function _sum(table: WaferTable, wafer: number): number {
  let sum = 0;
  for (let k = wafer * CELLS; k < (wafer + 1) * CELLS; k++) sum += table.charges[k];
  return sum;
}
