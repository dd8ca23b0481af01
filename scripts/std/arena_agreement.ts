/**
 * How a loss agrees with the exact EMD, on pairs of wafers: by its value and by its gradient.
 *
 * @module
 */
import type { WaferTable } from "../../src/datasets/wafer_table.ts";
import type { Loss } from "../../src/losses/types.ts";
import { loadEconAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import { evaluateSurrogate } from "../../src/models/surrogates/evaluate.ts";
import {
  type EvaluationPairs,
  evaluationPairs,
} from "../../src/models/surrogates/evaluation_pairs.ts";
import { rankCorrelation } from "../../src/numerics/mod.ts";

/** Pairs that losses are judged by: as training begins, and as it ends. */
export const PAIR_KINDS = ["random", "reconstruction"] as const;

/** How a loss agrees with the exact EMD on pairs of a kind. */
export interface Agreement {
  /** Pearson's correlation of its value with the exact EMD. */
  readonly correlation: number;
  /** Spearman's, which any rising function of the EMD has at one. */
  readonly rankCorrelation: number;
  /** Standard deviation of value / EMD over its mean: what no constant factor mends. */
  readonly relativeError: number;
  /** Mean cosine of its gradient with the exact one, on cells that differ. */
  readonly cosine: number;
}

/** Agreements by kind of pairs. */
export type Agreements = Readonly<Record<typeof PAIR_KINDS[number], Agreement>>;

/**
 * Random pairs of wafers, and wafers with what the autoencoder of `data/` makes of them.
 *
 * @param wafers Wafers that nothing was trained on.
 * @param pairs Pairs of each kind, at most.
 * @param seed Seed of their choice.
 * @returns The pairs, by kind.
 */
export async function arenaPairs(
  wafers: WaferTable,
  pairs: number,
  seed: number,
): Promise<Readonly<Record<typeof PAIR_KINDS[number], EvaluationPairs>>> {
  const { reconstruct } = await loadEconAutoencoder();
  const kinds = evaluationPairs(wafers, {
    seed,
    pairs,
    reconstruct: new Map([["default", reconstruct]]),
  });
  const [random, reconstruction] = PAIR_KINDS.map((kind) =>
    kinds.find(({ name }) => name.startsWith(kind))!
  );
  return { random, reconstruction };
}

/**
 * Compares a loss with the exact EMD.
 *
 * @param loss The loss, of charges of any sum.
 * @param pairs Pairs of charge fractions, with exact EMDs and gradients.
 * @returns How it agrees.
 */
export async function agreement(
  loss: Pick<Loss, "valueAndGradient">,
  pairs: EvaluationPairs,
): Promise<Agreement> {
  const estimator = {
    valueAndGradient: loss.valueAndGradient,
    value: async (x: Float64Array, y: Float64Array) => (await loss.valueAndGradient(x, y)).value,
  } as Parameters<typeof evaluateSurrogate>[0];
  const found = await evaluateSurrogate(estimator, pairs, { shares: [] });
  const values = found.differences.map((difference, k) => (1 + difference) * pairs.exact[k]);
  return {
    correlation: found.correlation,
    rankCorrelation: rankCorrelation(values, pairs.exact),
    relativeError: found.sigma / (1 + found.bias),
    cosine: found.cosine,
  };
}
