/**
 * Networks of several seeds, judged by wafers that they have not seen.
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import {
  type AutoencoderEvaluation,
  evaluateAutoencoder,
} from "../../src/models/autoencoder/evaluate_autoencoder.ts";
import {
  loadEconAutoencoder,
  type LoadedAutoencoder,
} from "../../src/models/autoencoder/load_autoencoder.ts";
import type { JudgedWafers } from "./autoencoder_figures.ts";
import { splitNumbersInThree } from "./distinct_wafers.ts";
import {
  trainedNetworks,
  type TrainedNetworksOptions,
  type WantedNetwork,
} from "./trained_networks.ts";

/** A network under one name, from several seeds. */
export interface JudgedNetwork extends JudgedWafers {
  /** What it did from each seed, on the wafers that judge this seed. */
  readonly evaluations: readonly AutoencoderEvaluation[];
  /** The network of the first seed. */
  readonly first: LoadedAutoencoder;
}

/** What {@linkcode judgeNetworks} works on. */
export interface JudgeNetworksOptions extends TrainedNetworksOptions {
  /** The wafers; each seed splits them anew. */
  readonly wafers: WaferTable;
  /** The seeds. */
  readonly seeds: readonly number[];
  /** The trainings of a seed, the same names for each. */
  readonly wanted: (train: WaferTable, seed: number) => readonly WantedNetwork[];
}

/**
 * Trains networks, or finds them trained, and judges them by the wafers apart.
 *
 * @param options Wafers, seeds, trainings.
 * @returns The networks, in the order of the trainings of a seed.
 */
export async function judgeNetworks(options: JudgeNetworksOptions): Promise<JudgedNetwork[]> {
  const { wafers, seeds, wanted } = options;
  const sides = seeds.map((seed) => splitNumbersInThree(wafers, seed));
  const jobs = seeds.map((seed, k) => wanted(selectWafers(wafers, sides[k].train), seed));
  const networks = await trainedNetworks(jobs.flat(), options);
  const perSeed = jobs[0].length;
  return await Promise.all(jobs[0].map(async ({ name }, which) => {
    const load = (k: number) => loadEconAutoencoder(networks[k * perSeed + which]);
    const first = await load(0);
    const evaluations: AutoencoderEvaluation[] = [];
    for (const [k, { judge }] of sides.entries()) {
      const autoencoder = k === 0 ? first : await load(k);
      evaluations.push(evaluateAutoencoder(autoencoder, selectWafers(wafers, judge)));
    }
    return {
      name,
      evaluations,
      first,
      emd: Float64Array.from(evaluations.flatMap(({ emd }) => [...emd])),
      wafer: Uint32Array.from(sides.flatMap(({ judge }) => [...judge])),
    };
  }));
}

/**
 * A network's wafers, seed by seed.
 *
 * @param network The network.
 * @returns For each seed the EMDs and the wafers that judged it.
 */
export function seedBySeed({ name, evaluations, emd, wafer }: JudgedNetwork): JudgedWafers[] {
  let end = 0;
  return evaluations.map(({ emd: { length } }) => {
    const begin = end;
    end += length;
    return { name, emd: emd.subarray(begin, end), wafer: wafer.subarray(begin, end) };
  });
}

/**
 * Consecutive seeds.
 *
 * @param first The first.
 * @param count How many.
 * @returns The seeds.
 */
export function seedsOf(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first + k);
}
