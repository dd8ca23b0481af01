/**
 * Tables and figures of codecs by bits and by occupancy.
 *
 * @module
 */
import type { CodecName, ReconstructionEvaluation } from "../../src/codecs/mod.ts";
import { type Figure, PALETTE, type Series } from "../../src/experiments/mod.ts";
import type { Summary } from "../../src/numerics/mod.ts";

/** A codec on the wafers that judge it. */
export interface JudgedCodec {
  /** Its name in the registry. */
  readonly name: CodecName;
  /** Most bits that it was allowed, or `undefined` for a setting on its own. */
  readonly budget?: number | undefined;
  /** Bits that it takes. */
  readonly bits: number;
  /** Its setting in words. */
  readonly setting: string;
  /** Wafers that it was fitted to: simulated ones, others of the file, or none. */
  readonly fittedTo: "simulated wafers" | "wafers of the file" | "nothing";
  /** One evaluation for each seed. */
  readonly evaluations: readonly ReconstructionEvaluation[];
}

/** What the codecs are called in figures. */
const TITLES: Readonly<Record<CodecName, string>> = {
  sqrt_levels: "square-root levels",
  largest_k: "largest cells",
  super_cells: "super trigger cells",
  pca: "principal components",
};

/** The mean over seeds of each number of a summary. */
function _meanSummary(summaries: readonly Summary[]): Summary {
  const mean = (of: (summary: Summary) => number) =>
    summaries.reduce((sum, summary) => sum + of(summary), 0) / summaries.length;
  return {
    count: Math.round(mean(({ count }) => count)),
    median: mean(({ median }) => median),
    low: mean(({ low }) => low),
    high: mean(({ high }) => high),
    mean: mean((summary) => summary.mean),
  };
}

/** Each occupancy bin that has wafers in every seed. */
function _meanByOccupancy({ evaluations }: JudgedCodec) {
  return evaluations[0].byOccupancy
    .map(({ from, to }, bin) => ({
      from,
      to,
      ..._meanSummary(evaluations.map(({ byOccupancy }) => byOccupancy[bin])),
    }))
    .filter(({ median }) => !Number.isNaN(median));
}

/**
 * All numbers as Markdown.
 *
 * @param judged The codecs, in the order of the lines.
 * @returns Two tables: over all wafers, and the median by occupancy.
 */
export function codecTable(judged: readonly JudgedCodec[]): string {
  const bins = _meanByOccupancy(judged[0]);
  const binTitles = bins.map(({ from, to }) => `${from} to ${to - 1}`);
  return [
    "# Codecs: exact EMD in half pitches",
    "",
    "Means over the seeds. The charge of the wafer is sent apart and not counted.",
    "",
    "| bits | codec | setting | fitted to | median | 16 % to 84 % | mean |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...judged.map((one) => {
      const { median, low, high, mean } = _meanSummary(one.evaluations.map(({ all }) => all));
      const range = `${low.toFixed(3)} to ${high.toFixed(3)}`;
      return _line([..._columns(one), median.toFixed(3), range, mean.toFixed(3)]);
    }),
    "",
    "Median by number of cells with charge:",
    "",
    _line(["bits", "codec", "setting", "fitted to", ...binTitles]),
    _line(Array(4 + bins.length).fill("---")),
    _line(["", "wafers", "", "", ...bins.map(({ count }) => `${count}`)]),
    ...judged.map((one) =>
      _line([
        ..._columns(one),
        ..._meanByOccupancy(one).map(({ median }) => median.toFixed(3)),
      ])
    ),
    "",
  ].join("\n");
}

/**
 * Median EMD against bits, each codec fitted to wafers of the file, and dotted to simulated ones.
 *
 * @param judged The codecs; those without a budget are left out.
 * @param wafers How many wafers judge.
 * @returns The figure.
 */
export function rateFigure(judged: readonly JudgedCodec[], wafers: number): Figure {
  const series = _names(judged).flatMap((name, number): Series[] => {
    const of = (fittedTo: JudgedCodec["fittedTo"]) => {
      const codecs = judged.filter((one) =>
        one.name === name && one.fittedTo === fittedTo && one.budget !== undefined
      );
      const summaries = codecs.map(({ evaluations }) =>
        _meanSummary(evaluations.map(({ all }) => all))
      );
      return { bits: codecs.map(({ bits }) => bits), summaries };
    };
    const { bits, summaries } = of("wafers of the file"), simulated = of("simulated wafers");
    const median = (all: readonly Summary[]) => all.map(({ median }) => median);
    // Beside each other where bits are the same.
    const x = bits.map((n) => n + 1.2 * (number - 1.5)), color = PALETTE[number];
    return [
      { kind: "line", x, y: median(summaries), name: TITLES[name], color },
      { kind: "points", x, y: median(summaries), color, yError: _errors(summaries) },
      { kind: "line", x: simulated.bits, y: median(simulated.summaries), color, dash: "dotted" },
    ];
  });
  return {
    title: "Codecs that need no learning: EMD against bits",
    subtitle: `${_count(wafers)} wafers; dotted: fitted to simulated wafers`,
    caption:
      "Median of the exact EMD between wafers and their reconstructions against the bits of a " +
      "wafer, without its charge sum; bars hold 68 % of the wafers.",
    x: { label: "bits a wafer", unit: "" },
    y: { label: "EMD", unit: "half pitch", scale: "log" },
    series,
  };
}

/**
 * Median EMD against occupancy at one number of bits, each codec fitted to wafers of the file.
 *
 * @param judged The codecs.
 * @param budget The number of bits.
 * @returns The figure.
 */
export function occupancyFigure(judged: readonly JudgedCodec[], budget: number): Figure {
  const codecs = judged.filter((one) =>
    one.budget === budget && one.fittedTo === "wafers of the file"
  );
  const series = codecs.flatMap((one, number): Series[] => {
    const bins = _meanByOccupancy(one), color = PALETTE[number];
    const x = bins.map(({ from, to }) => (from + to - 1) / 2 + 0.4 * (number - 1.5));
    const y = bins.map(({ median }) => median);
    return [
      { kind: "line", x, y, name: TITLES[one.name], color },
      { kind: "points", x, y, color, yError: _errors(bins) },
    ];
  });
  return {
    title: `Codecs that need no learning, at ${budget} bits`,
    caption:
      `Median of the exact EMD between wafers and their reconstructions in at most ${budget} ` +
      "bits, by the number of cells with charge, at the middle of each bin; bars hold 68 % of the " +
      "wafers.",
    x: { label: "cells with charge", unit: "" },
    y: { label: "EMD", unit: "half pitch", scale: "log" },
    series,
  };
}

function _errors(summaries: readonly Summary[]) {
  return {
    low: summaries.map(({ median, low }) => median - low),
    high: summaries.map(({ median, high }) => high - median),
  };
}

function _names(judged: readonly JudgedCodec[]): CodecName[] {
  return [...new Set(judged.map(({ name }) => name))];
}

function _columns({ bits, name, setting, fittedTo }: JudgedCodec): string[] {
  return [`${bits}`, name, setting, fittedTo];
}

function _line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function _count(count: number): string {
  return count.toLocaleString("en");
}
