/**
 * Charges of simulated wafers: what validation compares with published values.
 *
 * @module
 */
import { OCCUPIED_ABOVE } from "../select.ts";
import { quantiles } from "../../numerics/quantile.ts";
import { CELLS } from "../../wafer/cells.ts";
import { chargesOf, type WaferTable } from "../wafer_table.ts";

/** Groups of layers in the published plots of trigger cells with charge. */
export const LAYER_GROUPS: readonly {
  readonly name: string;
  readonly layers: readonly number[];
}[] = [
  { name: "1-4", layers: [1, 3] },
  { name: "5-9", layers: [5, 7, 9] },
  { name: "10-14", layers: [11, 13] },
  { name: "20-24", layers: [21, 23] },
];

/** |eta| of the published values; wafers within 0.1 count. */
export const CELL_ETAS: readonly number[] = [1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8];
/** Width of a bin of the spectrum of charge sums, counts. */
export const CHARGE_BIN = 79;
/** Bins of the spectrum of charge sums. */
export const CHARGE_BINS = 30;
/** |eta| between which occupancies of electron wafers are measured. */
export const OCCUPANCY_ETA_RANGE: readonly [number, number] = [1.6, 3.0];
/** Bins of |eta| in the published plot of occupancies. */
const OCCUPANCY_BINS = 10;
/** Classes of the particle's energy in a wafer, GeV. */
export const ENERGY_CLASSES: readonly (readonly [number, number])[] = [
  [0.5, 2],
  [2, 8],
  [8, Infinity],
];

/** The layers in the middle of a shower, which the paper's sample holds. */
const MIDDLE_LAYERS: readonly number[] = [5, 7, 9, 11];

/** Sums over wafers, table by table: nothing is kept but
 * a small number for each electron wafer. */
export class WaferMeasures {
  readonly #cells = LAYER_GROUPS.map(() => CELL_ETAS.map(() => new _Mean()));
  readonly #occupancy = Array.from({ length: OCCUPANCY_BINS }, () => [] as number[]);
  readonly #shares = ENERGY_CLASSES.map(() => ({ leading: new _Mean(), three: new _Mean() }));
  readonly #chargeSums = new Float64Array(CHARGE_BINS);
  readonly #cellCounts = new Float64Array(CELLS + 1);
  #largestOccupancy = 0;
  #pileUpWafers = 0;

  /**
   * Adds wafers with the columns of simulated ones.
   *
   * @param table The wafers.
   */
  add(table: WaferTable): void {
    const { layer, eta, sim_energy: energy } = table.columns as Record<string, Float64Array>;
    for (let wafer = 0; wafer < table.count; wafer++) {
      this.#addWafer(chargesOf(table, wafer), layer[wafer], eta[wafer], energy[wafer]);
    }
  }

  /** Mean number of trigger cells with charge: for each group of layers, at each |eta|. */
  meanCells(): number[][] {
    return this.#cells.map((group) => group.map((mean) => mean.value));
  }

  /**
   * Share of pile-up wafers in layers 5 to 11 in each bin of the charge sum, over the bin's width.
   * Wafers count by the area of a layer for which they stand, as in a sample of all wafers.
   */
  chargeSumDensity(): number[] {
    return Array.from(this.#chargeSums, (weight) => weight / (this.#pileUpWafers * CHARGE_BIN));
  }

  /** Share of pile-up wafers in layers 5 to 11 that have n cells with charge, by n; by area too. */
  cellCountShares(): number[] {
    return Array.from(this.#cellCounts, (weight) => weight / this.#pileUpWafers);
  }

  /** Median number of occupied cells of electron wafers in layers 5 to 11, in bins of |eta|. */
  occupancy(): { eta: number; median: number }[] {
    const [least, most] = OCCUPANCY_ETA_RANGE, width = (most - least) / OCCUPANCY_BINS;
    return this.#occupancy.map((counts, bin) => ({
      eta: least + (bin + 0.5) * width,
      median: counts.length === 0 ? 0 : quantiles(counts, [0.5])[0],
    }));
  }

  /** Most occupied cells in any electron wafer in layers 5 to 11. */
  get largestOccupancy(): number {
    return this.#largestOccupancy;
  }

  /**
   * Mean shares of the leading cell and of the three leading ones in the charge of wafers in layers 5
   * to 11, for each class of {@linkcode ENERGY_CLASSES}.
   */
  leadingShares(): { leading: number; three: number }[] {
    return this.#shares.map(({ leading, three }) => ({
      leading: leading.value,
      three: three.value,
    }));
  }

  #addWafer(charges: Float64Array, layer: number, eta: number, energy: number): void {
    const cells = charges.reduce((count, charge) => count + (charge > 0 ? 1 : 0), 0);
    const etaBin = CELL_ETAS.findIndex((centre) => Math.abs(eta - centre) < 0.1);
    const group = LAYER_GROUPS.findIndex(({ layers }) => layers.includes(layer));
    if (etaBin >= 0 && group >= 0) this.#cells[group][etaBin].add(cells);
    if (!MIDDLE_LAYERS.includes(layer)) return;

    const sum = charges.reduce((total, charge) => total + charge, 0);
    if (energy === 0) {
      // Axes are even in (eta, phi), so that this is the area for which one stands.
      const slope = 1 / Math.sinh(eta), area = slope * slope * Math.sqrt(1 + slope * slope);
      this.#pileUpWafers += area;
      this.#cellCounts[cells] += area;
      const bin = Math.floor(sum / CHARGE_BIN);
      if (bin < CHARGE_BINS) this.#chargeSums[bin] += area;
      return;
    }
    const occupied = charges.reduce(
      (count, charge) => count + (charge > OCCUPIED_ABOVE ? 1 : 0),
      0,
    );
    this.#largestOccupancy = Math.max(this.#largestOccupancy, occupied);
    const [least, most] = OCCUPANCY_ETA_RANGE;
    const occupancyBin = Math.floor((eta - least) / (most - least) * OCCUPANCY_BINS);
    this.#occupancy[occupancyBin]?.push(occupied);
    const energyClass = ENERGY_CLASSES.findIndex(([low, high]) => energy >= low && energy < high);
    if (energyClass < 0 || sum === 0) return;
    const sorted = charges.toSorted();
    this.#shares[energyClass].leading.add(sorted[CELLS - 1] / sum);
    const three = sorted[CELLS - 1] + sorted[CELLS - 2] + sorted[CELLS - 3];
    this.#shares[energyClass].three.add(three / sum);
  }
}

class _Mean {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  /** The mean; 0 of nothing. */
  get value(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }
}
