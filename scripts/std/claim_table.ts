/**
 * Claims beside what was measured, with verdicts that follow from the numbers.
 *
 * @module
 */
import { quantity } from "../../src/experiments/mod.ts";

/** A claim that some number is positive. */
export interface MeasuredClaim {
  /** The claim, in words. */
  readonly claim: string;
  /** Who made it: a paper, or what one would expect. */
  readonly source: string;
  /** What was measured, in words. */
  readonly measured: string;
  /** Its unit. */
  readonly unit: string;
  /** What is positive if the claim is right, once a seed. */
  readonly differences: readonly number[];
}

/**
 * Whether a claim holds: whether the mean is twice its standard error or more away from zero.
 *
 * @param differences What is positive if it does, once a seed.
 * @returns `undecided` also where there is but one value.
 */
export function verdictOf(
  differences: readonly number[],
): "holds" | "does not hold" | "undecided" {
  const { mean, spread } = quantity("difference", "", differences);
  const error = spread === null ? Infinity : spread / Math.sqrt(differences.length);
  if (mean === 0 || Math.abs(mean) < 2 * error) return "undecided";
  return mean > 0 ? "holds" : "does not hold";
}

/**
 * The claims as a table in Markdown.
 *
 * @param claims The claims.
 * @returns The table: claim, source, mean and spread, verdict.
 */
export function claimTable(claims: readonly MeasuredClaim[]): string {
  const rows = claims.map(({ claim, source, measured, unit, differences }) => {
    const { mean, spread } = quantity(measured, unit, differences);
    const [value, error] = [mean, spread].map((x) => Number((x ?? 0).toPrecision(3)));
    const number = `${value}${spread === null ? "" : ` ± ${error}`} ${unit}`.trim();
    return `| ${claim} | ${source} | ${measured}: ${number} | ${verdictOf(differences)} |`;
  });
  return ["| claim | source | measured here | verdict |", "| --- | --- | --- | --- |", ...rows, ""]
    .join("\n");
}
