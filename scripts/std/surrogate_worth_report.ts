/**
 * What surrogates are worth as losses, as table, figure and rank correlations.
 *
 * @module
 */
import { type Figure, PALETTE, type Series } from "../../src/experiments/mod.ts";
import type { AutoencoderEvaluation } from "../../src/models/autoencoder/evaluate_autoencoder.ts";
import { rankCorrelation } from "../../src/numerics/mod.ts";
import { QUALITY_KINDS, type SurrogateQualities } from "./surrogate_quality.ts";
import type { UntrainedScore } from "./untrained_scores.ts";

/** What a loss has made of the autoencoder. */
export interface LossWorth {
  /** Name of the loss. */
  readonly name: string;
  /** What it was shown: charge fractions, or charges and outputs of any sum. */
  readonly input: "fractions" | "charges";
  /** Name of the recipe. */
  readonly recipe: string;
  /** What it did from each seed. */
  readonly evaluations: readonly AutoencoderEvaluation[];
}

/** The lines of Table B1 on sigma and on the mean performance on AE, half pitches. */
export const PAPER = {
  sigma: [0.067, 0.069, 0.071, 0.078, 0.078, 0.079, 0.083, 0.086],
  meanEmd: [3.27, 3.39, 3.41, 1.03, 3.43, 2.01, 3.23, 1.10],
} as const;

/** Fewer have no order to speak of. */
const LEAST_SURROGATES = 4;

/**
 * How the order of surrogates by quality goes with the order of autoencoders that they have trained:
 * Spearman's rank correlation of sigma, and of the cosine, with the mean EMD.
 *
 * @param worths What losses have made; those that are no surrogate are left out.
 * @param qualities Surrogates by name.
 * @returns For each recipe and input with at least four surrogates the correlations that exist; the
 * paper's beside that of sigma.
 */
export function worthCorrelations(
  worths: readonly LossWorth[],
  qualities: ReadonlyMap<string, SurrogateQualities>,
): { name: string; value: number; paper?: number }[] {
  const paper = rankCorrelation(PAPER.sigma, PAPER.meanEmd);
  return _groups(worths.filter(({ name }) => qualities.has(name))).flatMap(({ title, group }) => {
    if (group.length < LEAST_SURROGATES) return [];
    const emds = group.map(_meanEmd);
    return QUALITY_KINDS.flatMap((kind) =>
      (["sigma", "cosine"] as const).map((what) => ({
        name: `rank correlation of ${what} (${kind} pairs) and mean EMD, ${title}`,
        value: rankCorrelation(group.map(({ name }) => qualities.get(name)![kind][what]), emds),
        ...what === "sigma" ? { paper } : {},
      }))
    );
  }).filter(({ value }) => !Number.isNaN(value));
}

/**
 * Mean EMD of autoencoders against sigma of the surrogate that they were trained with.
 *
 * @param worths What losses have made; those that are no surrogate are left out.
 * @param qualities Surrogates by name.
 * @param best The best constant image.
 * @returns The figure.
 */
export function worthFigure(
  worths: readonly LossWorth[],
  qualities: ReadonlyMap<string, SurrogateQualities>,
  best: UntrainedScore,
): Figure {
  const groups = _groups(worths.filter(({ name }) => qualities.has(name)));
  const series = groups.map(({ title, group }, k): Series => {
    const y = group.map(_meanEmd);
    const means = group.map(({ evaluations }) => evaluations.map(({ mean }) => mean));
    return {
      kind: "points",
      name: title,
      x: group.map(({ name }) => 100 * qualities.get(name)!.random.sigma),
      y,
      yError: {
        low: means.map((values, i) => y[i] - Math.min(...values)),
        high: means.map((values, i) => Math.max(...values) - y[i]),
      },
      color: PALETTE[k % PALETTE.length],
    };
  });
  return {
    title: "A good estimate, a good loss?",
    subtitle: "autoencoders by the surrogate that they were trained with",
    caption:
      "Mean exact EMD of wafers that were not trained on and their reconstructions, against " +
      "the surrogate's relative error on random pairs. Bars span the seeds.",
    x: { label: "sigma of the surrogate", unit: "%", scale: "log" },
    y: { label: "mean EMD", unit: "half pitch" },
    series,
    references: [{ axis: "y", at: _mean(best.means), label: best.name }],
  };
}

/**
 * Everything in one table.
 *
 * @param worths What losses have made.
 * @param qualities Surrogates by name.
 * @param references What needs no training; the best constant image first.
 * @returns The table in Markdown, the best losses first.
 */
export function worthTable(
  worths: readonly LossWorth[],
  qualities: ReadonlyMap<string, SurrogateQualities>,
  references: readonly UntrainedScore[],
): string {
  const least = _mean(references[0].means);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const heads = [
    "loss",
    "shown",
    "recipe",
    "mean EMD",
    "median EMD",
    "of the best constant image",
    "dead latents",
    ...QUALITY_KINDS.flatMap((kind) => [`sigma, ${kind} pairs`, `cosine, ${kind} pairs`]),
  ];
  const score = (means: readonly number[], medians: readonly number[]) => [
    _mean(means).toFixed(3),
    _mean(medians).toFixed(3),
    `${(100 * _mean(means) / least).toFixed(0)} %`,
  ];
  const trained = worths.toSorted((a, b) => _meanEmd(a) - _meanEmd(b)).map((worth) => {
    const { name, input, recipe, evaluations } = worth, quality = qualities.get(name);
    return line([
      name,
      input,
      recipe,
      ...score(evaluations.map(({ mean }) => mean), evaluations.map(({ median }) => median)),
      evaluations.map(({ deadLatents }) => `${deadLatents}`).join(", "),
      ...QUALITY_KINDS.flatMap((kind) =>
        quality === undefined
          ? ["-", "-"]
          : [`${(100 * quality[kind].sigma).toFixed(1)} %`, quality[kind].cosine.toFixed(3)]
      ),
    ]);
  });
  const others = references.map(({ name, means, medians }) =>
    line([name, "-", "-", ...score(means, medians), "-", "-", "-", "-", "-"])
  );
  return [line(heads), line(heads.map(() => "---")), ...trained, ...others, ""].join("\n");
}

/** By recipe and input, in the order of their first appearance. */
function _groups(worths: readonly LossWorth[]): { title: string; group: LossWorth[] }[] {
  const title = ({ recipe, input }: LossWorth) => `${recipe} recipe, shown ${input}`;
  return Map.groupBy(worths, title).entries().map(([title, group]) => ({ title, group })).toArray();
}

function _meanEmd({ evaluations }: LossWorth): number {
  return _mean(evaluations.map(({ mean }) => mean));
}

function _mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}
