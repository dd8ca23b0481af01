/**
 * Wafers that an autoencoder has not learnt, found by how badly it reconstructs them.
 *
 * @module
 */
import type { WaferTable } from "../../src/datasets/wafer_table.ts";
import {
  loadEconAutoencoder,
  type LoadedAutoencoder,
} from "../../src/models/autoencoder/load_autoencoder.ts";
import { DEFAULT_RECIPE } from "../../src/models/autoencoder/training.ts";
import { econFormats } from "../../src/models/published/econ_formats.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { CELLS, normalise, waferEmdBatch } from "../../src/wafer/mod.ts";
import { chargesAt, clearRows, type OutlookWafers, superposed } from "./outlook_wafers.ts";
import { trainedNetworks, type TrainedNetworksOptions } from "./trained_networks.ts";

/** Losses that the autoencoder is trained with. */
export const ANOMALY_LOSSES = ["weighted_mse", "exact_emd"] as const;
/** One of {@linkcode ANOMALY_LOSSES}. */
export type AnomalyLoss = typeof ANOMALY_LOSSES[number];

/** What tells how badly a wafer is reconstructed. */
export const SCORES = ["MSE", "EMD"] as const;
/** One of {@linkcode SCORES}. */
export type Score = typeof SCORES[number];

/** A score by an autoencoder. */
export interface AnomalyScore {
  /** What the autoencoder was trained with. */
  readonly loss: AnomalyLoss;
  /** What is told. */
  readonly score: Score;
  /** Its numbers for wafers of each kind. */
  readonly byKind: ReadonlyMap<string, Float64Array>;
}

/** What {@linkcode anomalyScores} works on. */
export interface AnomalyScoresOptions extends Omit<TrainedNetworksOptions, "onProgress"> {
  /** Usual wafers, to learn from. */
  readonly train: WaferTable;
  /** Wafers to be scored, by kind. */
  readonly kinds: ReadonlyMap<string, WaferTable>;
  /** Steps of each autoencoder. */
  readonly steps: number;
  /** Seed of the training. */
  readonly seed: number;
}

/** A burst of noise: in how many cells, and which part of the wafer's charge goes to each. */
const BURST_CELLS = 2, BURST_PART = 0.5;

/**
 * Unusual wafers: with a second photon, with a charged hadron, with a burst of noise.
 *
 * @param wafers Simulated wafers.
 * @param usual Usual wafers that were not learnt from, for the noise.
 * @param seed Seed of what is added.
 * @returns The wafers by kind, all with charge.
 */
export function unusualWafers(
  { photons, secondPhotons, hadrons }: OutlookWafers,
  usual: WaferTable,
  seed: number,
): Map<string, WaferTable> {
  const second = chargesAt(secondPhotons, clearRows(secondPhotons));
  const first = chargesAt(photons, clearRows(photons));
  return new Map([
    ["two photons", superposed(first, second, new RandomStream(seed, "second photon"))],
    ["hadron", chargesAt(hadrons, clearRows(hadrons))],
    ["noise burst", withBursts(usual, new RandomStream(seed, "noise bursts"))],
  ]);
}

/**
 * Wafers with a burst of noise: in two random cells, half of the wafer's charge on top.
 *
 * @param table Wafers.
 * @param stream What chooses the cells.
 * @returns The wafers, without columns.
 */
export function withBursts(table: WaferTable, stream: RandomStream): WaferTable {
  const charges = table.charges.slice();
  for (let row = 0; row < table.count; row++) {
    const wafer = charges.subarray(row * CELLS, (row + 1) * CELLS);
    const sum = wafer.reduce((a, b) => a + b, 0);
    for (let n = 0; n < BURST_CELLS; n++) wafer[stream.integer(CELLS)] += BURST_PART * sum;
  }
  return { count: table.count, order: "train", charges, columns: {} };
}

/**
 * Trains an autoencoder with each loss on usual wafers, and scores wafers by what they lose in it.
 *
 * @param options Wafers, steps, seed, and where networks are kept.
 * @returns The scores of each autoencoder.
 */
export async function anomalyScores(options: AnomalyScoresOptions): Promise<AnomalyScore[]> {
  const { train, kinds, steps, seed } = options;
  const networks = await trainedNetworks(
    ANOMALY_LOSSES.map((loss) => ({
      name: loss,
      wafers: train,
      architecture: {
        formats: econFormats(),
        decoder: { kind: "convolutional" },
        conditions: [],
      },
      loss,
      recipe: DEFAULT_RECIPE,
      steps,
      seed,
    })),
    options,
  );
  const found: AnomalyScore[] = [];
  for (const [k, loss] of ANOMALY_LOSSES.entries()) {
    const autoencoder = await loadEconAutoencoder(networks[k]);
    const scored = [...kinds].map(([kind, { charges }]) =>
      [kind, scores(charges, autoencoder)] as const
    );
    for (const score of SCORES) {
      found.push({ loss, score, byKind: new Map(scored.map(([kind, of]) => [kind, of[score]])) });
    }
  }
  return found;
}

/**
 * What wafers lose in an autoencoder.
 *
 * @param charges Wafers with charge, 48 numbers each.
 * @param autoencoder The autoencoder.
 * @returns `EMD` in half pitches; `MSE`, the mean squared difference of charge fractions.
 */
export function scores(
  charges: Float64Array,
  autoencoder: Pick<LoadedAutoencoder, "reconstruct">,
): Record<Score, Float64Array> {
  const x = Float64Array.from(normalise(charges, "fraction"));
  const y = Float64Array.from(autoencoder.reconstruct(charges));
  const mse = new Float64Array(x.length / CELLS);
  for (let k = 0; k < x.length; k++) mse[Math.floor(k / CELLS)] += (x[k] - y[k]) ** 2 / CELLS;
  return { EMD: waferEmdBatch(x, y).values, MSE: mse };
}
