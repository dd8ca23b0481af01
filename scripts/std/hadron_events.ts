/**
 * Wafers with a charged hadron in the place of an electron, amid pile-up.
 *
 * @module
 */
import { type WaferTable, waferTable } from "../../src/datasets/wafer_table.ts";
import { CellEnergies } from "../../src/datasets/simulation/cell_energies.ts";
import { digitise } from "../../src/datasets/simulation/digitise.ts";
import { generateParticle } from "../../src/datasets/simulation/generated_particle.ts";
import { depositHadron } from "../../src/datasets/simulation/hadron.ts";
import { TRIGGER_LAYERS } from "../../src/datasets/simulation/layers.ts";
import { SuppressedNoise } from "../../src/datasets/simulation/noise.ts";
import { depositPileUp } from "../../src/datasets/simulation/pile_up.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { CELLS } from "../../src/wafer/mod.ts";

/** Options of {@linkcode hadronEvents}. */
export interface HadronEventsOptions {
  /** Number of events. */
  readonly events: number;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Mean number of pile-up interactions. */
  readonly pileUp: number;
}

/** As `simulate` draws its electrons. */
const PT = { min: 2, max: 35, power: 0 }, ETA = [1.5, 3] as const;

/**
 * Simulates events as `simulate` does, with a charged hadron as pile-up has them: a track, and a shower
 * where it interacts.
 *
 * @param options Events, seed, pile-up.
 * @returns All wafers around the axes, with columns `event`, `layer` and `sim_energy`, the hadron's
 * energy in the wafer times two, GeV.
 */
export function hadronEvents({ events, seed, pileUp }: HadronEventsOptions): WaferTable {
  const cells = new CellEnergies();
  const rows: number[] = [], event: number[] = [], layer: number[] = [], energy: number[] = [];
  const charges = new Float64Array(CELLS), rawCharges = new Float64Array(CELLS);
  for (let number = 0; number < events; number++) {
    const stream = new RandomStream(seed, "generated hadron", number);
    const { eta, phi, energy: generated } = generateParticle(stream, "electron", PT, ETA);
    const slopeX = Math.cos(phi) / Math.sinh(eta), slopeY = Math.sin(phi) / Math.sinh(eta);
    cells.begin(slopeX, slopeY);
    depositHadron(cells, stream, generated, slopeX, slopeY, true);
    const own = cells.wafers.map((_, slot) => cells.energiesOf(slot).reduce((a, b) => a + b, 0));
    const crossing = new RandomStream(seed, "pile-up of hadrons", number);
    depositPileUp(cells, crossing, pileUp, slopeX, slopeY);
    const noise = new SuppressedNoise(new RandomStream(seed, "noise of hadrons", number));
    for (const [slot, wafer] of cells.wafers.entries()) {
      digitise(wafer, cells.energiesOf(slot), noise, rawCharges, charges);
      rows.push(...charges);
      event.push(number);
      layer.push(TRIGGER_LAYERS[wafer.layer]);
      energy.push(2 * own[slot]);
    }
  }
  return waferTable(Float64Array.from(rows), {
    event: Float64Array.from(event),
    layer: Float64Array.from(layer),
    sim_energy: Float64Array.from(energy),
  });
}
