/**
 * Gains of decoders: of what they are told, and of their size, apart.
 *
 * @module
 */
import { type Figure, PALETTE, type Series } from "../../src/experiments/mod.ts";

/** How good a decoder is. */
export interface DecoderScore {
  /** The decoder: `convolutional`, the published one, or another. */
  readonly decoder: string;
  /** What it is told besides the latents; `nothing` for what others are compared with. */
  readonly told: string;
  /** Median EMD of each seed, half pitches. */
  readonly medians: readonly number[];
}

/** The published decoder, and what it is told there. */
const PUBLISHED = "convolutional", NOTHING = "nothing";

/**
 * By how much medians lie below others, seed by seed, per cent.
 *
 * @param scores Scores of decoders; of each one that is told `nothing`.
 * @returns For each decoder the gain of what it is told over the same decoder told nothing; for each
 * other than the published one its gain over that, both told nothing, and both gains together.
 */
export function gains(
  scores: readonly DecoderScore[],
): { name: string; values: readonly number[] }[] {
  const of = (decoder: string, told: string) =>
    scores.find((score) => score.decoder === decoder && score.told === told)!;
  return scores.flatMap((score) => {
    const { decoder, told } = score;
    if (told !== NOTHING) {
      const values = _below(score, of(decoder, NOTHING));
      const name = `${decoder} decoder: gain of being told ${told}`;
      if (decoder === PUBLISHED) return [{ name, values }];
      const both = `${decoder} decoder told ${told}: gain over ${PUBLISHED} told ${NOTHING}`;
      return [{ name, values }, { name: both, values: _below(score, of(PUBLISHED, NOTHING)) }];
    }
    if (decoder === PUBLISHED) return [];
    return [{
      name: `${decoder} decoder: gain of its size`,
      values: _below(score, of(PUBLISHED, NOTHING)),
    }];
  });
}

/**
 * Medians by what decoders are told, a series for each decoder, bars over the seeds.
 *
 * @param scores Scores of decoders.
 * @returns The figure.
 */
export function gainFigure(scores: readonly DecoderScore[]): Figure {
  const decoders = [...new Set(scores.map(({ decoder }) => decoder))];
  const toldWhat = [...new Set(scores.map(({ told }) => told))];
  const series = decoders.map((decoder, k): Series => {
    const own = scores.filter((score) => score.decoder === decoder);
    const y = own.map(({ medians }) => _mean(medians));
    return {
      kind: "points",
      name: `${decoder} decoder`,
      // A little apart, so that bars do not hide each other.
      x: own.map(({ told }) => toldWhat.indexOf(told) + 0.15 * (k - (decoders.length - 1) / 2)),
      y,
      yError: {
        low: own.map(({ medians }, i) => y[i] - Math.min(...medians)),
        high: own.map(({ medians }, i) => Math.max(...medians) - y[i]),
      },
      color: PALETTE[k % PALETTE.length],
    };
  });
  return {
    title: "What decoders gain from what the back end knows",
    subtitle: "median of the exact EMD, mean and range of the seeds",
    caption: `Wafers that were not trained on. Told: ` +
      toldWhat.map((told, place) => `${place} ${told}`).join(", ") + ".",
    x: {
      label: `told: ${toldWhat.map((told, place) => `${place} ${told}`).join(", ")}`,
      unit: "",
      domain: [-1, toldWhat.length],
    },
    y: { label: "median EMD", unit: "half pitch" },
    series,
  };
}

/**
 * Medians and gains in one table.
 *
 * @param scores Scores of decoders.
 * @returns The table in Markdown.
 */
export function gainTable(scores: readonly DecoderScore[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const base = (decoder: string) =>
    scores.find((score) => score.decoder === decoder && score.told === NOTHING)!;
  const gain = (score: DecoderScore, other: DecoderScore) =>
    score === other ? "-" : _plusMinus(_below(score, other), 1, " %");
  const rows = scores.map((score) =>
    line([
      score.decoder,
      score.told,
      _plusMinus(score.medians, 3, ""),
      gain(score, base(score.decoder)),
      gain(score, base(PUBLISHED)),
    ])
  );
  const heads = [
    "decoder",
    "told",
    "median EMD",
    "gain of that",
    "gain over the published decoder",
  ];
  return [line(heads), line(heads.map(() => "---")), ...rows, ""].join("\n");
}

/** Mean, and the standard deviation of the seeds where there are several. */
function _plusMinus(values: readonly number[], digits: number, unit: string): string {
  const mean = _mean(values);
  if (values.length === 1) return `${mean.toFixed(digits)}${unit}`;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = Math.sqrt(squares / (values.length - 1));
  return `${mean.toFixed(digits)} ± ${spread.toFixed(digits)}${unit}`;
}

function _below({ medians }: DecoderScore, other: DecoderScore): number[] {
  return medians.map((median, seed) => 100 * (1 - median / other.medians[seed]));
}

function _mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}
