/**
 * Simulated wafers for the outlook's demonstrations.
 *
 * @module
 */
import { concatenateWafers, simulate } from "../../src/datasets/mod.ts";
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { hadronEvents } from "./hadron_events.ts";

/** Events as tables of wafers: all wafers near the axis of the particle, with and without charge. */
export interface OutlookWafers {
  /** Electrons amid pile-up. */
  readonly amid: WaferTable;
  /** The same electrons in the same wafers, without pile-up. */
  readonly clean: WaferTable;
  /** Photons amid pile-up. */
  readonly photons: WaferTable;
  /** Other photons, without. */
  readonly secondPhotons: WaferTable;
  /** Charged hadrons amid pile-up. */
  readonly hadrons: WaferTable;
}

/** Rows of a table on both sides of a split; whole events on each. */
export interface EventSplit {
  /** Rows to learn from. */
  readonly train: number[];
  /** Rows to judge by. */
  readonly test: number[];
}

/** Pile-up of the high-luminosity LHC. */
const PILE_UP = 200;
/** The part of the events to learn from. */
const TRAIN_SHARE = 0.7;
/** Layers amid a shower, and the particle's energy in a wafer from which it is seen clearly, GeV. */
const MIDDLE_LAYERS = [5, 7, 9, 11, 13], CLEAR_ENERGY = 1;

/**
 * Simulates events.
 *
 * @param events Events with electrons; a quarter as many with photons and hadrons.
 * @param seed Seed of the simulation.
 * @returns The wafers.
 */
export async function outlookWafers(events: number, seed: number): Promise<OutlookWafers> {
  const others = Math.ceil(events / 4);
  const draw = async (options: Omit<Parameters<typeof simulate>[0], "seed">) =>
    concatenateWafers(await Array.fromAsync(simulate({ seed, ...options })));
  const photon = { particle: "photon", events: others } as const;
  return {
    amid: await draw({ events, pileUp: PILE_UP }),
    // The streams of an event's particle do not depend on pile-up.
    clean: await draw({ events, pileUp: 0 }),
    photons: await draw({ ...photon, firstEvent: events, pileUp: PILE_UP }),
    secondPhotons: await draw({ ...photon, firstEvent: 2 * events, pileUp: 0 }),
    hadrons: hadronEvents({ events: others, seed, pileUp: PILE_UP }),
  };
}

/**
 * Wafers in which the shower of a particle can be seen: in layers amid it, with enough of its energy.
 *
 * @param table Wafers of events.
 * @returns Their rows.
 */
export function clearRows(table: WaferTable): number[] {
  const { layer, sim_energy } = numberColumns(table);
  return chargedRows(table).filter((row) =>
    MIDDLE_LAYERS.includes(layer[row]) && sim_energy[row] > CLEAR_ENERGY
  );
}

/**
 * Wafers in the same layers that the particle has not reached: pile-up alone.
 *
 * @param table Wafers of events.
 * @returns Their rows.
 */
export function pileUpRows(table: WaferTable): number[] {
  const { layer, sim_energy } = numberColumns(table);
  return chargedRows(table).filter((row) =>
    MIDDLE_LAYERS.includes(layer[row]) && sim_energy[row] === 0
  );
}

/**
 * Wafers with charge.
 *
 * @param table Wafers.
 * @returns Their rows.
 */
export function chargedRows({ charges, count }: WaferTable): number[] {
  return Array.from({ length: count }, (_, row) => row).filter((row) =>
    charges.subarray(row * CELLS, (row + 1) * CELLS).some((charge) => charge > 0)
  );
}

/**
 * Splits rows at random by their events.
 *
 * @param table Wafers of events.
 * @param rows The rows.
 * @param seed Seed of the split.
 * @returns Both sides.
 */
export function splitByEvent(
  table: WaferTable,
  rows: readonly number[],
  seed: number,
): EventSplit {
  const { event } = numberColumns(table);
  const isTrain = new Map<number, boolean>();
  for (const row of rows) {
    const number = event[row];
    if (isTrain.has(number)) continue;
    isTrain.set(number, new RandomStream(seed, "split of events", number).uniform() < TRAIN_SHARE);
  }
  return {
    train: rows.filter((row) => isTrain.get(event[row])),
    test: rows.filter((row) => !isTrain.get(event[row])),
  };
}

/**
 * Wafers with the charges of random other wafers added.
 *
 * @param table Wafers.
 * @param added Wafers to add one of to each.
 * @param stream What chooses.
 * @returns The sums, as a table without columns.
 */
export function superposed(table: WaferTable, added: WaferTable, stream: RandomStream): WaferTable {
  const charges = table.charges.slice();
  for (let row = 0; row < table.count; row++) {
    const other = stream.integer(added.count);
    for (let cell = 0; cell < CELLS; cell++) {
      charges[row * CELLS + cell] += added.charges[other * CELLS + cell];
    }
  }
  return { count: table.count, order: "train", charges, columns: {} };
}

/**
 * Rows of a table, with their charges alone.
 *
 * @param table The table.
 * @param rows The rows.
 * @returns A table without columns.
 */
export function chargesAt(table: WaferTable, rows: readonly number[]): WaferTable {
  const { count, order, charges } = selectWafers(table, rows);
  return { count, order, charges, columns: {} };
}

/**
 * The columns of simulated wafers.
 *
 * @param table The wafers.
 * @returns Those that are numbers here.
 */
export function numberColumns(
  table: WaferTable,
): Readonly<Record<"event" | "layer" | "sim_energy" | "signal_share", Float64Array>> {
  return table.columns as ReturnType<typeof numberColumns>;
}
