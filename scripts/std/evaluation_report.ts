/**
 * Evaluations of surrogates as tables and figures.
 *
 * @module
 */
import { type Figure, PALETTE, type Series } from "../../src/experiments/mod.ts";
import type { Descent } from "../../src/models/surrogates/descent.ts";
import type { SurrogateEvaluation } from "../../src/models/surrogates/evaluate.ts";
import type { EvaluationTime } from "../../src/models/surrogates/evaluation_time.ts";

/** Evaluations of some surrogates on pairs of one kind. */
export interface KindEvaluation {
  /** What the pairs are. */
  readonly kind: string;
  /** The surrogates' names with how good they are. */
  readonly evaluations: ReadonlyMap<string, SurrogateEvaluation>;
}

/**
 * The table of all kinds of pairs and surrogates, in Markdown.
 *
 * @param kinds Evaluations.
 * @returns The table.
 */
export function evaluationTable(kinds: readonly KindEvaluation[]): string {
  const shares = [...kinds[0].evaluations.values()][0].approach.map(({ share }) => share);
  const rows = kinds.flatMap(({ kind, evaluations }) =>
    [...evaluations].map(([name, evaluation]) => [
      kind,
      name,
      String(evaluation.count),
      _percent(evaluation.bias),
      _percent(evaluation.sigma),
      _percent(evaluation.quantile95),
      evaluation.correlation.toFixed(4),
      evaluation.cosine.toFixed(3),
      ...evaluation.approach.map(({ bias, sigma }) => `${_percent(bias)} / ${_percent(sigma)}`),
      evaluation.atEquality.toPrecision(2),
    ])
  );
  return _markdown([
    [
      "pairs",
      "surrogate",
      "number",
      "bias %",
      "sigma %",
      "95 % below",
      "correlation",
      "cosine",
      ...shares.map((share) => `at ${share} of the way %`),
      "E(x, x)",
    ],
    ...rows,
  ]);
}

/**
 * The table of descents, in Markdown.
 *
 * @param descents The surrogates' names with where they led.
 * @returns The table: the exact EMD after each of the steps, and the last estimate.
 */
export function descentTable(descents: ReadonlyMap<string, Descent>): string {
  const [{ steps }] = descents.values();
  const shown = steps.map((step, k) => ({ step, k })).filter(({ step }) => _SHOWN.includes(step));
  return _markdown([
    ["descent by", ...shown.map(({ step }) => `EMD at step ${step}`), "last estimate"],
    ...[...descents].map(([name, { exact, estimate }]) => [
      name,
      ...shown.map(({ k }) => exact[k].toFixed(3)),
      estimate.at(-1)!.toFixed(3),
    ]),
  ]);
}

/** Steps of a descent that are shown in tables and kept as numbers. */
const _SHOWN: readonly number[] = [0, 20, 60, 150];
/** Steps of a descent that are drawn. */
export const DRAWN_STEPS: readonly number[] = Array.from({ length: 31 }, (_, k) => 5 * k);

/**
 * The table of times, in Markdown.
 *
 * @param times The surrogates' names with what they take.
 * @returns The table.
 */
export function timeTable(times: ReadonlyMap<string, EvaluationTime>): string {
  return _markdown([
    ["us a pair, this machine, now", "value", "value and gradient"],
    ...[...times].map(([name, { value, gradient }]) => [name, _three(value), _three(gradient)]),
  ]);
}

/** Bins of relative differences; what lies beyond goes to the first and the last. */
const _EDGES = Array.from({ length: 81 }, (_, k) => (k - 40) / 100);

/**
 * Relative differences of some surrogates on the same pairs.
 *
 * @param kinds The evaluations; the exact solver's are left out.
 * @param sample What the pairs are of.
 * @returns The figure, `undefined` where no surrogate is left.
 */
export function differencesFigure(
  { kind, evaluations }: KindEvaluation,
  sample: string,
): Figure | undefined {
  const series = [...evaluations].flatMap(
    ([name, { differences, bias, sigma }], number): Series[] =>
      name === "exact" ? [] : [{
        kind: "histogram",
        name: `${name}: ${_percent(bias)} ± ${_percent(sigma)} %`,
        // That of the descents.
        color: PALETTE[number % PALETTE.length],
        edges: _EDGES,
        counts: _counts(differences).map((count) => count / differences.length),
        filled: evaluations.size <= 2,
      }],
  );
  if (series.length === 0) return undefined;
  return {
    title: `Relative difference of estimated EMDs, ${kind} pairs`,
    subtitle: sample,
    caption:
      `(estimate - exact) / exact on ${kind} pairs: parts of all pairs in each bin, the first ` +
      `and the last with what lies beyond. Mean and standard deviation in the legend.`,
    x: { label: "(estimate − exact) / exact", unit: "" },
    y: { label: "part of the pairs", unit: "" },
    series,
    references: [{ axis: "x", at: 0, label: "" }],
  };
}

/**
 * Where descents lead.
 *
 * @param descents The surrogates' names with their descents.
 * @param start What they begin with.
 * @returns The figure.
 */
export function descentFigure(descents: ReadonlyMap<string, Descent>, start: string): Figure {
  return {
    title: "Exact EMD while outputs follow a surrogate's gradient",
    subtitle: `from ${start}, softmax logits, Adam at 0.05`,
    caption:
      "Mean exact EMD between targets and outputs that are moved freely by the gradient of " +
      "each surrogate. A surrogate that can be exploited stalls.",
    x: { label: "step", unit: "" },
    y: { label: "mean exact EMD", unit: "half pitch", scale: "log" },
    series: [...descents].map(([name, { steps, exact }], number) => ({
      kind: "line",
      name,
      color: PALETTE[number % PALETTE.length],
      x: steps,
      y: exact,
      dash: name === "exact" ? "dashed" : "solid",
    })),
  };
}

function _counts(values: Float64Array): number[] {
  const bins = _EDGES.length - 1, [low, high] = [_EDGES[0], _EDGES[bins]];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor((value - low) / (high - low) * bins);
    counts[Math.min(bins - 1, Math.max(0, bin))]++;
  }
  return counts;
}

/** Columns of equal width, so that the table can be read as it is. */
function _markdown(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [
    line(rows[0]),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...rows.slice(1).map(line),
  ].join("\n");
}

function _percent(fraction: number): string {
  const percent = 100 * fraction;
  return Math.abs(percent) < 100 ? percent.toFixed(2).replace("-0.00", "0.00") : percent.toFixed(0);
}

function _three(value: number): string {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}
