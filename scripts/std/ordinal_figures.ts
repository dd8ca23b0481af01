/**
 * Scores of classifiers as figures and as a table; learned ground distances as a heat map.
 *
 * @module
 */
import { type Figure, quantity } from "../../src/experiments/mod.ts";
import type { OrdinalScores } from "./ordinal_scores.ts";
import type { Method, OrdinalOutcome } from "./ordinal_training.ts";

/** Outcomes of each method, one a seed. */
type _Outcomes = ReadonlyMap<Method, readonly OrdinalOutcome[]>;

/**
 * Learned ground distances, the mean over seeds.
 *
 * @param name Task and training set.
 * @param classes Names of the classes.
 * @param perSeed The matrix of each seed, row-major.
 * @returns The heat map, class 0 below and to the left.
 */
export function matrixFigure(
  name: string,
  classes: readonly string[],
  perSeed: readonly (readonly number[])[],
): Figure {
  const edges = Array.from({ length: classes.length + 1 }, (_, k) => k - 0.5);
  return {
    title: "Ground distances that the loss has learnt",
    subtitle: `${name}; mean of ${perSeed.length} seeds`,
    caption: `Classes: ${classes.map((text, k) => `${k} ${text}`).join(", ")}.`,
    x: { label: "class", unit: "" },
    y: { label: "class", unit: "" },
    series: [{
      kind: "heatmap",
      label: "learned distance",
      unit: "",
      xEdges: edges,
      yEdges: edges,
      values: perSeed[0].map((_, at) =>
        perSeed.reduce((sum, matrix) => sum + matrix[at], 0) / perSeed.length
      ),
      domain: [0, 1],
    }],
    width: 340,
    height: 340,
  };
}

/**
 * Each seed of each method by accuracy and class error: good ones are low and to the right.
 *
 * @param name Task and training set.
 * @param outcomes The outcomes.
 * @returns The figure.
 */
export function scoresFigure(name: string, outcomes: _Outcomes): Figure {
  return {
    title: "Classes of wafers by the loss of the network",
    subtitle: `${name}; one mark a seed`,
    x: { label: "accuracy", unit: "%" },
    y: { label: "mean class error", unit: "classes" },
    series: [...outcomes].map(([method, perSeed]) => ({
      kind: "points",
      name: method,
      x: perSeed.map(({ scores }) => 100 * scores.accuracy),
      y: perSeed.map(({ scores }) => scores.classError),
    })),
  };
}

/**
 * A table in Markdown: mean and spread over seeds.
 *
 * @param name Task and training set.
 * @param outcomes The outcomes.
 * @param columns Scores with their names, units and factors.
 * @returns The lines.
 */
export function scoresTable(
  name: string,
  outcomes: _Outcomes,
  columns: Readonly<
    Record<
      keyof OrdinalScores,
      { readonly label: string; readonly unit: string; readonly factor: number }
    >
  >,
): string {
  const keys = Object.keys(columns) as (keyof OrdinalScores)[];
  const head = keys.map((key) => `${columns[key].label} ${columns[key].unit}`.trim());
  const rows = [...outcomes].map(([method, perSeed]) => {
    const cells = keys.map((key) => {
      const { factor } = columns[key], digits = factor === 1 ? 3 : 1;
      const { mean, spread } = quantity(
        key,
        "",
        perSeed.map(({ scores }) => factor * scores[key]),
      );
      return mean.toFixed(digits) + (spread === null ? "" : ` ± ${spread.toFixed(digits)}`);
    });
    return `| ${[method, ...cells].join(" | ")} |`;
  });
  const line = `|${" --- |".repeat(keys.length + 1)}`;
  return [`## ${name}`, "", `| loss | ${head.join(" | ")} |`, line, ...rows, ""].join("\n");
}
