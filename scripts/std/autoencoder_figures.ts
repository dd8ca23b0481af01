/**
 * Figures of how well autoencoders reconstruct wafers.
 *
 * @module
 */
import { PALETTE } from "../../src/experiments/color_map.ts";
import type { Figure, Series } from "../../src/experiments/mod.ts";
import { summarise, summariseByBin } from "../../src/numerics/mod.ts";

/** Exact EMDs of the wafers that judge, by a network or codec. */
export interface JudgedWafers {
  /** What it is called. */
  readonly name: string;
  /** EMDs of all seeds together. */
  readonly emd: Float64Array;
  /** For each EMD the number of its wafer. */
  readonly wafer: Uint32Array;
}

/** A quantity of wafers to show medians against. */
export interface WaferAxis {
  /** What it is, for the title. */
  readonly name: string;
  /** Its label. */
  readonly label: string;
  /** Its unit. */
  readonly unit: string;
  /** Its value for each wafer. */
  readonly values: ArrayLike<number>;
  /** Edges of its bins. */
  readonly edges: readonly number[];
}

/** Bins with fewer wafers say little. */
const LEAST_WAFERS = 10;

/**
 * Median EMD in bins of a quantity, with the interval of 68 % of the wafers.
 *
 * @param judged The networks, in the legend's order.
 * @param axis The quantity.
 * @param seeds Number of seeds, for the caption.
 * @returns The figure.
 */
export function mediansFigure(
  judged: readonly JudgedWafers[],
  axis: WaferAxis,
  seeds: number,
): Figure {
  const series = judged.flatMap((network, k): Series[] => {
    const bins = mediansByBin(network, axis);
    const x = bins.map(({ centre }) => centre), color = PALETTE[k % PALETTE.length];
    return [
      { kind: "band", x, low: bins.map((b) => b.low), high: bins.map((b) => b.high), color },
      { kind: "line", name: network.name, x, y: bins.map((b) => b.median), color },
    ];
  });
  return {
    title: `Exact EMD of wafers and their reconstructions, by ${axis.name}`,
    subtitle: "median and interval of 68 % of the wafers",
    caption: `Wafers that were neither trained on nor used to choose, ${seeds} seeds together; ` +
      `bins with at least ${LEAST_WAFERS} wafers. The less, the better.`,
    x: { label: axis.label, unit: axis.unit },
    y: { label: "EMD", unit: "half pitch", domain: [0, _ceiling(judged)] },
    series,
  };
}

/**
 * Medians and intervals in bins.
 *
 * @param judged EMDs of wafers.
 * @param axis The quantity.
 * @returns Of each bin with enough wafers its centre and the summary of its EMDs.
 */
export function mediansByBin({ emd, wafer }: JudgedWafers, { values, edges }: WaferAxis) {
  return summariseByBin(emd, Float64Array.from(wafer, (number) => values[number]), edges)
    .filter(({ count }) => count >= LEAST_WAFERS)
    .map((bin) => ({ ...bin, centre: (bin.from + bin.to) / 2 }));
}

/** A little above the highest of the intervals of all wafers, so that one bin does not squash all. */
function _ceiling(judged: readonly JudgedWafers[]): number {
  return Math.ceil(10 * Math.max(...judged.map(({ emd }) => summarise(emd).high * 1.15))) / 10;
}
