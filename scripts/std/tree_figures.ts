/**
 * Figures of the experiment on chains and trees.
 *
 * @module
 */
import type { Axis, Figure, LegendPlace } from "../../src/experiments/mod.ts";
import type { ImpactLoss } from "./impact_losses.ts";
import type { ImpactOutcome } from "./impact_training.ts";
import type { Descent } from "./output_descent.ts";
import type { Lines } from "./sinkhorn_limits.ts";

/** Words around lines. */
export interface LinesFigure {
  readonly title: string;
  readonly subtitle: string;
  readonly caption?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly legend?: LegendPlace;
}

/**
 * Lines over the same numbers. Where an axis is logarithmic, what is not positive is left out.
 *
 * @param words Title and axes.
 * @param x Positions along x.
 * @param lines Lines by name; further entries than x has are left out.
 * @returns The figure.
 */
export function linesFigure(words: LinesFigure, x: readonly number[], lines: Lines): Figure {
  return {
    ...words,
    series: Object.entries(lines).map(([name, y]) => {
      const shown = [...x.keys()].filter((k) => words.y.scale !== "log" || y[k] > 0);
      return { kind: "line", name, x: shown.map((k) => x[k]), y: shown.map((k) => y[k]) };
    }),
  };
}

/**
 * How the exact EMD falls, for each loss: the geometric mean over targets.
 *
 * @param space Name of the space.
 * @param descents Descents by loss.
 * @param milliseconds Of a step of each loss; without them the axis counts steps.
 * @returns The figure.
 */
export function descentFigure(
  space: string,
  descents: ReadonlyMap<string, Descent>,
  milliseconds?: (loss: string) => number,
): Figure {
  const ofTime = milliseconds !== undefined;
  const targets = descents.values().next().value!.curves.length;
  return {
    title: `Free outputs on a ${space}, moved by the gradient of each loss`,
    subtitle: `${targets} targets; softmax, Adam, each at its best rate`,
    x: ofTime
      ? { label: "time in the loss", unit: "ms", scale: "log" }
      : { label: "step", unit: "" },
    y: { label: "exact EMD over that at the start", unit: "", scale: "log" },
    series: [...descents].map(([loss, { curves, rate }]) => {
      const steps = [...curves[0].keys()].slice(ofTime ? 1 : 0);
      return {
        kind: "line",
        name: `${loss} (${rate})`,
        x: steps.map((step) => step * (milliseconds?.(loss) ?? 1)),
        y: steps.map((step) => _geometricMean(curves.map((curve) => curve[step]))),
      };
    }),
  };
}

/**
 * Each seed of each loss by Top-1 and by the distance of the errors.
 *
 * @param subtitle Classes and rows.
 * @param outcomes Outcomes, one a seed.
 * @returns The figure.
 */
export function impactsFigure(
  subtitle: string,
  outcomes: ReadonlyMap<ImpactLoss, readonly ImpactOutcome[]>,
): Figure {
  return {
    title: "Where the electron hit, by the loss of the network",
    subtitle: `${subtitle}; one mark a seed`,
    x: { label: "Top-1 accuracy", unit: "%" },
    y: { label: "mean distance in the tree, prediction to truth", unit: "half pitch" },
    series: [...outcomes].map(([name, perSeed]) => ({
      kind: "points",
      name,
      x: perSeed.map(({ test }) => 100 * test.top1),
      y: perSeed.map(({ test }) => test.distance),
    })),
  };
}

function _geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
