/**
 * Figures of estimated EMDs beside exact ones.
 *
 * @module
 */
import type { Figure, Series } from "../../src/experiments/mod.ts";
import { relativeDifference } from "../../src/models/surrogates/relative_difference.ts";

/** Estimates of pairs. */
export interface JudgedPairs {
  /** Exact EMDs, half pitches. */
  readonly exact: Float64Array;
  /** Estimates, half pitches. */
  readonly estimate: Float64Array;
}

/** Bins of relative differences; what lies beyond goes to the first and the last. */
const DIFFERENCE_EDGES = Array.from({ length: 81 }, (_, k) => (k - 40) / 100);
/** Bins of a side of the map of predictions. */
const SIDE_BINS = 60;

/**
 * The distribution of relative differences of several networks on the same pairs.
 *
 * @param kind What the pairs are.
 * @param judged Of each network the pairs of all seeds; the first is filled.
 * @param paper Bias and sigma of the paper, in per cent.
 * @returns The figure.
 */
export function differencesFigure(
  kind: string,
  judged: ReadonlyMap<string, readonly JudgedPairs[]>,
  paper: { readonly bias: number; readonly sigma: number },
): Figure {
  const series = [...judged].map(([name, pairs], number): Series => {
    const { differences, bias, sigma } = _together(pairs);
    const label = `${name}: ${_percent(bias)} ± ${(100 * sigma).toFixed(1)} %`;
    return {
      kind: "histogram",
      name: label,
      edges: DIFFERENCE_EDGES,
      counts: _counts(differences, DIFFERENCE_EDGES).map((count) => count / differences.length),
      filled: number === 0,
    };
  });
  const { bias, sigma } = paper;
  return {
    title: `Relative difference of the estimated EMD, ${kind}`,
    subtitle: `paper: ${_percent(bias / 100)} ± ${sigma} %`,
    caption:
      `(estimate - exact) / exact for ${kind} of wafers that were not trained on, all seeds ` +
      `together; parts of all pairs in each bin, the first and the last with what lies beyond.`,
    x: { label: "(estimate − exact) / exact", unit: "" },
    y: { label: "part of the pairs", unit: "" },
    series,
    references: [{ axis: "x", at: 0, label: "" }],
  };
}

/**
 * Estimates against exact EMDs, as a map of how many pairs there are.
 *
 * @param kind What the pairs are.
 * @param name The network.
 * @param judged The pairs of all seeds.
 * @returns The figure.
 */
export function predictionsFigure(
  kind: string,
  name: string,
  judged: readonly JudgedPairs[],
): Figure {
  const exact = judged.flatMap((pairs) => [...pairs.exact]);
  const estimate = judged.flatMap((pairs) => [...pairs.estimate]);
  const most = Math.ceil(exact.reduce((a, b) => Math.max(a, b), 1));
  const edges = Array.from({ length: SIDE_BINS + 1 }, (_, k) => most * k / SIDE_BINS);
  const counts = new Array<number>(SIDE_BINS ** 2).fill(0);
  const bin = (emd: number) =>
    Math.min(SIDE_BINS - 1, Math.max(0, Math.floor(emd / most * SIDE_BINS)));
  exact.forEach((emd, pair) => counts[bin(estimate[pair]) * SIDE_BINS + bin(emd)]++);
  return {
    title: `Estimated and exact EMD, ${kind}`,
    caption: `Pairs in each bin of exact EMD and estimate of the ${name}, for ${kind} of wafers ` +
      `that were not trained on, all seeds together; estimates beyond lie in the outermost bins.`,
    x: { label: "exact EMD", unit: "half pitch" },
    y: { label: `estimate of the ${name}`, unit: "half pitch" },
    series: [
      {
        kind: "heatmap",
        label: "pairs, log10(1 + n)",
        unit: "",
        xEdges: edges,
        yEdges: edges,
        values: counts.map((count) => Math.log10(1 + count)),
      },
      { kind: "line", x: [0, most], y: [0, most], dash: "dashed", color: "#ffffff" },
    ],
    height: 380,
    width: 380,
  };
}

function _together(pairs: readonly JudgedPairs[]) {
  return relativeDifference(
    pairs.flatMap(({ estimate }) => [...estimate]),
    pairs.flatMap(({ exact }) => [...exact]),
  );
}

function _counts(values: Float64Array, edges: readonly number[]): number[] {
  const bins = edges.length - 1, [low, high] = [edges[0], edges[bins]];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor((value - low) / (high - low) * bins);
    counts[Math.min(bins - 1, Math.max(0, bin))]++;
  }
  return counts;
}

function _percent(fraction: number): string {
  return `${fraction < 0 ? "−" : "+"}${Math.abs(100 * fraction).toFixed(1)} %`;
}
