/**
 * Simulated wafers that an electron hits, each with the place of the impact as its class.
 *
 * @module
 */
import { simulate, type WaferTable } from "../../src/datasets/mod.ts";
import { phiInEndcap } from "../../src/datasets/simulation/generated_particle.ts";
import { TRIGGER_LAYER_Z, TRIGGER_LAYERS } from "../../src/datasets/simulation/layers.ts";
import { LOW_DENSITY, sensorCellAt } from "../../src/datasets/simulation/sensor_cells.ts";
import { waferAt, waferCentre } from "../../src/datasets/simulation/wafer_lattice.ts";
import { unpackU, unpackV } from "../../src/datasets/simulation/hexagons.ts";
import { chargesOf } from "../../src/datasets/wafer_table.ts";
import { CELLS } from "../../src/wafer/mod.ts";
import { type ImpactLevels, SUB_CELLS } from "./impact_tree.ts";

/** Wafers with the classes of their impacts. */
export interface ImpactRows {
  /** log(1 + CALQ / 35), 48 a row. */
  readonly inputs: Float32Array;
  /** Class of each row: a bin of the tree. */
  readonly labels: Uint16Array;
}

/** What is drawn. */
export type ImpactSample = ImpactLevels & {
  /** Rows of each class to learn from, and to judge by. */
  readonly perClass: { readonly train: number; readonly test: number };
  /** Seed of the simulation. */
  readonly seed: number;
};

/** Counts of a minimum-ionising particle at normal incidence. */
const MIP_COUNTS = 35;
/** Electrons that leave a shower, where sensors are of low density. */
const ELECTRONS = { pT: [10, 35], eta: [1.6, 2.1], pileUp: 0 } as const;
/** One event in so many is to judge by. */
const TEST_EVENTS = 4;
/** Events of a table, and events after which a class that is still not full never will be. */
const EVENTS_A_TABLE = 64, MOST_EVENTS = 100_000;

/** Sub-cell, 0 to 3, of each sensor cell within its trigger cell. */
const SUB_CELL_OF = _subCells();

/**
 * Simulates electrons without pile-up until each class has its rows. The first ones count; no event has rows
 * on both sides. The place is where the line from the collision in the generated direction crosses the
 * layer; only wafers of low density with charge count.
 *
 * @param sample Classes, rows, and the seed.
 * @returns Rows to learn from and to judge by, by event.
 * @throws {RangeError} If a class does not fill.
 */
export async function drawImpacts(
  sample: ImpactSample,
): Promise<{ readonly train: ImpactRows; readonly test: ImpactRows }> {
  const { layerGroups, perClass, seed, subCells } = sample;
  const classes = layerGroups.length * CELLS * (subCells ? SUB_CELLS : 1);
  const sides = {
    train: new _Side(classes, perClass.train),
    test: new _Side(classes, perClass.test),
  };
  const tables = simulate({
    ...ELECTRONS,
    seed,
    events: MOST_EVENTS,
    layers: layerGroups.flat(),
    eventsATable: EVENTS_A_TABLE,
  });
  for await (const table of tables) {
    const { event } = table.columns as Record<string, Float64Array>;
    for (let wafer = 0; wafer < table.count; wafer++) {
      const label = impactClass(table, wafer, sample);
      if (label < 0) continue;
      const side = event[wafer] % TEST_EVENTS === 0 ? sides.test : sides.train;
      side.add(chargesOf(table, wafer), label);
    }
    if (sides.train.isFull && sides.test.isFull) {
      return { train: sides.train.rows(), test: sides.test.rows() };
    }
  }
  throw new RangeError(`Cannot fill ${classes} classes: ${MOST_EVENTS} events were not enough`);
}

/**
 * The class of a simulated wafer.
 *
 * @param table Simulated wafers.
 * @param wafer Index of the wafer.
 * @param levels How fine the classes are.
 * @returns The class, or -1 if the electron does not pass through the wafer, its layer is in no group,
 * it has no charge, or its sensor is of high density.
 */
export function impactClass(table: WaferTable, wafer: number, levels: ImpactLevels): number {
  const { layer, waferu, waferv, zside, density, gen_eta: eta, gen_phi: phi } = table
    .columns as Record<string, Float64Array>;
  const group = levels.layerGroups.findIndex((layers) => layers.includes(layer[wafer]));
  if (group < 0 || density[wafer] === 1) return -1;
  // In the frame of the endcap at z > 0, as waferu and waferv are; the mirror image of a mirror image.
  const azimuth = phiInEndcap(phi[wafer], zside[wafer] as 1 | -1);
  const radius = TRIGGER_LAYER_Z[TRIGGER_LAYERS.indexOf(layer[wafer])] / Math.sinh(eta[wafer]);
  const x = radius * Math.cos(azimuth), y = radius * Math.sin(azimuth);
  const hit = waferAt(x, y);
  if (unpackU(hit) !== waferu[wafer] || unpackV(hit) !== waferv[wafer]) return -1;
  if (chargesOf(table, wafer).every((charge) => charge === 0)) return -1;
  const [centreX, centreY] = waferCentre(waferu[wafer], waferv[wafer]);
  const sensorCell = sensorCellAt(LOW_DENSITY, x - centreX, y - centreY);
  const cell = group * CELLS + LOW_DENSITY.triggerCellOf[sensorCell];
  return levels.subCells ? cell * SUB_CELLS + SUB_CELL_OF[sensorCell] : cell;
}

/** Rows of one side, so many of each class. */
class _Side {
  readonly #left: Uint16Array;
  readonly #inputs: Float32Array;
  readonly #labels: Uint16Array;
  #count = 0;

  constructor(classes: number, perClass: number) {
    this.#left = new Uint16Array(classes).fill(perClass);
    this.#labels = new Uint16Array(classes * perClass);
    this.#inputs = new Float32Array(classes * perClass * CELLS);
  }

  get isFull(): boolean {
    return this.#count === this.#labels.length;
  }

  add(charges: ArrayLike<number>, label: number): void {
    if (this.#left[label] === 0) return;
    this.#left[label]--;
    for (let cell = 0; cell < CELLS; cell++) {
      this.#inputs[this.#count * CELLS + cell] = Math.log1p(charges[cell] / MIP_COUNTS);
    }
    this.#labels[this.#count++] = label;
  }

  rows(): ImpactRows {
    return { inputs: this.#inputs, labels: this.#labels };
  }
}

function _subCells(): Int8Array {
  const { cells, triggerCellOf } = LOW_DENSITY;
  const seen = new Uint8Array(CELLS), subCellOf = new Int8Array(triggerCellOf.length).fill(-1);
  for (const cell of cells) subCellOf[cell] = seen[triggerCellOf[cell]]++;
  return subCellOf;
}
