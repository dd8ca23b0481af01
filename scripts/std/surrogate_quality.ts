/**
 * How good surrogates are as estimates of the EMD.
 *
 * @module
 */
import type { WaferTable } from "../../src/datasets/wafer_table.ts";
import { loadEconAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import { evaluateSurrogate } from "../../src/models/surrogates/evaluate.ts";
import { evaluationPairs } from "../../src/models/surrogates/evaluation_pairs.ts";
import { loadSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import type { LossSurrogate } from "./loss_surrogates.ts";

/** The pairs that surrogates are judged by. */
export const QUALITY_KINDS = ["random", "reconstruction"] as const;

/** How good an estimate is on pairs of a kind. */
export interface SurrogateQuality {
  /** Standard deviation of (estimate - exact) / exact. */
  readonly sigma: number;
  /** Mean cosine of its gradient with the exact one. */
  readonly cosine: number;
}

/** Qualities by kind of pairs. */
export type SurrogateQualities = Readonly<Record<typeof QUALITY_KINDS[number], SurrogateQuality>>;

/** What {@linkcode judgeSurrogates} works with. */
export interface JudgeSurrogatesOptions {
  /** Wafers that nothing was trained on. */
  readonly wafers: WaferTable;
  /** Seed of the pairs. */
  readonly seed: number;
  /** Pairs of each kind. */
  readonly pairs: number;
  /** Told of each surrogate. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Judges surrogates, shown charge fractions, by random pairs of wafers, and by wafers with what the
 * autoencoder in `data/` makes of them: pairs as a loss sees them towards the end of a training.
 *
 * @param surrogates The surrogates.
 * @param options Wafers, seed, number of pairs.
 * @returns Their qualities by name.
 */
export async function judgeSurrogates(
  surrogates: readonly LossSurrogate[],
  options: JudgeSurrogatesOptions,
): Promise<ReadonlyMap<string, SurrogateQualities>> {
  const { wafers, seed, pairs, onProgress } = options;
  const autoencoder = await loadEconAutoencoder();
  const kinds = evaluationPairs(wafers, {
    seed,
    pairs,
    reconstruct: new Map([["default", autoencoder.reconstruct]]),
  });
  const found = new Map<string, SurrogateQualities>();
  for (const { name, stored } of surrogates) {
    const surrogate = await loadSurrogate(stored);
    const judge = async (kind: string) => {
      const judged = kinds.find((pairs) => pairs.name.startsWith(kind))!;
      const { sigma, cosine } = await evaluateSurrogate(surrogate, judged, { shares: [] });
      return { sigma, cosine };
    };
    const [random, reconstruction] = [await judge("random"), await judge("reconstruction")];
    surrogate.dispose();
    found.set(name, { random, reconstruction });
    onProgress?.(found.size, surrogates.length);
  }
  return found;
}
