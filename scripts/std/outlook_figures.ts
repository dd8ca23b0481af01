/**
 * The outlook in figures.
 *
 * @module
 */
import { type Drawing, drawWafers, type Figure, PALETTE } from "../../src/experiments/mod.ts";
import { quantiles } from "../../src/numerics/mod.ts";
import { CELLS, normalise } from "../../src/wafer/mod.ts";
import { type PileUpPairs, type Removal, type Remover, REMOVERS } from "./pile_up_removal.ts";
import { rocCurve } from "./roc.ts";
import { stackDrawings } from "./stack_drawings.ts";
import { ringDistances } from "./tuned_shape.ts";

/** Bins of the electron's share of a wafer's energy, and how many wafers one must hold. */
const SHARE_EDGES = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001], LEAST = 10;
/** Wafers that are drawn, by where they stand in the EMD before pile-up is taken out. */
const DRAWN = [0.25, 0.5, 0.75];
/** Cells with a smaller part of the charge are left pale. */
const LEAST_DRAWN = 2e-3;

/** What came of the wafers of the test of a seed. */
export interface RemovedPileUp {
  /** The wafers. */
  readonly test: PileUpPairs;
  /** What is left of them. */
  readonly left: Record<Remover, Removal>;
}

/** Two samples that a number tells apart. */
export interface ComparedSamples {
  /** What the number is, for the legend. */
  readonly name: string;
  /** Numbers of the signal. */
  readonly signal: ArrayLike<number>;
  /** Numbers of the background. */
  readonly background: ArrayLike<number>;
  /** Colour, as a number in the palette. */
  readonly color: number;
  /** Whether the line is dashed. */
  readonly dashed?: boolean;
}

/**
 * Median EMD from the clean wafer by the electron's share of the energy.
 *
 * @param runs The wafers of all seeds.
 * @returns The figure; none where the wafers are too few for a bin.
 */
export function removalFigure(runs: readonly RemovedPileUp[]): Figure | undefined {
  const bins = SHARE_EDGES.slice(1).flatMap((high, k) => {
    const low = SHARE_EDGES[k];
    const emds = (remover: Remover) =>
      runs.flatMap(({ test, left }) => {
        const share = test.amid.columns.signal_share as Float64Array;
        return [...left[remover].emd].filter((_, row) => share[row] >= low && share[row] < high);
      });
    return emds("as it is").length < LEAST ? [] : [{ centre: (low + high) / 2, emds }];
  });
  if (bins.length === 0) return undefined;
  return {
    title: "Pile-up taken out of wafers",
    subtitle: "median exact EMD from the same wafer without pile-up",
    caption: `Bins with at least ${LEAST} wafers apart; all seeds together.`,
    x: { label: "the electron's share of the wafer's energy", unit: "", domain: [0, 1] },
    y: { label: "EMD", unit: "half pitch" },
    series: REMOVERS.map((remover) => ({
      kind: "line",
      name: remover,
      x: bins.map(({ centre }) => centre),
      y: bins.map(({ emds }) => quantiles(emds(remover), [0.5])[0]),
    })),
    legend: "top-right",
  };
}

/**
 * Wafers amid pile-up, what is left of them, and what there was.
 *
 * @param run The wafers of a seed.
 * @returns The drawing: a wafer a row.
 */
export function removalDrawing({ test, left }: RemovedPileUp): Drawing {
  const before = left["as it is"].emd;
  const rows = [...quantiles(before, DRAWN)].map((wanted) => {
    const distance = (row: number) => Math.abs(before[row] - wanted);
    const row = Array.from(before.keys()).reduce((a, b) => distance(b) < distance(a) ? b : a);
    const at = (numbers: Float64Array) =>
      normalise(numbers.slice(row * CELLS, (row + 1) * CELLS), "fraction")
        .map((part) => part < LEAST_DRAWN ? 0 : part);
    return drawWafers([
      ...REMOVERS.map((remover) => ({
        title: remover,
        subtitle: `EMD ${left[remover].emd[row].toFixed(2)}`,
        charges: at(left[remover].fractions),
      })),
      {
        title: "without pile-up",
        subtitle: "simulated",
        charges: at(test.clean.charges),
      },
    ], { pitch: 18, color: { label: "charge", unit: "fraction" } });
  });
  const title = "Wafers amid pile-up, and what is left when it is taken out";
  return { title, svg: stackDrawings(title, rows) };
}

/**
 * ROC curves.
 *
 * @param title What is told apart.
 * @param subtitle By what.
 * @param signal Name of the signal.
 * @param background Name of the background.
 * @param samples The numbers that tell them apart.
 * @returns The figure.
 */
export function rocFigure(
  title: string,
  subtitle: string,
  signal: string,
  background: string,
  samples: readonly ComparedSamples[],
): Figure {
  return {
    title,
    subtitle,
    x: { label: `part of ${background} above the cut`, unit: "", domain: [0, 1] },
    y: { label: `part of ${signal} above the cut`, unit: "", domain: [0, 1] },
    series: samples.map(({ name, signal, background, color, dashed }) => {
      const curve = rocCurve(signal, background);
      return {
        kind: "line",
        name,
        x: curve.background,
        y: curve.signal,
        color: PALETTE[color % PALETTE.length],
        dash: dashed ? "dashed" : "solid",
      };
    }),
    width: 360,
    height: 360,
  };
}

/**
 * Shapes by the charge of a cell in each ring.
 *
 * @param shapes Shapes by name: the logarithm of the charge of a cell in each ring.
 * @returns The figure.
 */
export function shapesFigure(shapes: ReadonlyMap<string, Float64Array>): Figure {
  return {
    title: "Reference shapes around the leading cell",
    subtitle: "charge of a cell in each ring, in parts of the leading cell's",
    x: { label: "distance from the leading cell", unit: "half pitch" },
    y: { label: "charge of a cell", unit: "of the leading one", scale: "log" },
    series: [...shapes].map(([name, shape]) => ({
      kind: "line",
      name,
      x: ringDistances(),
      y: [...shape].map((charge) => Math.exp(charge - shape[0])),
    })),
    legend: "top-right",
  };
}
