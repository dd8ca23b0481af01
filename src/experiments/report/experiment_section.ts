import { figureBlock } from "./figure_block.ts";
import { type Html, html } from "./html.ts";
import { PAPER_FIGURES, type PaperFigure } from "./paper_figures.ts";
import { partTitle } from "./part_title.ts";
import { STATE_WORDS } from "./progress_table.ts";
import { provenanceList } from "./provenance_list.ts";
import { quantityTable } from "./quantity_table.ts";
import type { ReportFigure, ReportPart } from "./types.ts";
import { typeset } from "./typeset.ts";

/** Number of figures that are not folded away. */
const UNFOLDED = 4;

/**
 * An experiment of the report: its figures beside what the paper shows, its numbers, and where they come
 * from; or how far it is.
 *
 * @param part The experiment.
 * @returns A `<section>` that is named after the experiment.
 *
 * @example
 * ```ts
 * import { experimentSection } from "./experiment_section.ts";
 * import { assert } from "@std/assert";
 *
 * const experiment = {
 *   name: "fig2_telescope",
 *   of: "Fig. 2",
 *   shows: "the sums of the telescope loss",
 *   script: "scripts/fig2_telescope.ts",
 *   arguments: [],
 *   preset: "quick",
 *   state: "failed",
 *   error: "no space left",
 *   plannedMinutes: 1,
 * } as const;
 * assert(experimentSection({ experiment }).text.includes("no space left"));
 * ```
 */
export function experimentSection(part: ReportPart): Html {
  const { experiment, found } = part, { name, of, preset, state } = experiment;
  const paper = of === undefined ? undefined : PAPER_FIGURES[of];
  return html`<section id="${name}" class="experiment" aria-labelledby="${name}-title">
<header>
<h3 id="${name}-title">${partTitle(experiment)}</h3>
<p class="badges"><span class="state ${state}">${
    STATE_WORDS[state]
  }</span> <span class="preset">preset ${preset}</span></p>
</header>
<div class="${paper === undefined ? "alone" : "beside"}">
${paper && _paper(paper)}
<div class="ours">
${_problem(part)}
${found && _figures(found.figures, experiment.folder ?? "")}
</div>
</div>
${found && quantityTable(found.result.quantities)}
${provenanceList(part)}
</section>`;
}

/** The first figures, and the others folded away. */
function _figures(figures: readonly ReportFigure[], folder: string): Html {
  const [first, others] = [figures.slice(0, UNFOLDED), figures.slice(UNFOLDED)]
    .map((some) => some.map((figure) => figureBlock(figure, folder)));
  if (others.length === 0) return html`${first}`;
  const count = others.length === 1 ? "One more figure" : `${others.length} more figures`;
  return html`
    ${first}
    <details>
      <summary>${count}</summary>
      <div>${others}</div>
    </details>
  `;
}

function _paper({ shows, numbers, remark }: PaperFigure): Html {
  return html`<aside class="paper" aria-label="What the paper shows">
<h4>The paper</h4>
<p>${typeset(shows)}</p>
<dl>
${
    numbers.map(([what, value]) =>
      html`
        <div>
          <dt>${typeset(what)}</dt>
          <dd>${typeset(value)}</dd>
        </div>
      `
    )
  }
</dl>
${remark && html`<p class="remark">${typeset(remark)}</p>`}
</aside>`;
}

/** What stands in place of figures that are not there. */
function _problem({ experiment: { state, error }, problem }: ReportPart): Html | undefined {
  if (problem !== undefined) return html`<p class="problem">${problem}</p>`;
  if (state === "failed") {
    return html`<pre class="problem" tabindex="0">${error ?? "It failed"}</pre>`;
  }
  if (state === "running") {
    return html`<p class="note">It is running: figures stand here when it is done.</p>`;
  }
  if (state === "waiting") return html`<p class="note">It waits for its turn.</p>`;
  return undefined;
}
