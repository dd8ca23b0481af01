/**
 * The arena in figures.
 *
 * @module
 */
import {
  type Drawing,
  drawWafers,
  type Figure,
  PALETTE,
  type Series,
} from "../../src/experiments/mod.ts";
import { chargesOf, selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import { quantiles } from "../../src/numerics/mod.ts";
import { normalise } from "../../src/wafer/mod.ts";
import { type ArenaEntry, type ArenaTrial, medians, trialOf } from "./arena_entry.ts";
import type { JudgedRun } from "./arena_runs.ts";
import { stackDrawings } from "./stack_drawings.ts";

/** More losses than the palette has colours. */
const COLORS = [...PALETTE, "#8c564b", "#7f7f7f", "#9467bd", "#a6a61a", "#1f3d7a", "#8fbc5a"];

/** Wafers that are drawn, by where they stand among all in the EMD that losses leave on average. */
const DRAWN = [0.16, 0.5, 0.84];

/**
 * Quality against what training took.
 *
 * @param entries The losses.
 * @param seeds Number of seeds.
 * @returns The figure; by time where it was measured, else by steps.
 */
export function qualityFigure(entries: readonly ArenaEntry[], seeds: number): Figure {
  const timed = entries.every(({ trials, milliseconds }) =>
    trials.length === 0 || milliseconds !== undefined
  );
  const series = entries.flatMap((entry, k): Series[] => {
    const points = entry.trials
      .flatMap((trial) => {
        const y = medians(trial), factor = timed ? entry.milliseconds! / 1000 : 1;
        return y === undefined ? [] : [{ x: trial.steps * factor, y }];
      })
      .sort((one, other) => one.x - other.x);
    if (points.length === 0) return [];
    const x = points.map(({ x }) => x), y = points.map(({ y }) => y.mean);
    const error = points.map(({ y }) => y.spread ?? 0), color = _color(k);
    return [
      { kind: "line", x, y, color, name: entry.loss },
      { kind: "points", x, y, color, yError: { low: error, high: error } },
    ];
  });
  return {
    title: "The autoencoder by its loss: quality against training",
    subtitle: `median of wafers apart; mean and spread of ${seeds} seeds`,
    caption: "Each mark is a training of its own, with its learning rate fallen to zero.",
    x: timed
      ? { label: "processor time of training", unit: "s", scale: "log" }
      : { label: "steps", unit: "", scale: "log" },
    y: { label: "exact EMD of wafers and reconstructions", unit: "half pitch" },
    series,
    height: 380,
  };
}

/**
 * Quality against the direction of the gradient.
 *
 * @param entries The losses.
 * @returns The figure.
 */
export function cosineFigure(entries: readonly ArenaEntry[]): Figure {
  return {
    title: "What a gradient that points as the exact one is worth",
    subtitle: "cosine on wafers and reconstructions; median EMD at equal steps",
    caption: "Cosines are those on cells that differ; error bars are spreads over seeds.",
    x: { label: "cosine of the gradient with that of the exact EMD", unit: "", domain: [0, 1.02] },
    y: { label: "exact EMD of wafers and reconstructions", unit: "half pitch" },
    series: entries.flatMap((entry, k): Series[] => {
      const y = medians(trialOf(entry, "equal steps"));
      if (y === undefined) return [];
      const error = [y.spread ?? 0];
      return [{
        kind: "points",
        name: entry.loss,
        x: [entry.agreements.reconstruction.cosine],
        y: [y.mean],
        yError: { low: error, high: error },
        color: _color(k),
      }];
    }),
    height: 380,
  };
}

/**
 * Wafers and what the networks of one seed make of them, side by side.
 *
 * @param entries The losses; those without a run of the seed are left out.
 * @param judge The wafers apart of this seed.
 * @param seed The seed.
 * @returns The drawing: a wafer a row, that of an easy, a middle and a hard one.
 */
export function reconstructionsDrawing(
  entries: readonly ArenaEntry[],
  judge: WaferTable,
  seed: number,
): Drawing | undefined {
  const runs = entries.flatMap((entry) => {
    const run = _runOf(trialOf(entry, "equal steps"), seed);
    return run === undefined ? [] : [{ loss: entry.loss, ...run }];
  });
  if (runs.length === 0) return undefined;
  const title = "Wafers and their reconstructions by the loss of the autoencoder";
  const rows = _typicalWafers(runs).map((wafer) => {
    const { charges } = selectWafers(judge, [wafer]);
    const fractions = (rows: ArrayLike<number>) => normalise(Float64Array.from(rows), "fraction");
    return drawWafers([
      { title: "wafer", subtitle: `${_occupied(judge, wafer)} cells`, charges: fractions(charges) },
      ...runs.map(({ loss, autoencoder, evaluation }) => ({
        title: loss,
        subtitle: `EMD ${evaluation.emd[wafer].toFixed(2)}`,
        charges: fractions(autoencoder.reconstruct(charges)),
      })),
    ], { pitch: 13, color: { label: "charge", unit: "fraction" } });
  });
  return { title, svg: stackDrawings(title, rows) };
}

/** Wafers at quantiles of the mean EMD of all networks. */
function _typicalWafers(runs: readonly JudgedRun[]): number[] {
  const count = runs[0].evaluation.emd.length;
  const mean = Float64Array.from(
    { length: count },
    (_, wafer) => runs.reduce((sum, { evaluation: { emd } }) => sum + emd[wafer], 0) / runs.length,
  );
  const distance = (wafer: number, to: number) => Math.abs(mean[wafer] - to);
  return [...quantiles(mean, DRAWN)].map((wanted) =>
    Array.from(mean.keys()).reduce((best, wafer) =>
      distance(wafer, wanted) < distance(best, wanted) ? wafer : best
    )
  );
}

function _runOf(trial: ArenaTrial | undefined, seed: number): JudgedRun | undefined {
  return trial?.runs.judged.find((run) => run.seed === seed);
}

function _occupied(table: WaferTable, wafer: number): number {
  return chargesOf(table, wafer).filter((charge) => charge > 0).length;
}

function _color(k: number): string {
  return COLORS[k % COLORS.length];
}
