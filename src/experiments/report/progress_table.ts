import type { ReproducedExperiment, ReproducedState } from "../reproduction.ts";
import { duration } from "../duration.ts";
import { type Html, html, trustedHtml } from "./html.ts";
import { partTitle } from "./part_title.ts";
import type { ReportPart } from "./types.ts";

/** What the states are called. */
export const STATE_WORDS: Readonly<Record<ReproducedState, string>> = {
  waiting: "waits",
  running: "is running",
  done: "done",
  failed: "failed",
};

/**
 * How far each experiment is, with which preset, and how long it took.
 *
 * @param parts The experiments.
 * @returns A table; bars are as long as the time taken, relative to the longest.
 *
 * @example
 * ```ts
 * import { progressTable } from "./progress_table.ts";
 * import { assert } from "@std/assert";
 *
 * const experiment = {
 *   name: "fig2_telescope",
 *   shows: "sums",
 *   script: "scripts/fig2_telescope.ts",
 *   arguments: [],
 *   preset: "quick",
 *   state: "waiting",
 *   plannedMinutes: 2,
 * } as const;
 * assert(progressTable([{ experiment }]).text.includes("about 2 min"));
 * ```
 */
export function progressTable(parts: readonly ReportPart[]): Html {
  const longest = Math.max(1, ...parts.map((part) => secondsTaken(part) ?? 0));
  const all = parts.reduce((sum, part) => sum + (secondsTaken(part) ?? 0), 0);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-labelledby="progress-caption">
      <table class="progress stacked" role="table">
        <caption
          id="progress-caption">Experiments: how far they are, and how long each took when it ran; ${duration(
            all,
          )} together.</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Experiment</th>
            <th scope="col" role="columnheader">Preset</th>
            <th scope="col" role="columnheader">State</th>
            <th scope="col" role="columnheader">Time</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
    ${parts.map((part) => _row(part, longest))}
        </tbody>
      </table>
    </div>
  `;
}

/**
 * How long an experiment took when it really ran.
 *
 * @param part The experiment.
 * @returns Seconds; `undefined` when it has not run or nothing says how long.
 *
 * @example
 * ```ts
 * import { secondsTaken } from "./progress_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const row = { name: "a", shows: "a", script: "a.ts", arguments: [], plannedMinutes: 1 };
 * const experiment = { ...row, preset: "quick", state: "waiting" } as const;
 * assertEquals(secondsTaken({ experiment }), undefined);
 * ```
 */
export function secondsTaken({ experiment, found }: ReportPart): number | undefined {
  // A result that was found again was made by an earlier run, which its own record times.
  return found?.run.seconds ?? experiment.seconds;
}

function _row(part: ReportPart, longest: number): Html {
  const { experiment, found } = part, { name, preset, state } = experiment;
  const isThere = found !== undefined || state === "failed" || part.problem !== undefined;
  const title = partTitle(experiment);
  return html`
    <tr role="row">
      <th scope="row" role="rowheader">${isThere
        ? html`<a href="#${name}">${title}</a>`
        : title}</th>
      <td role="cell"><span class="preset">${preset}</span></td>
      <td role="cell">${_state(experiment)}</td>
      <td role="cell">${_time(part, longest)}</td>
    </tr>
  `;
}

function _state({ state, reused }: ReproducedExperiment): Html {
  const again = state === "done" && reused
    ? html`
      <small>found complete</small>
    `
    : undefined;
  return html`<span class="state ${state}">${STATE_WORDS[state]}</span>${again}`;
}

function _time(part: ReportPart, longest: number): Html {
  const seconds = secondsTaken(part), { state, plannedMinutes } = part.experiment;
  if (seconds === undefined) {
    const isAhead = state === "waiting" || state === "running";
    return html`<small>${isAhead ? `about ${duration(60 * plannedMinutes)}` : "–"}</small>`;
  }
  const width = (100 * seconds / longest).toFixed(1);
  return html`
    <span class="bar" ${trustedHtml(` style="--share: ${width}%"`)}></span> ${duration(seconds)}
  `;
}
