/**
 * What an autoencoder must beat: one image for all wafers, and networks before training.
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import {
  evaluateAutoencoder,
  summariseEmd,
} from "../../src/models/autoencoder/evaluate_autoencoder.ts";
import { loadEconAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import type { AutoencoderArchitecture } from "../../src/models/autoencoder/stored_autoencoder.ts";
import type { AutoencoderRecipe } from "../../src/models/autoencoder/training.ts";
import { econFormats } from "../../src/models/published/econ_formats.ts";
import { bestConstantImage, emdToImage, meanImage } from "./constant_image.ts";
import { splitNumbersInThree } from "./distinct_wafers.ts";
import { firstAutoencoder } from "./first_autoencoder.ts";

/** Something that needs no training, judged by the wafers of each seed. */
export interface UntrainedScore {
  /** What it is. */
  readonly name: string;
  /** Mean EMD of each seed, half pitches. */
  readonly means: readonly number[];
  /** Median EMD of each seed. */
  readonly medians: readonly number[];
}

/** What {@linkcode untrainedScores} works on. */
export interface UntrainedScoresOptions {
  /** The wafers; each seed splits them anew. */
  readonly wafers: WaferTable;
  /** The seeds. */
  readonly seeds: readonly number[];
  /** Recipes, of which the first biases are taken. */
  readonly recipes: readonly { readonly name: string; readonly recipe: AutoencoderRecipe }[];
  /** Told of each step. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The published architecture. */
const PUBLISHED: AutoencoderArchitecture = {
  formats: econFormats(),
  decoder: { kind: "convolutional" },
  conditions: [],
};

/** Name of the score that others are compared with. */
export const BEST_CONSTANT = "best constant image";

/**
 * Scores of the constant image that is best for the wafers to train on, of their mean, and of networks
 * with their first weights, on the wafers that judge. A backend must be in use.
 *
 * @param options Wafers, seeds, recipes.
 * @returns The scores; the best constant image comes first.
 */
export async function untrainedScores(options: UntrainedScoresOptions): Promise<UntrainedScore[]> {
  const { wafers, seeds, recipes, onProgress } = options;
  const emds = new Map<string, Float64Array[]>();
  const add = (name: string, emd: Float64Array) => emds.set(name, [...emds.get(name) ?? [], emd]);
  for (const [k, seed] of seeds.entries()) {
    const sides = splitNumbersInThree(wafers, seed);
    const train = selectWafers(wafers, sides.train), judge = selectWafers(wafers, sides.judge);
    const { fractions } = bestConstantImage(train, {
      onProgress: (done, total) => onProgress?.(k * total + done, seeds.length * total),
    });
    add(BEST_CONSTANT, emdToImage(judge, fractions));
    add("mean wafer", emdToImage(judge, meanImage(train)));
    for (const { name, recipe } of recipes) {
      const untrained = await firstAutoencoder({ architecture: PUBLISHED, recipe, seed });
      const { emd } = evaluateAutoencoder(await loadEconAutoencoder(untrained), judge);
      add(`untrained network, ${name} recipe`, emd);
    }
  }
  return [...emds].map(([name, perSeed]) => {
    const summaries = perSeed.map(summariseEmd);
    return {
      name,
      means: summaries.map(({ mean }) => mean),
      medians: summaries.map(({ median }) => median),
    };
  });
}
