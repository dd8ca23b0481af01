/**
 * The search for the EMD CNN as tables in Markdown.
 *
 * @module
 */
import type { Quantity } from "../../src/experiments/mod.ts";
import { type Claim, type GridJob, jobName, judgeClaim, PRINTED } from "./emd_cnn_grid.ts";

/** What the tables are made of. */
export interface GridTableInputs {
  /** All jobs, those of Table B1 first. */
  readonly jobs: readonly GridJob[];
  /** The paper's claims. */
  readonly claims: readonly Claim[];
  /** The measured sigma of a job, in per cent; `undefined` where it was not run. */
  readonly sigmaOf: (job: GridJob) => Quantity | undefined;
  /** Hours that a job, with all its seeds, is estimated to take as published. */
  readonly hoursOf: (job: GridJob) => number;
  /** Whether a job belongs to this run, on this shard or another. */
  readonly isWanted: (job: GridJob) => boolean;
  /** How networks were trained, in a line. */
  readonly heading: string;
}

/**
 * Makes the tables.
 *
 * @param inputs Jobs and what was measured.
 * @returns The jobs of Table B1 with the claims, and the same with all jobs.
 */
export function gridTable(inputs: GridTableInputs): { summary: string; all: string } {
  const { jobs, claims, hoursOf, heading } = inputs;
  const printed = PRINTED.map(({ number, job, sigma }) =>
    _line([`${number}`, jobName(job), `${(100 * sigma).toFixed(1)} %`, ..._cells(job, inputs)])
  );
  const verdicts = claims.map((claim) => {
    const verdict = judgeClaim(claim, inputs.sigmaOf);
    return verdict === undefined
      ? `- ${claim.text}: not judged, not all of its jobs have been run`
      : `- ${verdict.text}: ${verdict.verdict} at this budget: ${verdict.reason}`;
  });
  const total = jobs.reduce((sum, job) => sum + hoursOf(job), 0);
  const summary = [
    `Table B1: ${heading}`,
    "",
    _line(["configuration", "network; loss", "paper's sigma", "sigma", "hours as published"]),
    _line(["---", "---", "---", "---", "---"]),
    ...printed,
    "",
    "Hours are estimates of one core, with all seeds, from the measured rate of two networks; all " +
    `${jobs.length} jobs would take ${_hours(total)} hours.`,
    "",
    "The paper's claims:",
    "",
    ...verdicts,
    "",
  ].join("\n");
  const others = jobs.map((job) => _line([jobName(job), ..._cells(job, inputs)]));
  const all = [
    summary,
    _line(["network; loss", "sigma", "hours as published"]),
    _line(["---", "---", "---"]),
    ...others,
    "",
  ].join("\n");
  return { summary, all };
}

function _cells(job: GridJob, { sigmaOf, hoursOf, isWanted }: GridTableInputs): string[] {
  const sigma = sigmaOf(job);
  const measured = sigma === undefined
    ? isWanted(job) ? "not run yet" : "not part of this run"
    : `${sigma.mean.toFixed(2)} ± ${sigma.spread!.toFixed(2)} %`;
  return [measured, _hours(hoursOf(job))];
}

function _hours(hours: number): string {
  return hours < 10 ? hours.toFixed(1) : Math.round(hours).toLocaleString("en");
}

function _line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
