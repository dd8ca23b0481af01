/**
 * Measured quantities beside the published values, as a table for a terminal.
 *
 * @module
 */
import { formatMean, formatPaper, type Quantity, verdict } from "../../src/experiments/mod.ts";

/** A quantity of an experiment. */
export interface JudgedQuantity {
  /** The experiment's name. */
  readonly experiment: string;
  /** The preset that it ran with. */
  readonly preset: string;
  /** The quantity. */
  readonly quantity: Quantity;
}

/**
 * Lists the quantities that have a published value: that value, ours with its spread, and the verdict
 * that follows from both.
 *
 * @param judged The quantities, those without a published value too.
 * @returns Lines in columns; "" when there is nothing to compare.
 *
 * @example
 * ```ts
 * import { quantity } from "@hexmover/hexmover/experiments";
 * import { verdictTable } from "./verdict_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const gain = quantity("gain", "%", [31, 33, 36], { paper: 35 });
 * assertEquals(verdictTable([{ experiment: "fig6", preset: "quick", quantity: gain }]).split("\n"), [
 *   "experiment  preset  quantity  paper  ours        verdict",
 *   "fig6        quick   gain, %   35     33.3 ± 2.5  agrees: 95 % of further runs are expected in 21 to 46",
 * ]);
 * ```
 */
export function verdictTable(judged: readonly JudgedQuantity[]): string {
  const rows = judged.flatMap(({ experiment, preset, quantity }) => {
    const found = verdict(quantity);
    if (found === undefined) return [];
    const { name, unit, paper } = quantity;
    const published = formatPaper(paper!);
    return [[
      experiment,
      preset,
      unit === "" ? name : `${name}, ${unit}`,
      published,
      formatMean(quantity),
      found.text,
    ]];
  });
  if (rows.length === 0) return "";
  return columns([["experiment", "preset", "quantity", "paper", "ours", "verdict"], ...rows]);
}

/**
 * How many quantities agree with their published values, and how the others stand to them.
 *
 * @param judged The quantities, those without a published value too.
 * @returns For example `"Of 3 published values, ours agree with 2, lie above 1"`.
 */
export function verdictCounts(judged: readonly JudgedQuantity[]): string {
  const kinds = judged.flatMap(({ quantity }) => verdict(quantity)?.kind ?? []);
  const words = {
    agrees: "agree with",
    above: "lie above",
    below: "lie below",
    undecided: "do not decide",
  } as const;
  const counts = Object.entries(words).flatMap(([kind, words]) => {
    const count = kinds.filter((other) => other === kind).length;
    return count === 0 ? [] : [`${words} ${count}`];
  });
  return `Of ${kinds.length} published values, ours ${counts.join(", ")}`;
}

/**
 * Rows of text as columns of equal width, two spaces apart.
 *
 * @param rows Rows of equal length.
 * @returns The lines, without spaces at their ends.
 */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd())
    .join("\n");
}
